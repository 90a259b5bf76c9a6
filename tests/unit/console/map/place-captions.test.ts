import { describe, expect, it } from 'vitest';
import { placeCaptions } from '../../../../services/console/src/map/place-captions.ts';

describe('placeCaptions', () => {
  it('puts a caption right of its point', () => {
    expect(placeCaptions([{ at: [0, 0], caption: 'th-mae-sai' }], 800)).toEqual([{ x: 12, y: 5, anchor: 'start' }]);
  });

  it('puts the second of two neighbours to the left', () => {
    const places = placeCaptions(
      [
        { at: [300, 100], caption: 'th-mae-sai' },
        { at: [300, 105], caption: 'mm-tachileik' },
      ],
      800,
    );
    expect(places.map(({ anchor }) => anchor)).toEqual(['start', 'end']);
  });

  it('leaves both to the right where they are apart', () => {
    const places = placeCaptions(
      [
        { at: [300, 100], caption: 'th-mae-sai' },
        { at: [300, 130], caption: 'mm-tachileik' },
      ],
      800,
    );
    expect(places.map(({ anchor }) => anchor)).toEqual(['start', 'start']);
  });

  it('cuts none off where there is room', () => {
    const narrow = placeCaptions(
      [
        { at: [60, 100], caption: 'mm-tachileik' },
        { at: [60, 105], caption: 'th-mae-sai' },
        { at: [280, 300], caption: 'la-houayxay' },
      ],
      330,
    );
    expect(narrow.map(({ y, anchor }) => `${anchor} ${y}`)).toEqual(['start 5', 'start 21', 'end 5']);
  });

  it('finds six captions at one point six places, and has one for a seventh', () => {
    const places = placeCaptions(
      Array.from({ length: 7 }, () => ({ at: [400, 400] as const, caption: 'office' })),
      800,
    );
    expect(new Set(places.slice(0, 6).map(({ x, y }) => `${x} ${y}`)).size).toBe(6);
    expect(places[6]).toEqual(places[0]);
  });
});
