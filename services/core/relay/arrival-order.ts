import { digestOf, toHex } from '../foundation/index.ts';
import type { OpenedFrame } from '../envelope/index.ts';
import type { InboundFrame, InboundLane } from '../ledger/index.ts';
import { RelayError } from './errors.ts';

/**
 * Checks that a frame continues the history that is on record here: no number stands for something else now, and it
 * follows, and is followed by, the frames next to it.
 * @throws RelayError RELAY_FRAME_REPLAYED_ALTERED, RELAY_FRAME_CHAIN_BROKEN.
 */
export function assertContinues(lane: InboundLane, frame: OpenedFrame, items: readonly { readonly number: number; readonly bytes: Uint8Array }[]): void {
  const digest = toHex(frame.headerDigest);
  if (lane.frames.some((known) => known.digest === digest)) return;
  for (const item of items) {
    const known = lane.digests.get(item.number);
    if (known !== undefined && known !== digestOf(item.bytes)) {
      throw new RelayError('RELAY_FRAME_REPLAYED_ALTERED', { context: { office: lane.from, number: item.number } });
    }
  }
  const before: InboundFrame | undefined = lane.frames.find((known) => known.last + 1 === frame.header.first);
  const after: InboundFrame | undefined = lane.frames.find((known) => known.first === frame.header.last + 1);
  const broken =
    (before !== undefined && before.digest !== toHex(frame.header.previous)) ||
    (after !== undefined && after.previous !== digest) ||
    (frame.header.first === 1 && frame.header.previous.length > 0);
  if (broken) throw new RelayError('RELAY_FRAME_CHAIN_BROKEN', { context: { office: lane.from, first: frame.header.first } });
}
