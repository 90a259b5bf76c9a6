import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STEP } from '../../../../services/core/figures/index.ts';
import {
  LASTING_FACETS,
  PUBLIC_FACETS,
  type PublicFacet,
  SETTLED_FACETS,
} from '../../../../services/office/figures/public-categories.ts';
import {
  type CountedMonth,
  countInMonth,
  emptyMonth,
  type PublishedMonth,
  publishMonth,
} from '../../../../services/office/figures/publish-month.ts';
import { CROSSING_OUTCOMES, type CrossingFact } from '../../../../services/office/figures/types.ts';
import { OTHER, PEER } from '../fake-office.ts';
import { fact } from './fact-fixtures.ts';

const CRIME_AREAS = ['CRIME_AREA_DRUGS', 'CRIME_AREA_WILDLIFE', 'CRIME_AREA_CYBER_SCAM', null] as const;
const PRECEDENCES = ['PRECEDENCE_FLASH', 'PRECEDENCE_PRIORITY', 'PRECEDENCE_ROUTINE'] as const;

const facts = fc.array(
  fc.record({
    direction: fc.constantFrom('outbound' as const, 'inbound' as const),
    peer: fc.constantFrom(PEER, OTHER),
    crimeArea: fc.constantFrom(...CRIME_AREAS),
    precedence: fc.constantFrom(...PRECEDENCES),
    outcome: fc.constantFrom(...CROSSING_OUTCOMES),
    toOpenMs: fc.constantFrom(null, 1_000, 3_000_000, 10_000_000),
  }),
  { maxLength: 200 },
);

function month(all: readonly Partial<CrossingFact>[]): CountedMonth {
  const counted = emptyMonth([PEER, OTHER]);
  for (const one of all) countInMonth(counted, fact(one), null);
  return counted;
}

interface Range {
  low: number;
  high: number;
}

/** The exact bounds of every count by all that is published of a month: each lies in its step, and all tables have one total. */
function solve(published: PublishedMonth): ReadonlyMap<string, Range> {
  const tables = PUBLIC_FACETS.flatMap((facet) => {
    const table = published[facet];
    if (table === undefined) return [];
    return [new Map([...table].map(([name, said]) => [`${facet}/${name}`, { low: said, high: said + STEP - 1 }]))];
  });
  const sum = (table: ReadonlyMap<string, Range>, end: keyof Range): number =>
    [...table.values()].reduce((total, range) => total + range[end], 0);
  const low = Math.max(...tables.map((table) => sum(table, 'low')));
  const high = Math.min(...tables.map((table) => sum(table, 'high')));
  return new Map(
    tables.flatMap((table) =>
      [...table].map(([name, range]) => [
        name,
        {
          low: Math.max(range.low, low - (sum(table, 'high') - range.high)),
          high: Math.min(range.high, high - (sum(table, 'low') - range.low)),
        },
      ]),
    ),
  );
}

const toldOf = (published: PublishedMonth): PublicFacet[] => PUBLIC_FACETS.filter((facet) => published[facet]);

describe('publishMonth', () => {
  it('lets every count under five be anything from nothing to four, whatever is put together', () => {
    fc.assert(
      fc.property(facts, fc.boolean(), (all, settled) => {
        const published = publishMonth(month(all), settled);
        const bounds = solve(published);
        for (const facet of toldOf(published))
          for (const [name, said] of published[facet] ?? [])
            if (said === 0) expect(bounds.get(`${facet}/${name}`)).toEqual({ low: 0, high: STEP - 1 });
      }),
      { numRuns: 200 },
    );
  });

  it('tells nothing that may still change of a month that is not settled', () => {
    expect(toldOf(publishMonth(month([]), false)).filter((facet) => SETTLED_FACETS.includes(facet))).toEqual([]);
    expect(SETTLED_FACETS).toContain('outcome');
  });

  it('takes back nothing when a month is settled', () => {
    fc.assert(
      fc.property(facts, (all) => {
        const counted = month(all);
        const before = toldOf(publishMonth(counted, false));
        expect(toldOf(publishMonth(counted, true)).filter((facet) => LASTING_FACETS.includes(facet))).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });

  it('does not tell the one neighbour there is where that would be the total, but by what was dealt with', () => {
    const counted = emptyMonth([PEER]);
    for (let at = 0; at < 13; at++) countInMonth(counted, fact(), null);
    const published = publishMonth(counted, true);
    expect(published.neighbour).toBeUndefined();
    expect(published['crime-area']?.get('CRIME_AREA_DRUGS')).toBe(10);
    expect(published.outcome?.get('opened')).toBe(10);
  });

  it('does so as well for somebody who looked at every moment of a month', () => {
    fc.assert(
      fc.property(facts, (all) => {
        const seen = new Map<string, number>();
        for (let size = 1; size <= Math.min(all.length, 60); size++) {
          const published = publishMonth(month(all.slice(0, size)), false);
          for (const facet of toldOf(published))
            for (const [name, said] of published[facet] ?? []) seen.set(`${facet}/${name}`, said);
          // What was told before still bounds from below; a facet that is told no more has no bound from above.
          const least = Math.max(
            ...LASTING_FACETS.map((facet) =>
              [...seen].filter(([name]) => name.startsWith(`${facet}/`)).reduce((sum, [, said]) => sum + said, 0),
            ),
          );
          for (const facet of toldOf(published)) {
            const table = [...(published[facet] ?? [])];
            const said = table.reduce((sum, [, n]) => sum + n, 0);
            const canBeNone = least <= said + (STEP - 1) * (table.length - 1);
            if (table.some(([, n]) => n === 0)) expect(canBeNone).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('counts each crossing once by each facet', () => {
    fc.assert(
      fc.property(facts, (all) => {
        const counted = month(all);
        for (const facet of PUBLIC_FACETS)
          expect([...counted[facet].values()].reduce((sum, n) => sum + n, 0)).toBe(all.length);
      }),
      { numRuns: 50 },
    );
  });
});
