import type { EpochMs, OfficeId } from '../../foundation/index.ts';
import { type FrameSealed, frameHeaderCodec, type Lane } from '../../wire/index.ts';
import type { LaneItem, OutboundLanes } from './outbound-lanes.ts';
import type { OutboundCopy } from './views.ts';

/** Every copy in the frame shows when it went into one. */
export function applyFrame(
  event: FrameSealed,
  atMs: EpochMs,
  lanes: OutboundLanes,
  copyOf: (to: OfficeId, lane: Lane, item: LaneItem) => OutboundCopy | undefined,
): void {
  const frame = lanes.framed(event, atMs);
  const header = frameHeaderCodec.decode(frame.header);
  const to = header.to as OfficeId;
  const lane = lanes.lane(to, header.lane);
  for (let number = frame.first; number <= frame.last; number++) {
    const item = lane.items.get(number);
    const copy = item === undefined ? undefined : copyOf(to, header.lane, item);
    if (copy !== undefined) copy.framedMs = atMs;
  }
}
