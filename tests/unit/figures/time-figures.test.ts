import { describe, expect, it } from 'vitest';
import { timeFigures } from '../../../services/core/figures/index.ts';

describe('timeFigures', () => {
  it('is of times that were measured: the middle one, and the one that nine of ten did not pass', () => {
    const times = Array.from({ length: 10 }, (_, at) => (10 - at) * 100);
    expect(timeFigures(times)).toEqual({ count: 10, medianMs: 500, ninetiethMs: 900 });
  });

  it('leaves out what has no time yet', () => {
    expect(timeFigures([null, 30, null, 10])).toEqual({ count: 2, medianMs: 10, ninetiethMs: 30 });
  });

  it('is nothing of nothing', () => {
    expect(timeFigures([null])).toEqual({ count: 0, medianMs: 0, ninetiethMs: 0 });
  });
});
