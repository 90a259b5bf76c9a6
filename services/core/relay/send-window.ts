import type { DurationMs } from '../foundation/index.ts';

/** How many bytes may be on the line to one neighbour, so that an urgent frame never waits long behind bulky ones. */
export interface SendWindow {
  /** How large a frame may be, one large item aside. */
  readonly maxFrameBytes: () => number;
  /** Whether something that is not of the highest urgency may start while so many bytes are on the line. */
  readonly hasRoom: (bytesOnLine: number) => boolean;
  /** Takes note of an acknowledgement: how much was on the line when its frame went, itself included, and how long it took. */
  readonly acknowledged: (bytesOnLine: number, tookMs: number) => void;
  /** The line did not carry a frame: how fast it will be next time nobody knows. */
  readonly lost: () => void;
  /** How long to wait before the next attempt: doubles from 250 ms to 10 s. */
  readonly retryDelayMs: (attempt: number) => DurationMs;
}

/** What waits on a line may take this long to go, beyond the way there and back. */
const QUEUE_MS = 1000;
const LONGEST_WAY_MS = 2000;
const SMALLEST = 8 * 1024;
const FIRST = 16 * 1024;
const LARGEST = 1536 * 1024;
const SAMPLES = 8;
const MAX_RETRY_MS = 10_000;

/**
 * As much as the line was seen to carry in a second and one way there and back: a line that is only long fills up
 * quickly, one that is slow is never stuffed with more than a second's worth.
 */
export function sendWindow(random: () => number): SendWindow {
  let samples: readonly number[] = [];
  let wayMs = LONGEST_WAY_MS;
  let room = FIRST;
  return {
    maxFrameBytes: () => room / 2,
    hasRoom: (bytesOnLine) => bytesOnLine < room,
    acknowledged: (bytesOnLine, tookMs) => {
      const took = Math.max(1, tookMs);
      // Ways get longer too, so the shortest is forgotten by and by.
      wayMs = Math.min(took, wayMs * 1.01 + 1, LONGEST_WAY_MS);
      samples = [...samples.slice(1 - SAMPLES), bytesOnLine / took];
      room = Math.min(LARGEST, Math.max(SMALLEST, Math.max(...samples) * (QUEUE_MS + wayMs)));
    },
    lost: () => {
      samples = [];
      room = Math.min(room, FIRST);
    },
    retryDelayMs: (attempt) =>
      Math.round(Math.min(MAX_RETRY_MS, 250 * 2 ** Math.min(attempt - 1, 8)) * (0.75 + random() / 2)) as DurationMs,
  };
}
