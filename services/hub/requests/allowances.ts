import type { Clock } from '../../core/foundation/index.ts';

/** How often something may be done: so many a second in the long run, so many at once. */
export interface Allowance {
  readonly perSecond: number;
  readonly burst: number;
}

/** Counts by key. Keys are configured offices, so that memory is bounded. */
export interface Allowances {
  /** Whether it may be done now; if so it is counted. */
  readonly take: (key: string, allowance: Allowance) => boolean;
}

/** Nothing counted yet. */
export function allowances(clock: Clock): Allowances {
  const left = new Map<string, { tokens: number; atMs: number }>();
  return {
    take: (key, { perSecond, burst }) => {
      const now = clock.now();
      const own = left.get(key) ?? { tokens: burst, atMs: now };
      // A clock that was set back takes nothing away.
      own.tokens = Math.min(burst, own.tokens + (Math.max(0, now - own.atMs) * perSecond) / 1000);
      own.atMs = now;
      left.set(key, own);
      if (own.tokens < 1) return false;
      own.tokens -= 1;
      return true;
    },
  };
}
