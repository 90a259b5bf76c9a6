import { HoldResolution } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { keptReceipt, sentReceipt } from '../receipts.ts';
import type { HeldKey } from '../types.ts';
import { findHeld } from './find-held.ts';
import { commitHeld, refusalReceipt, resolvedEvent, unsentReceipt } from './hold-records.ts';

/** How a hold ends without a release. */
export type HoldEnd = 'REJECTED' | 'EXPIRED' | 'RECALLED';

/**
 * Ends a held crossing without a release, with a signed negative receipt: to its sender for what came in, kept here for
 * what never left.
 * @throws RelayError RELAY_NOT_HELD.
 */
export async function endHeld(
  context: RelayContext,
  key: HeldKey,
  end: HoldEnd,
  by: string,
  reason: string,
): Promise<void> {
  const held = findHeld(context.projection, key);
  const receipt = await (held.way === 'outbound'
    ? unsentReceipt(context, held.message, key, end)
    : refusalReceipt(context, held.message, end));
  const resolution = end === 'EXPIRED' ? HoldResolution.EXPIRED : HoldResolution.REJECTED;
  await commitHeld(context, key, (round) => {
    findHeld(context.projection, key);
    return {
      contents: [],
      events: () => [
        resolvedEvent(key, resolution, { by, reason }),
        held.way === 'outbound' ? keptReceipt(receipt) : sentReceipt(receipt, round),
      ],
      result: () => {
        if (held.way === 'inbound') context.wake(key.peer);
      },
    };
  });
}
