import type { DurationMs } from '../foundation/index.ts';

const SMALLEST = 16 * 1024;
const LARGEST = 768 * 1024;
const QUICK_MS = 200;
const SLOW_MS = 1000;

/** How many bytes a frame to one neighbour may have, so that an urgent one never waits long behind a bulky one. */
export interface SendWindow {
  readonly maxFrameBytes: () => number;
  /** Takes note of how long a frame took to be acknowledged. */
  readonly acknowledged: (bytes: number, tookMs: number) => void;
  readonly timedOut: () => void;
  /** How long to wait before the next attempt: doubles from 250 ms to 10 s. */
  readonly retryDelayMs: (attempt: number) => DurationMs;
}

/** Starts small; grows while acknowledgements come quickly, shrinks when they are slow or absent. */
export function sendWindow(random: () => number): SendWindow {
  let bytes = 64 * 1024;
  return {
    maxFrameBytes: () => bytes,
    acknowledged: (size, tookMs) => {
      if (tookMs > SLOW_MS) bytes = Math.max(SMALLEST, Math.floor(bytes / 2));
      else if (tookMs < QUICK_MS && size * 2 >= bytes) bytes = Math.min(LARGEST, bytes * 2);
    },
    timedOut: () => {
      bytes = Math.max(SMALLEST, Math.floor(bytes / 2));
    },
    retryDelayMs: (attempt) => Math.round(Math.min(10_000, 250 * 2 ** Math.min(attempt - 1, 8)) * (0.75 + random() / 2)) as DurationMs,
  };
}
