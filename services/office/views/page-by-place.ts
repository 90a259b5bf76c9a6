import type { EpochMs } from '../../core/foundation/index.ts';
import type { Precedence } from '../../core/wire/index.ts';
import type { ListPage, ListPosition } from './list-messages.ts';

/** The orders of lists of work: by urgency, or by what is due. */
export type WorkOrder = 'urgent' | 'deadline';

/** What a list of work is sorted by. */
export interface Work {
  /** Until when it is to be done; `null` where nothing is due. */
  readonly dueMs: EpochMs | null;
  readonly precedence: Precedence;
  readonly record: number;
}

const QUARTER_MS = 15 * 60_000;
/** The last moment that a calendar has: what is never due comes after everything that is. */
const NEVER_MS = 8_640_000_000_000_000;
/** More than there are precedences. */
const PRECEDENCES = 8;

/**
 * Where a piece of work stands. `urgent`: flash, then immediate, priority, routine, each the oldest first. `deadline`:
 * what is due first, and of what is due in the same quarter of an hour the more urgent first.
 */
export function placeOfWork(order: WorkOrder, { dueMs, precedence, record }: Work): ListPosition {
  if (order === 'urgent') return [precedence, 0, record];
  const due = dueMs ?? NEVER_MS;
  return [Math.floor(due / QUARTER_MS) * PRECEDENCES + precedence, due, record];
}

/** Whether a place is one of a list in that order: a cursor of another would give a list with gaps. */
export function isPlaceOfWork(order: WorkOrder, [first]: ListPosition): boolean {
  return order === 'urgent' ? first < PRECEDENCES : first >= PRECEDENCES;
}

/**
 * A page of entries by their places, the smallest first, from after the place `after`. Those that have the same place
 * are never parted: a page has a few more for it.
 */
export function pageByPlace<Entry>(
  entries: readonly Entry[],
  placeOf: (entry: Entry) => ListPosition,
  { limit, after }: { readonly limit: number; readonly after: ListPosition | undefined },
): ListPage<Entry> {
  const placed = entries
    .map((entry) => ({ entry, place: placeOf(entry) }))
    .filter(({ place }) => after === undefined || compare(place, after) > 0)
    .sort((a, b) => compare(a.place, b.place));
  const last = placed[limit - 1];
  if (last === undefined) return { items: placed.map(({ entry }) => entry), next: undefined };
  const end = placed.findIndex(({ place }, index) => index >= limit && compare(place, last.place) > 0);
  if (end < 0) return { items: placed.map(({ entry }) => entry), next: undefined };
  return { items: placed.slice(0, end).map(({ entry }) => entry), next: last.place };
}

function compare(a: ListPosition, b: ListPosition): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
