import { describe, expect, it } from 'vitest';
import { around, moved, WHOLE, zoomed } from '../../../../services/console/src/map/view-box.ts';

describe('the part of the map that is shown', () => {
  it('keeps the point under the pointer where it is', () => {
    const closer = zoomed(WHOLE, 0.5, [0.25, 0.75]);
    expect(closer.x + closer.width * 0.25).toBeCloseTo(WHOLE.width * 0.25);
    expect(closer.y + closer.height * 0.75).toBeCloseTo(WHOLE.height * 0.75);
  });

  it('goes no farther than the whole, and no closer than there is detail', () => {
    expect(zoomed(WHOLE, 10)).toEqual(WHOLE);
    let box = WHOLE;
    for (let times = 0; times < 50; times++) box = zoomed(box, 0.5);
    expect(box.width).toBeGreaterThan(0.5);
  });

  it('never leaves the map behind', () => {
    let box = zoomed(WHOLE, 0.1);
    for (let times = 0; times < 50; times++) box = moved(box, 1, -1);
    expect(box.x + box.width / 2).toBeLessThanOrEqual(WHOLE.width);
    expect(box.y + box.height / 2).toBeGreaterThanOrEqual(0);
  });

  it('holds every point with room, one point alone too, and is the whole for none', () => {
    const points = [
      [100, 100],
      [300, 500],
    ] as const;
    const box = around(points);
    for (const [x, y] of points) {
      expect(x).toBeGreaterThan(box.x);
      expect(x).toBeLessThan(box.x + box.width);
      expect(y).toBeGreaterThan(box.y);
      expect(y).toBeLessThan(box.y + box.height);
    }
    expect(around([[500, 500]]).width).toBeGreaterThan(1);
    expect(around([])).toEqual(WHOLE);
  });
});
