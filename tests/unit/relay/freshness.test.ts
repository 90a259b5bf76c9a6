import { describe, expect, it } from 'vitest';
import type { DurationMs, EpochMs } from '../../../services/core/foundation/index.ts';
import { freshness } from '../../../services/core/relay/freshness.ts';

const TOLERANCE = 300_000;
const NOW = 1_000_000_000;
const at = (ms: number): EpochMs => ms as EpochMs;

describe('freshness', () => {
  it('hears the same thing once, for as long as it could pass for new', () => {
    const fresh = freshness(TOLERANCE as DurationMs);
    expect(fresh.isNew('a', at(NOW), at(NOW))).toBe(true);
    for (const later of [0, 1, TOLERANCE, TOLERANCE + 1, 10 * TOLERANCE])
      expect(fresh.isNew('a', at(NOW), at(NOW + later))).toBe(false);
    expect(fresh.isNew('b', at(NOW), at(NOW + 1))).toBe(true);
  });

  it('hears nothing that was made longer ago than clocks may differ', () => {
    const fresh = freshness(TOLERANCE as DurationMs);
    expect(fresh.isNew('a', at(NOW - TOLERANCE), at(NOW))).toBe(true);
    expect(fresh.isNew('b', at(NOW - TOLERANCE - 1), at(NOW))).toBe(false);
  });

  it('remembers what a clock that is ahead has signed until that time is over', () => {
    const fresh = freshness(TOLERANCE as DurationMs);
    expect(fresh.isNew('a', at(NOW + TOLERANCE), at(NOW))).toBe(true);
    for (let later = 0; later <= 2 * TOLERANCE; later += TOLERANCE / 2)
      expect(fresh.isNew('a', at(NOW + TOLERANCE), at(NOW + later))).toBe(false);
  });

  it('keeps a bounded number of them', () => {
    const fresh = freshness(TOLERANCE as DurationMs);
    for (let count = 0; count < 10_002; count++) expect(fresh.isNew(`${count}`, at(NOW), at(NOW))).toBe(true);
    expect(fresh.isNew('10001', at(NOW), at(NOW))).toBe(false);
    expect(fresh.isNew('0', at(NOW), at(NOW))).toBe(true);
  });
});
