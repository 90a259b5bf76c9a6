import { describe, expect, it } from 'vitest';
import { nextDrawn } from '../../../../services/console/src/lists/draw-gradually.ts';

describe('nextDrawn', () => {
  it.each([0, 1, 12, 13, 40, 100])('comes to all of %i lines, and then holds none back that come later', (count) => {
    let drawn = 12;
    for (let steps = 0; steps < 20 && drawn < count; steps++) {
      const next = nextDrawn(drawn, count);
      expect(next).toBeGreaterThan(drawn);
      drawn = next;
    }
    expect(drawn).toBeGreaterThanOrEqual(count);
    expect(nextDrawn(drawn, count)).toBe(Number.POSITIVE_INFINITY);
  });
});
