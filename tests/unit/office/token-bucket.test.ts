import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../services/core/foundation/index.ts';
import { rateLimiter } from '../../../services/office/http/token-bucket.ts';

const LIMIT = { perSecond: 2, burst: 3 };

function limiterAt(startMs: number, maxKeys?: number) {
  const clock = { nowMs: startMs };
  return { clock, limiter: rateLimiter({ now: () => clock.nowMs as EpochMs }, maxKeys) };
}

describe('rateLimiter', () => {
  it('lets a burst pass and then says how long to wait', () => {
    const { limiter } = limiterAt(0);
    expect([1, 2, 3, 4].map(() => limiter.take('a', LIMIT))).toEqual([0, 0, 0, 1]);
  });

  it('lets as many pass in the long run as the limit says', () => {
    const { limiter, clock } = limiterAt(0);
    let passed = 0;
    for (clock.nowMs = 0; clock.nowMs < 10_000; clock.nowMs += 10) if (limiter.take('a', LIMIT) === 0) passed++;
    expect(passed).toBeGreaterThanOrEqual(22);
    expect(passed).toBeLessThanOrEqual(23);
  });

  it('counts each key alone', () => {
    const { limiter } = limiterAt(0);
    for (let i = 0; i < 4; i++) limiter.take('a', LIMIT);
    expect(limiter.take('b', LIMIT)).toBe(0);
  });

  it('gives no more than the burst after a long pause', () => {
    const { limiter, clock } = limiterAt(0);
    limiter.take('a', LIMIT);
    clock.nowMs = 3_600_000;
    expect([1, 2, 3, 4].map(() => limiter.take('a', LIMIT))).toEqual([0, 0, 0, 1]);
  });

  it('neither gives nor takes when the clock is set back', () => {
    const { limiter, clock } = limiterAt(10_000);
    limiter.take('a', LIMIT);
    clock.nowMs = 0;
    expect([1, 2, 3].map(() => limiter.take('a', LIMIT))).toEqual([0, 0, 1]);
  });

  it('forgets the key that was quiet for longest when there are too many', () => {
    const { limiter } = limiterAt(0, 2);
    for (let i = 0; i < 3; i++) limiter.take('a', LIMIT);
    limiter.take('b', LIMIT);
    expect(limiter.take('a', LIMIT)).toBe(1);
    limiter.take('c', LIMIT);
    expect(limiter.take('a', LIMIT)).toBe(1);
    limiter.take('d', LIMIT);
    limiter.take('e', LIMIT);
    expect(limiter.take('a', LIMIT)).toBe(0);
  });
});
