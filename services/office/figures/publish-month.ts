import { type CountedTable, type PublishedTable, publishTables } from '../../core/figures/index.ts';
import type { OfficeId } from '../../core/foundation/index.ts';
import {
  type AnswerState,
  categoriesOf,
  categoryOf,
  LASTING_FACETS,
  PUBLIC_FACETS,
  type PublicFacet,
} from './public-categories.ts';
import type { CrossingFact } from './types.ts';

/** The counts of one month by each facet. Never to be shown. */
export type CountedMonth = Readonly<Record<PublicFacet, Map<string, number>>>;

/** What is said of a month; a facet that is not there is withheld, or is not told yet. */
export type PublishedMonth = Readonly<Partial<Record<PublicFacet, PublishedTable>>>;

/** Nothing counted: every category is there, with none. */
export function emptyMonth(neighbours: readonly OfficeId[]): CountedMonth {
  const tables = PUBLIC_FACETS.map((facet) => [
    facet,
    new Map(categoriesOf(facet, neighbours).map((category) => [category, 0])),
  ]);
  return Object.fromEntries(tables) as CountedMonth;
}

/** Counts one crossing: once by each facet, so that all tables count the same. */
export function countInMonth(month: CountedMonth, fact: CrossingFact, answer: AnswerState | null): void {
  for (const facet of PUBLIC_FACETS) {
    const category = categoryOf(facet, fact, answer);
    month[facet].set(category, (month[facet].get(category) ?? 0) + 1);
  }
}

/**
 * What may be said of a month: facet after facet, each as far as it gives away no small count of itself or of those
 * before it. So what was told once is never made more of by what is told later, while counts only grow. A month that is
 * not settled tells what never changes about its crossings.
 */
export function publishMonth(month: CountedMonth, settled: boolean): PublishedMonth {
  let published: PublishedMonth = {};
  for (const facet of settled ? PUBLIC_FACETS : LASTING_FACETS) {
    const told = [...(Object.keys(published) as PublicFacet[]), facet];
    const tables = publishTables(pick(month, told));
    if (told.every((one) => tables[one] !== undefined)) published = tables;
  }
  return published;
}

function pick(month: CountedMonth, facets: readonly PublicFacet[]): Record<PublicFacet, CountedTable> {
  const tables = facets.map((facet): [PublicFacet, CountedTable] => [facet, month[facet]]);
  return Object.fromEntries(tables) as Record<PublicFacet, CountedTable>;
}
