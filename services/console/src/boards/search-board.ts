import { byDue } from './by-due.ts';

/** What the board reads of a search. */
export interface SearchSeen {
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly offices: readonly {
    readonly state: string;
    readonly result: { readonly findings: readonly { readonly outcome: string }[] } | null;
  }[];
}

const STILL_OPEN = new Set(['held', 'queued', 'sent', 'accepted', 'waiting']);

/** Whether an office has still to answer it. */
export function isAwaited({ offices }: SearchSeen): boolean {
  return offices.some(({ state }) => STILL_OPEN.has(state));
}

/** How many subjects were found, over all offices. */
export function hitsOf({ offices }: SearchSeen): number {
  return offices.reduce(
    (sum, { result }) => sum + (result?.findings.filter(({ outcome }) => outcome === 'SEARCH_OUTCOME_HIT').length ?? 0),
    0,
  );
}

/** Searches by what is due: those that wait for an answer by their end, then those that are over, the newest first. */
export function sortSearches<Search extends SearchSeen>(searches: readonly Search[]): readonly Search[] {
  return [...searches].sort(
    (a, b) =>
      Number(isAwaited(b)) - Number(isAwaited(a)) ||
      (isAwaited(a)
        ? byDue({ dueAt: a.expiresAt, createdAt: a.createdAt }, { dueAt: b.expiresAt, createdAt: b.createdAt })
        : Date.parse(b.createdAt) - Date.parse(a.createdAt)),
  );
}
