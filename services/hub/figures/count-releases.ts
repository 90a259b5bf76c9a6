import { type CountedTable, type IsoWeek, isoWeekOf } from '../../core/figures/index.ts';
import { Corridor, CrimeArea, Urgency } from '../../core/wire/index.ts';
import type { HubLogEntry } from '../log/entry.ts';

/** What releases are counted by, besides the week. */
export const FACETS = ['corridor', 'crimeArea', 'urgency', 'nation'] as const;

/** One of them. */
export type Facet = (typeof FACETS)[number];

/** The counts of one week. */
export type CountedWeek = Readonly<Record<Facet, CountedTable>>;

/** Counts of releases, from their signed headers and nothing else. */
export interface ReleaseCounts {
  readonly add: (entry: HubLogEntry) => void;
  readonly of: (week: IsoWeek) => CountedWeek;
  readonly weeks: () => readonly IsoWeek[];
}

const NAMES: Readonly<Record<'corridor' | 'crimeArea' | 'urgency', ReadonlyMap<number, string>>> = {
  corridor: namesOf(Corridor, 'CORRIDOR'),
  crimeArea: namesOf(CrimeArea, 'CRIME_AREA'),
  urgency: namesOf(Urgency, 'URGENCY'),
};

/** No release counted yet. `nations` are those that may release here. */
export function countReleases(nations: () => readonly string[]): ReleaseCounts {
  const weeks = new Map<IsoWeek, Record<Facet, Map<string, number>>>();
  return {
    add: (entry) => {
      // Exercises are no figures, and a withdrawal is no release.
      if (entry.drill || entry.withdraws !== null) return;
      const week = isoWeekOf(entry.releasedMs);
      const counted = weeks.get(week) ?? {
        corridor: new Map(),
        crimeArea: new Map(),
        urgency: new Map(),
        nation: new Map(),
      };
      weeks.set(week, counted);
      for (const facet of FACETS) {
        const category = facet === 'nation' ? entry.nation : NAMES[facet].get(entry[facet]);
        if (category !== undefined) counted[facet].set(category, (counted[facet].get(category) ?? 0) + 1);
      }
    },
    of: (week) => {
      const counted = weeks.get(week);
      const whole = (facet: Facet): CountedTable => {
        const own = counted?.[facet] ?? new Map<string, number>();
        const all =
          facet === 'nation' ? [...new Set([...nations(), ...own.keys()])].sort() : [...NAMES[facet].values()];
        return new Map(all.map((category) => [category, own.get(category) ?? 0]));
      };
      return {
        corridor: whole('corridor'),
        crimeArea: whole('crimeArea'),
        urgency: whole('urgency'),
        nation: whole('nation'),
      };
    },
    weeks: () => [...weeks.keys()].sort(),
  };
}

function namesOf(list: Readonly<Record<string, number>>, prefix: string): ReadonlyMap<number, string> {
  const codes = Object.entries(list).filter(([, code]) => code !== 0);
  return new Map(codes.map(([name, code]) => [code, `${prefix}_${name}`]));
}
