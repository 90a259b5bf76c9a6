/** Both ends included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** A set of numbers from 1 on, kept as ranges: small for as long as the gaps are few. */
export interface NumberSet {
  readonly has: (number: number) => boolean;
  readonly add: (first: number, last?: number) => void;
  /** Everything from 1 up to this number is in the set; 0 when 1 is not. */
  readonly through: () => number;
  /** The highest number in the set, 0 when it is empty. */
  readonly highest: () => number;
  /** What lies between 1 and `upTo` and is not in the set, at most `limit` ranges. */
  readonly missing: (upTo: number, limit?: number) => readonly Range[];
  /** Everything in the set, ascending; no two ranges touch. */
  readonly ranges: () => readonly Range[];
  /** The range that the number lies in; undefined where it is not in the set. */
  readonly rangeOf: (number: number) => Range | undefined;
}

/** An empty set of numbers. */
export function numberSet(): NumberSet {
  const ranges: { first: number; last: number }[] = [];

  /** Index of the first range that ends at or after `number`. */
  const find = (number: number): number => {
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ranges[middle] as Range).last < number) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const rangeOf = (number: number): Range | undefined => {
    const range = ranges[find(number)];
    return range !== undefined && range.first <= number ? range : undefined;
  };

  const add = (first: number, last: number = first): void => {
    if (first < 1 || last < first) throw new RangeError('a range runs from 1 or more upwards');
    const start = find(first - 1);
    let end = start;
    let from = first;
    let to = last;
    while (end < ranges.length && (ranges[end] as Range).first <= last + 1) {
      from = Math.min(from, (ranges[end] as Range).first);
      to = Math.max(to, (ranges[end] as Range).last);
      end++;
    }
    ranges.splice(start, end - start, { first: from, last: to });
  };

  return {
    has: (number) => rangeOf(number) !== undefined,
    add,
    through: () => (ranges[0]?.first === 1 ? ranges[0].last : 0),
    highest: () => ranges.at(-1)?.last ?? 0,
    missing: (upTo, limit = Number.POSITIVE_INFINITY) => {
      const gaps: Range[] = [];
      let next = 1;
      for (const range of ranges) {
        if (next > upTo || gaps.length >= limit) break;
        if (range.first > next) gaps.push({ first: next, last: Math.min(range.first - 1, upTo) });
        next = range.last + 1;
      }
      if (next <= upTo && gaps.length < limit) gaps.push({ first: next, last: upTo });
      return gaps;
    },
    ranges: () => ranges.map(({ first, last }) => ({ first, last })),
    rangeOf: (number) => {
      const range = rangeOf(number);
      return range === undefined ? undefined : { first: range.first, last: range.last };
    },
  };
}
