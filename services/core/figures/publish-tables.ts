/** The counts of one table: every category that there is, with how many it has. Never to be shown. */
export type CountedTable = ReadonlyMap<string, number>;

/** The least that a count must be to be shown at all, and the step in which it is shown. */
export const STEP = 5;

/** What is said of each category: the step that its count has reached; 0 says "under five" and nothing more. */
export type PublishedTable = ReadonlyMap<string, number>;

/** All that is ever said of a period. A table that is not there is withheld. */
export type PublishedTables<Facet extends string> = Readonly<Partial<Record<Facet, PublishedTable>>>;

/** Between which numbers something lies. */
export interface PublishedTotal {
  readonly atLeast: number;
  readonly atMost: number;
}

/** A table as it bounds the total: each of `categories` may have up to STEP - 1 more than what is said. */
interface Bounds<Facet extends string> {
  readonly facet: Facet;
  readonly table: PublishedTable;
  readonly said: number;
  readonly categories: number;
  readonly hasSmall: boolean;
}

const REST = STEP - 1;

/**
 * What may be said of a period's counts so that a small count stays unknown to whoever puts all answers together.
 *
 * Each count is said in steps of five, and everything else that is ever published is a sum of what is said here: longer
 * times and totals say nothing that these tables do not. All tables of a period count the same things, so each bounds
 * the period's total for the others; a table whose small counts that would narrow is withheld (the complement of the
 * suppression). What is left lets every count under five be anything from nothing to four, also for somebody who looked
 * at each moment and saw a step being taken.
 */
export function publishTables<Facet extends string>(
  counted: Readonly<Record<Facet, CountedTable>>,
): PublishedTables<Facet> {
  let shown = (Object.keys(counted) as Facet[]).map((facet) => boundsOf(facet, counted[facet]));
  for (;;) {
    const endangered = shown.find((table) => shown.some((other) => other !== table && narrows(other, table)));
    if (endangered === undefined)
      return Object.fromEntries(shown.map(({ facet, table }) => [facet, table])) as PublishedTables<Facet>;
    shown = shown.filter((table) => table !== endangered);
  }
}

/** Between which numbers the total of the period is, as far as the published tables say. */
export function totalOfTables(published: PublishedTables<string>): PublishedTotal {
  const shown = Object.values(published).flatMap((table) =>
    table === undefined ? [] : [{ said: sumOf(table), categories: table.size }],
  );
  return {
    atLeast: Math.max(0, ...shown.map(({ said }) => said)),
    atMost: Math.min(...shown.map(({ said, categories }) => said + REST * categories)),
  };
}

function boundsOf<Facet extends string>(facet: Facet, counted: CountedTable): Bounds<Facet> {
  const table = new Map([...counted].map(([category, count]) => [category, Math.floor(count / STEP) * STEP]));
  const hasSmall = [...table.values()].some((said) => said === 0);
  return { facet, table, said: sumOf(table), categories: table.size, hasSmall };
}

/**
 * Whether the total's bounds by `other` leave a small count of `table` less than its whole range. One category of each
 * table is reckoned as known exactly: that of the step that was taken last.
 */
function narrows(other: Bounds<string>, table: Bounds<string>): boolean {
  if (!table.hasSmall) return false;
  const cannotBeNone = other.said > table.said + REST * (table.categories - 2);
  const cannotBeFour = other.said + REST * (other.categories - 1) < table.said + REST;
  return cannotBeNone || cannotBeFour;
}

function sumOf(table: PublishedTable): number {
  return [...table.values()].reduce((sum, said) => sum + said, 0);
}
