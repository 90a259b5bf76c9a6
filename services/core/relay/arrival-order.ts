import type { OpenedFrame } from '../envelope/index.ts';
import { toHex } from '../foundation/index.ts';
import { type InboundLane, numberAfter, numberBefore } from '../ledger/index.ts';
import { RelayError } from './errors.ts';

/**
 * Checks that a frame continues the history that is on record here: none of its numbers came in another frame, and it
 * follows, and is followed by, the frames next to it.
 * @throws RelayError RELAY_FRAME_REPLAYED_ALTERED, RELAY_FRAME_CHAIN_BROKEN.
 */
export function assertContinues(lane: InboundLane, { header, headerDigest }: OpenedFrame): void {
  const digest = toHex(headerDigest);
  const previous = toHex(header.previous);
  const context = { office: lane.from, first: header.first };
  for (let number = header.first; number <= header.last; number++) {
    const known = lane.frameOf.get(number);
    if (known !== undefined && known !== digest)
      throw new RelayError('RELAY_FRAME_REPLAYED_ALTERED', { context: { ...context, number } });
  }
  const before = lane.frameOf.get(numberBefore(lane, header.first));
  if (before !== undefined && before !== previous) throw new RelayError('RELAY_FRAME_CHAIN_BROKEN', { context });
  const named = lane.awaited.get(numberAfter(lane, header.last));
  if (named !== undefined && named !== digest) throw new RelayError('RELAY_FRAME_CHAIN_BROKEN', { context });
}
