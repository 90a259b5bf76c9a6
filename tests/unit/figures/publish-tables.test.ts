import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  type CountedTable,
  type PublishedTables,
  publishTables,
  STEP,
  totalOfTables,
} from '../../../services/core/figures/index.ts';

const FACETS = ['corridor', 'crimeArea', 'urgency', 'nation'] as const;
type Facet = (typeof FACETS)[number];
type CountedWeek = Readonly<Record<Facet, CountedTable>>;
type PublishedWeek = PublishedTables<Facet>;

const SIZES: Readonly<Record<Facet, number>> = { corridor: 8, crimeArea: 16, urgency: 5, nation: 3 };

/** A release: which category it has of each facet. */
type Release = Readonly<Record<Facet, number>>;

function count(releases: readonly Release[], sizes = SIZES): CountedWeek {
  const tables = FACETS.map((facet) => {
    const table = new Map(Array.from({ length: sizes[facet] }, (_, category) => [`${facet}-${category}`, 0]));
    for (const release of releases) {
      const key = `${facet}-${release[facet]}`;
      table.set(key, (table.get(key) ?? 0) + 1);
    }
    return [facet, table] as const;
  });
  return Object.fromEntries(tables) as unknown as CountedWeek;
}

interface Range {
  low: number;
  high: number;
}

/**
 * The exact bounds of every count by all that is published: each lies within its step, and all tables have one total.
 * Tables with one total can always be the margins of one set of releases, so nothing else binds them together.
 * `known` are counts that somebody knows exactly.
 */
function solve(week: PublishedWeek, known: ReadonlyMap<string, number> = new Map()): ReadonlyMap<string, Range> {
  const tables = FACETS.flatMap((facet) => {
    const table = week[facet];
    if (table === undefined) return [];
    return [
      new Map(
        [...table].map(([name, said]) => {
          const exact = known.get(name);
          return [name, exact === undefined ? { low: said, high: said + STEP - 1 } : { low: exact, high: exact }];
        }),
      ),
    ];
  });
  const sum = (table: ReadonlyMap<string, Range>, end: keyof Range): number =>
    [...table.values()].reduce((total, range) => total + range[end], 0);
  const low = Math.max(...tables.map((table) => sum(table, 'low')));
  const high = Math.min(...tables.map((table) => sum(table, 'high')));
  return new Map(
    tables.flatMap((table) =>
      [...table].map(([name, range]) => {
        const othersHigh = sum(table, 'high') - range.high;
        const othersLow = sum(table, 'low') - range.low;
        return [name, { low: Math.max(range.low, low - othersHigh), high: Math.min(range.high, high - othersLow) }];
      }),
    ),
  );
}

function smallOnes(week: PublishedWeek): string[] {
  return FACETS.flatMap((facet) => [...(week[facet] ?? [])].filter(([, said]) => said === 0).map(([name]) => name));
}

/** Releases that crowd together as real ones do, and such that spread out evenly. */
const releases = fc
  .tuple(
    fc.integer({ min: 1, max: 8 }),
    fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000), fc.nat(1000)), { maxLength: 300 }),
  )
  .map(([spread, all]) =>
    all.map(([corridor, crimeArea, urgency, nation]) => ({
      corridor: corridor % Math.min(SIZES.corridor, spread),
      crimeArea: crimeArea % Math.min(SIZES.crimeArea, spread * 2),
      urgency: urgency % Math.min(SIZES.urgency, spread),
      nation: nation % Math.min(SIZES.nation, spread),
    })),
  );

describe('publishTables', () => {
  it('lets every count under five be anything from nothing to four, whatever is put together', () => {
    fc.assert(
      fc.property(releases, (all) => {
        const week = publishTables(count(all));
        const bounds = solve(week);
        for (const name of smallOnes(week)) expect(bounds.get(name)).toEqual({ low: 0, high: STEP - 1 });
      }),
      { numRuns: 500 },
    );
  });

  it('does so at every moment for somebody who saw the last step being taken', () => {
    fc.assert(
      fc.property(releases, (all) => {
        let before: PublishedWeek = {};
        for (let size = 1; size <= Math.min(all.length, 120); size++) {
          const counted = count(all.slice(0, size));
          const week = publishTables(counted);
          // A step that is taken gives away that the count is exactly that.
          const known = new Map<string, number>();
          for (const facet of FACETS)
            for (const [name, said] of week[facet] ?? [])
              if (before[facet]?.get(name) === said - STEP) known.set(name, said);
          const bounds = solve(week, known);
          for (const name of smallOnes(week)) expect(bounds.get(name)).toEqual({ low: 0, high: STEP - 1 });
          before = week;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('never says more than there is, and never goes back while releases come in', () => {
    fc.assert(
      fc.property(releases, (all) => {
        const counted = count(all);
        const week = publishTables(counted);
        const earlier = publishTables(count(all.slice(0, Math.floor(all.length / 2))));
        for (const facet of FACETS)
          for (const [name, said] of week[facet] ?? []) {
            expect(said % STEP).toBe(0);
            expect(said).toBeLessThanOrEqual(counted[facet].get(name) ?? 0);
            expect(said).toBeGreaterThanOrEqual(earlier[facet]?.get(name) ?? 0);
          }
        const { atLeast, atMost } = totalOfTables(week);
        expect(atLeast).toBeLessThanOrEqual(all.length);
        expect(atMost).toBeGreaterThanOrEqual(all.length);
      }),
      { numRuns: 200 },
    );
  });

  it('withholds a table whose small counts the total of another would give away', () => {
    // Forty releases in one urgency, five in each of eight corridors; over ten crime areas four in each.
    const all = Array.from({ length: 40 }, (_, at) => ({
      corridor: at % 8,
      crimeArea: at % 10,
      urgency: 0,
      nation: 0,
    }));
    const sizes = { ...SIZES, crimeArea: 10 };
    const week = publishTables(count(all, sizes));
    expect(week.crimeArea).toBeUndefined();
    expect(week.corridor?.get('corridor-3')).toBe(5);
    // With it, every one of its counts would be known.
    const table = new Map(Array.from({ length: 10 }, (_, category) => [`crimeArea-${category}`, 0]));
    expect(solve({ ...week, crimeArea: table }).get('crimeArea-0')).toEqual({ low: 4, high: 4 });
  });

  it('is right in taking any tables with one total for the margins of some releases', () => {
    const margins = [
      [2, 1, 0],
      [0, 3],
      [1, 1, 1],
    ];
    // Dealt out one after the other, as many as each category has.
    const columns = margins.map((margin) => margin.flatMap((times, category) => Array<number>(times).fill(category)));
    const dealt = columns[0]?.map((_, at) => columns.map((column) => column[at]));
    expect(dealt).toHaveLength(3);
    for (const [at, margin] of margins.entries())
      for (const [category, times] of margin.entries())
        expect(dealt?.filter((release) => release[at] === category)).toHaveLength(times);
  });
});
