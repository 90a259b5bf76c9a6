import type { Clock } from '../../core/foundation/index.ts';

/** How many requests a key may make. */
export interface RateLimit {
  /** So many a second in the long run. */
  readonly perSecond: number;
  /** So many at once. */
  readonly burst: number;
}

/** Counts by key; keys that are idle are forgotten, so memory stays bounded. */
export interface RateLimiter {
  /** 0 when it may go ahead, and it is counted; otherwise the whole seconds to wait, and it is not. */
  readonly take: (key: string, limit: RateLimit) => number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/** A limiter with nothing counted, for at most `maxKeys` keys at once. */
export function rateLimiter(clock: Clock, maxKeys = 4096): RateLimiter {
  const buckets = new Map<string, Bucket>();
  return {
    take: (key, { perSecond, burst }) => {
      const now = clock.now();
      const bucket = buckets.get(key) ?? { tokens: burst, atMs: now };
      // A clock that was set back must not take tokens away.
      const elapsedMs = Math.max(0, now - bucket.atMs);
      bucket.tokens = Math.min(burst, bucket.tokens + (elapsedMs * perSecond) / 1000);
      bucket.atMs = now;
      // Put last: the first key of the map is the one that was quiet for longest.
      buckets.delete(key);
      buckets.set(key, bucket);
      if (buckets.size > maxKeys) {
        const quietest = buckets.keys().next().value;
        if (quietest !== undefined) buckets.delete(quietest);
      }
      if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
      bucket.tokens -= 1;
      return 0;
    },
  };
}
