import { readReceivedCrossing, type VerifiedCrossing } from '../../envelope/index.ts';
import type { InboundMessageView, SupplementView } from '../../ledger/index.ts';
import { Outcome } from '../../wire/index.ts';
import { RelayError } from '../errors.ts';
import type { RelayContext } from '../parts.ts';
import { readReceived } from '../stored-messages.ts';

/** What is here of a received message: the crossing that brought it and those that opened more of it, each without what this office did not let in. */
export interface HeldCrossings {
  readonly first: VerifiedCrossing;
  readonly later: readonly VerifiedCrossing[];
}

function without(crossing: VerifiedCrossing, withheld: InboundMessageView['decision']['withheld']): VerifiedCrossing {
  const refused = new Set(withheld.flatMap((entry) => entry.parts));
  return { ...crossing, parts: crossing.parts.filter((part) => !refused.has(part.index)) };
}

async function readSupplement(context: RelayContext, supplement: SupplementView): Promise<VerifiedCrossing> {
  const bytes = supplement.content === null ? undefined : await context.content.get(supplement.content);
  if (bytes === undefined) throw new RelayError('RELAY_CONTENT_GONE');
  return readReceivedCrossing(bytes, {
    keyOf: context.trust().keysForEvidence(supplement.receivedMs),
    heads: context.heads,
    self: context.self,
  });
}

/** Verified again as of when each came. @throws RelayError RELAY_CONTENT_GONE. */
export async function readHere(context: RelayContext, message: InboundMessageView): Promise<HeldCrossings> {
  const taken = message.supplements.filter(({ decision }) => decision.outcome === Outcome.RELEASED);
  const [first, ...later] = await Promise.all([
    readReceived(context, message),
    ...taken.map((supplement) => readSupplement(context, supplement)),
  ]);
  return {
    first: without(first, message.decision.withheld),
    later: later.map((crossing, index) => without(crossing, taken[index]?.decision.withheld ?? [])),
  };
}
