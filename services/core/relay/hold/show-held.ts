import { Outcome } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { messageContent, withheldByExporter } from '../read-message.ts';
import { readOwn, readReceived } from '../stored-messages.ts';
import type { HeldKey } from '../types.ts';
import { findHeld } from './find-held.ts';
import type { HeldContent } from './types.ts';
import { type Passes, passesInward, passesOutward } from './what-passes.ts';

/** What a release would let pass now, by the laws in force now. @throws RelayError RELAY_NOT_HELD, RELAY_CONTENT_GONE. */
export async function showHeld(context: RelayContext, key: HeldKey): Promise<HeldContent> {
  const held = findHeld(context.projection, key);
  const now = context.clock.now();
  // Nobody releases here; the gate wants to hear a name.
  const asker = context.self;
  if (held.way === 'outbound') {
    const own = await readOwn(context, held.message);
    const passes = passesOutward(context, own, held.state, asker, now);
    return { ...messageContent(own, passes.parts), ...standing(context, passes) };
  }
  const crossing = await readReceived(context, held.message);
  const passes = passesInward(context, crossing, held.message, asker, now);
  const standingNow = standing(context, passes);
  return {
    ...messageContent(crossing, passes.parts),
    ...standingNow,
    withheld: [...withheldByExporter(crossing), ...standingNow.withheld],
  };
}

function standing(
  context: RelayContext,
  { decision, shown, needed }: Passes<unknown>,
): Pick<HeldContent, 'shown' | 'releasesNeeded' | 'now' | 'withheld'> & { readonly body?: null } {
  const withheld = decision.withheld.map(({ category, policies }) => ({ category, policies, by: context.self }));
  return {
    withheld,
    shown,
    releasesNeeded: needed,
    now: { ...context.views.decision(decision), releasedBy: '' },
    ...(decision.outcome === Outcome.REFUSED ? { body: null } : {}),
  };
}
