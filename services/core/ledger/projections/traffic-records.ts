import type { EpochMs, OfficeId } from '../../foundation/index.ts';

/** When a neighbour last gave and took a message. */
export interface TrafficView {
  readonly receivedMs: EpochMs | null;
  /** When its last receipt of delivery came. */
  readonly deliveredMs: EpochMs | null;
}

/** The last times of each neighbour. */
export interface TrafficRecords {
  readonly received: (from: OfficeId, atMs: EpochMs) => void;
  readonly delivered: (to: OfficeId, atMs: EpochMs) => void;
  readonly all: ReadonlyMap<OfficeId, TrafficView>;
}

const NONE: TrafficView = { receivedMs: null, deliveredMs: null };

/** None yet. */
export function trafficRecords(): TrafficRecords {
  const all = new Map<OfficeId, TrafficView>();
  return {
    received: (from, receivedMs) => void all.set(from, { ...(all.get(from) ?? NONE), receivedMs }),
    delivered: (to, deliveredMs) => void all.set(to, { ...(all.get(to) ?? NONE), deliveredMs }),
    all,
  };
}
