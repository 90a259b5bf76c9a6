import type { Digest, EpochMs } from '../foundation/index.ts';
import type { OutboundFrame, OutboundLane } from '../ledger/index.ts';
import type { LaneStatus } from '../wire/index.ts';

/** Decides which frames of a lane are to be sent again, by what the neighbour signs that it has. */
export interface Resends {
  readonly due: (lane: OutboundLane, theirs: LaneStatus, now: EpochMs) => readonly OutboundFrame[];
}

interface Sent {
  times: number;
  lastMs: number;
}

const LONGEST_WAIT_MS = 300_000;
const AT_ONCE = 8;
const MAX_REMEMBERED = 4096;

/** Nothing sent again yet. What lies behind a later frame is lost after a third of a heartbeat, the newest frames may still wait there. */
export function resends(heartbeatMs: number): Resends {
  const sent = new Map<Digest, Sent>();

  /** Each time it takes longer, for whatever keeps the neighbour from taking a frame may last. */
  const isDue = (frame: OutboundFrame, afterMs: number, now: number): boolean => {
    if (frame.relayedMs === null) return false;
    const before = sent.get(frame.digest);
    const waitMs = Math.min(LONGEST_WAIT_MS, afterMs * 2 ** Math.min(before?.times ?? 0, 16));
    const sinceMs = before?.lastMs ?? frame.relayedMs;
    // By a clock that was set back meanwhile, it was sent in the future: then nobody knows how long ago.
    return now - sinceMs >= waitMs || sinceMs > now;
  };

  return {
    due: (lane, theirs, now) => {
      const highest = Math.max(theirs.haveThrough, ...theirs.missing.map((range) => range.last));
      const isGap = ({ first, last }: OutboundFrame): boolean =>
        theirs.missing.some((range) => range.first <= last && first <= range.last);
      const found: OutboundFrame[] = [];
      for (const frame of lane.frames) {
        if (frame.last <= theirs.haveThrough) sent.delete(frame.digest);
        else if (
          isDue(frame, isGap(frame) ? heartbeatMs / 3 : frame.last > highest ? heartbeatMs * 3 : LONGEST_WAIT_MS, now)
        )
          found.push(frame);
        if (found.length === AT_ONCE) break;
      }
      if (sent.size > MAX_REMEMBERED) sent.clear();
      for (const frame of found)
        sent.set(frame.digest, { times: (sent.get(frame.digest)?.times ?? 0) + 1, lastMs: now });
      return found;
    },
  };
}
