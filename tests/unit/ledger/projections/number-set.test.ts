import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberSet } from '../../../../services/core/ledger/projections/number-set.ts';

const MOST = 40;
const ranges = fc.array(
  fc
    .tuple(fc.integer({ min: 1, max: MOST }), fc.nat(6))
    .map(([first, more]) => ({ first, last: Math.min(MOST, first + more) })),
  { maxLength: 20 },
);
const upTo = (most: number): number[] => Array.from({ length: most }, (_, at) => at + 1);

describe('numberSet', () => {
  it('is the set of all numbers that were added, whatever the order and overlap', () => {
    fc.assert(
      fc.property(ranges, (added) => {
        const set = numberSet();
        const model = new Set<number>();
        for (const { first, last } of added) {
          set.add(first, last);
          for (let number = first; number <= last; number++) model.add(number);
        }
        const has = upTo(MOST + 1).filter((number) => set.has(number));
        expect(has).toEqual([...model].sort((a, b) => a - b));
        expect(set.highest()).toBe(Math.max(0, ...model));
        expect(set.through()).toBe((upTo(MOST + 1).find((number) => !model.has(number)) ?? Number.NaN) - 1);
        const inRanges = set.ranges().flatMap(({ first, last }) => upTo(last).slice(first - 1));
        expect(inRanges).toEqual(has);
        expect(set.ranges().every(({ first }, at, all) => at === 0 || first > (all[at - 1]?.last ?? 0) + 1)).toBe(true);
        for (const number of upTo(MOST)) {
          const range = set.rangeOf(number);
          expect(
            range === undefined
              ? undefined
              : [model.has(range.first), model.has(range.last), model.has(range.first - 1), model.has(range.last + 1)],
          ).toEqual(model.has(number) ? [true, true, false, false] : undefined);
        }
      }),
    );
  });

  it('names what is missing up to a number, in as many ranges as are asked for', () => {
    fc.assert(
      fc.property(ranges, fc.nat(MOST + 5), fc.integer({ min: 1, max: 5 }), (added, most, limit) => {
        const set = numberSet();
        for (const { first, last } of added) set.add(first, last);
        const missing = set.missing(most).flatMap(({ first, last }) => upTo(last).slice(first - 1));
        expect(missing).toEqual(upTo(most).filter((number) => !set.has(number)));
        expect(set.missing(most, limit)).toEqual(set.missing(most).slice(0, limit));
      }),
    );
  });

  it('takes no range that begins before 1 or ends before it begins', () => {
    expect(() => numberSet().add(0)).toThrow(RangeError);
    expect(() => numberSet().add(5, 4)).toThrow(RangeError);
  });

  it('hands out ranges that nobody can change it by', () => {
    const set = numberSet();
    set.add(2, 4);
    (set.ranges()[0] as { last: number }).last = 9;
    (set.rangeOf(3) as { last: number }).last = 9;
    expect(set.highest()).toBe(4);
  });
});
