import type { DurationMs } from '../../foundation/index.ts';

/** Times of an office's dealings with its hubs. */
export interface RegionSettings {
  /** How long a hub may keep a question open until there is something to answer. */
  readonly pullWaitMs: DurationMs;
  /** How long an answer may take beyond that. */
  readonly answerMs: DurationMs;
  /** This office says so often how it stands with the region. */
  readonly statusEveryMs: DurationMs;
  /** What is missing for that long is found to be missing. */
  readonly graceMs: DurationMs;
  /** An office of which nothing fresh was heard for that long is silent. */
  readonly silentMs: DurationMs;
  /** The first wait after something failed; it doubles up to `retryMostMs`. */
  readonly retryMs: DurationMs;
  readonly retryMostMs: DurationMs;
}

/** For real offices. */
export const REGION_SETTINGS: RegionSettings = {
  pullWaitMs: 20_000 as DurationMs,
  answerMs: 15_000 as DurationMs,
  statusEveryMs: 15_000 as DurationMs,
  graceMs: 20_000 as DurationMs,
  silentMs: 120_000 as DurationMs,
  retryMs: 1000 as DurationMs,
  retryMostMs: 60_000 as DurationMs,
};

/** Waits that double. */
export interface Backoff {
  readonly next: () => number;
  readonly reset: () => void;
}

/** From `retryMs` to `retryMostMs`. */
export function backoff({ retryMs, retryMostMs }: Pick<RegionSettings, 'retryMs' | 'retryMostMs'>): Backoff {
  let waitMs: number = retryMs;
  return {
    next: () => {
      const now = waitMs;
      waitMs = Math.min(retryMostMs, waitMs * 2);
      return now;
    },
    reset: () => {
      waitMs = retryMs;
    },
  };
}
