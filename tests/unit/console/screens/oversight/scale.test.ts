import { describe, expect, it } from 'vitest';
import { labelsShown, secondsTo, ticksTo } from '../../../../../services/console/src/screens/oversight/plots/scale.ts';

describe('ticksTo', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [37, [0, 10, 20, 30, 40]],
    [120, [0, 50, 100, 150]],
    [1234, [0, 500, 1000, 1500]],
  ])('goes in round steps to at least %d', (most, ticks) => {
    expect(ticksTo(most)).toEqual(ticks);
  });

  it('never writes a fraction of a message, and never leaves one out', () => {
    for (let most = 0; most < 3000; most++) {
      const ticks = ticksTo(most);
      expect(ticks.every(Number.isInteger)).toBe(true);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
      expect(ticks.length).toBeLessThanOrEqual(6);
    }
  });
});

describe('secondsTo', () => {
  it.each([
    [1, [0, 1]],
    [45, [0, 15, 30, 45]],
    [200, [0, 60, 120, 180, 240]],
    [9000, [0, 3600, 7200, 10_800]],
  ])('goes in spans that people use to at least %d', (most, ticks) => {
    expect(secondsTo(most)).toEqual(ticks);
  });

  it('goes on beyond months', () => {
    expect(secondsTo(100_000_000).at(-1)).toBeGreaterThanOrEqual(100_000_000);
  });
});

describe('labelsShown', () => {
  it('shows the last one, and at most so many', () => {
    const shown = labelsShown(14, 6);
    const all = Array.from({ length: 14 }, (_, index) => shown(index));
    expect(all.at(-1)).toBe('always');
    expect(all.filter((one) => one !== 'none').length).toBeLessThanOrEqual(6);
    expect(all.filter((one) => one === 'always')).toHaveLength(3);
  });

  it('shows all where there are few, every other one where it is narrow', () => {
    expect([0, 1, 2].map(labelsShown(3, 6))).toEqual(['always', 'wide', 'always']);
  });
});
