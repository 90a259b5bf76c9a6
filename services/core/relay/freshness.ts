import type { DurationMs, EpochMs } from '../foundation/index.ts';

/** Tells what a neighbour said just now from what somebody on the line kept and plays again. */
export interface Freshness {
  /** Whether a header of that digest and time is heard for the first time, and soon enough after it was made. */
  readonly isNew: (digest: string, madeMs: EpochMs, now: EpochMs) => boolean;
}

/** More headers than a neighbour makes within the tolerance; bounds the memory against one that makes more. */
const MAX_KEPT = 10_000;

/** Nothing heard yet. What is older than `toleranceMs` is never new, so that nothing older has to be remembered. */
export function freshness(toleranceMs: DurationMs): Freshness {
  /** Until when each header could still pass for new. */
  const heard = new Map<string, number>();
  return {
    isNew: (digest, madeMs, now) => {
      for (const [oldest, untilMs] of heard) {
        if (now <= untilMs && heard.size <= MAX_KEPT) break;
        heard.delete(oldest);
      }
      if (now - madeMs > toleranceMs || heard.has(digest)) return false;
      heard.set(digest, Math.max(now, madeMs) + toleranceMs);
      return true;
    },
  };
}
