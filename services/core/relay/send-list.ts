import type { Digest } from '../foundation/index.ts';
import type { OutboundFrame } from '../ledger/index.ts';
import type { Lane } from '../wire/index.ts';

/** A frame that is to be sent, or is on the line. */
export interface Sending {
  readonly lane: Lane;
  readonly frame: OutboundFrame;
  items: readonly Uint8Array[] | undefined;
  attempt: number;
  /** Attempts that failed since the line last came up. */
  setbacks: number;
  /** When it was last tried sooner because the line carried another. */
  pulledMs: number;
  /** The neighbour lacks it by its own signed word, although it was acknowledged. */
  readonly again: boolean;
  /** Not before this; null while it is on the line. */
  dueMs: number | null;
  bytesOnLine: number;
}

/** The frames of an outbox that the transport has not acknowledged, in the order in which they came. */
export interface SendList {
  /** To be sent at once, its items loaded or not. */
  readonly add: (
    lane: Lane,
    frame: OutboundFrame,
    items: readonly Uint8Array[] | undefined,
    again?: boolean,
  ) => Sending;
  readonly has: (digest: Digest) => boolean;
  readonly remove: (entry: Sending) => void;
  /** The first of the lane whose time has come at `now`. */
  readonly due: (lane: Lane, now: number) => Sending | undefined;
  readonly ofLane: (lane: Lane) => readonly Sending[];
  readonly count: (lane: Lane) => number;
  readonly onLine: (lane: Lane) => number;
  readonly bytesOnLine: () => number;
  /** The line came up: all are to be tried again at once, and what failed before counts no more. */
  readonly hurry: () => void;
  /** The line carried a frame: what waits for its next attempt is to have it now, each at most once a second. */
  readonly carried: (now: number) => void;
  /** How long from `now` until the next one's time comes, at most `mostMs`; what was due at `now` is not waited for. */
  readonly nextInMs: (mostMs: number, now: number) => number;
}

const LONGEST_WAIT_MS = 15_000;
const PULL_EVERY_MS = 1_000;

/** Whether that time has come; nothing is ever put off further than the longest wait, so by a clock that was set back it has. */
export function isDue(atMs: number, now: number): boolean {
  return atMs <= now || atMs - now > LONGEST_WAIT_MS;
}

/** An empty list. */
export function sendList(): SendList {
  const entries = new Map<Digest, Sending>();
  const countIf = (which: (entry: Sending) => boolean): number => {
    let found = 0;
    for (const entry of entries.values()) if (which(entry)) found++;
    return found;
  };
  return {
    add: (lane, frame, items, again = false) => {
      const entry: Sending = {
        lane,
        frame,
        items,
        again,
        attempt: 0,
        setbacks: 0,
        pulledMs: 0,
        dueMs: 0,
        bytesOnLine: 0,
      };
      entries.set(frame.digest, entry);
      return entry;
    },
    has: (digest) => entries.has(digest),
    remove: (entry) => {
      if (entries.get(entry.frame.digest) === entry) entries.delete(entry.frame.digest);
    },
    due: (lane, now) => {
      for (const entry of entries.values())
        if (entry.lane === lane && entry.dueMs !== null && isDue(entry.dueMs, now)) return entry;
      return undefined;
    },
    ofLane: (lane) => [...entries.values()].filter((entry) => entry.lane === lane),
    count: (lane) => countIf((entry) => entry.lane === lane),
    onLine: (lane) => countIf((entry) => entry.lane === lane && entry.dueMs === null),
    bytesOnLine: () => {
      let bytes = 0;
      for (const entry of entries.values()) if (entry.dueMs === null) bytes += entry.bytesOnLine;
      return bytes;
    },
    hurry: () => {
      for (const entry of entries.values()) {
        entry.dueMs = 0;
        entry.setbacks = 0;
      }
    },
    carried: (now) => {
      for (const entry of entries.values()) {
        if (entry.dueMs === null || Math.abs(now - entry.pulledMs) < PULL_EVERY_MS) continue;
        if (isDue(entry.dueMs, now)) continue;
        entry.dueMs = 0;
        entry.pulledMs = now;
      }
    },
    nextInMs: (mostMs, now) => {
      let inMs = mostMs;
      for (const { dueMs } of entries.values())
        if (dueMs !== null && !isDue(dueMs, now)) inMs = Math.min(inMs, dueMs - now);
      return inMs;
    },
  };
}
