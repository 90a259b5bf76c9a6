import { describe, expect, it } from 'vitest';
import { placeCaptions } from '../../../../services/console/src/map/place-captions.ts';

describe('placeCaptions', () => {
  it('puts a caption right of its point', () => {
    expect(placeCaptions([{ at: [0, 0], caption: 'th-mae-sai' }])).toEqual([{ x: 12, y: 5, anchor: 'start' }]);
  });

  it('puts the second of two neighbours to the left', () => {
    const places = placeCaptions([
      { at: [100, 100], caption: 'th-mae-sai' },
      { at: [100, 105], caption: 'mm-tachileik' },
    ]);
    expect(places.map(({ anchor }) => anchor)).toEqual(['start', 'end']);
  });

  it('leaves both to the right where they are apart', () => {
    const places = placeCaptions([
      { at: [100, 100], caption: 'th-mae-sai' },
      { at: [100, 130], caption: 'mm-tachileik' },
    ]);
    expect(places.map(({ anchor }) => anchor)).toEqual(['start', 'start']);
  });

  it('finds six captions at one point six places, and has one for a seventh', () => {
    const places = placeCaptions(Array.from({ length: 7 }, () => ({ at: [0, 0] as const, caption: 'office' })));
    expect(new Set(places.slice(0, 6).map(({ x, y }) => `${x} ${y}`)).size).toBe(6);
    expect(places[6]).toEqual(places[0]);
  });
});
