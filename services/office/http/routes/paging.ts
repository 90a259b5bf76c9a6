import { OfficeError } from '../../errors.ts';
import { codeNames } from '../../views/code-names.ts';
import {
  formatCursor,
  isPlaceOf,
  LIST_ORDERS,
  type ListOrder,
  type ListPage,
  type ListPosition,
  parseCursor,
} from '../../views/list-messages.ts';
import { isPlaceOfWork, type WorkOrder } from '../../views/page-by-place.ts';
import type { JsonSchema } from '../route.ts';

/** The parameters of every list of messages. */
export const PAGING_PARAMS = {
  limit: { kind: 'integer', minimum: 1, maximum: 200, about: 'The most messages in one answer. Default 50.' },
  cursor: {
    kind: 'text',
    pattern: /^[A-Za-z0-9_-]{1,80}$/,
    about: 'Where the page begins: `next` of the answer before.',
  },
  order: {
    kind: 'word',
    words: LIST_ORDERS,
    about:
      '`newest` (default): the newest first. `urgent`: flash, then immediate, priority, routine, each the newest first. `due`: the same, each the oldest first.',
  },
  precedence: { kind: 'word', words: codeNames('Precedence'), about: 'Only messages of that precedence.' },
  since: { kind: 'time', about: 'Only messages from that time on: delivered in the inbox, accepted in the outbox.' },
} as const;

/** How many there are in an answer where it is not said. */
export const DEFAULT_LIMIT = 50;

/** Where a list begins and how it is sorted. @throws OfficeError OFFICE_REQUEST_INVALID for a cursor of something else. */
export function readPaging(query: {
  readonly limit: number | undefined;
  readonly cursor: string | undefined;
  readonly order: string | undefined;
}): {
  readonly limit: number;
  readonly order: ListOrder;
  readonly after: ListPosition | undefined;
} {
  const order = LIST_ORDERS.find((known) => known === query.order) ?? 'newest';
  const after = placeAfter(query.cursor, (place) => isPlaceOf(order, place));
  return { limit: query.limit ?? DEFAULT_LIMIT, order, after };
}

/**
 * Where a list of work begins; `most` where no limit is named.
 *
 * @throws OfficeError OFFICE_REQUEST_INVALID for a cursor of something else.
 */
export function readWorkPaging(
  query: { readonly limit: number | undefined; readonly cursor: string | undefined },
  order: WorkOrder,
  most: number,
): { readonly limit: number; readonly after: ListPosition | undefined } {
  const after = placeAfter(query.cursor, (place) => isPlaceOfWork(order, place));
  return { limit: query.limit ?? most, after };
}

/** The place that a cursor names; one of another order would give a list with gaps. */
function placeAfter(cursor: string | undefined, isPlace: (place: ListPosition) => boolean): ListPosition | undefined {
  if (cursor === undefined) return undefined;
  const after = parseCursor(cursor);
  if (after !== undefined && isPlace(after)) return after;
  throw new OfficeError('OFFICE_REQUEST_INVALID', {
    faults: [
      { field: 'cursor', reason: 'cursor-invalid', message: 'must be the value of next of a list in the same order' },
    ],
  });
}

/** A page as it is answered. */
export function pageJson(
  page: Pick<ListPage<unknown>, 'next'>,
  items: readonly unknown[],
): Readonly<Record<string, unknown>> {
  return { items, next: page.next === undefined ? null : formatCursor(page.next) };
}

/** The schema of a page of items of that schema, with what else the answer has; a name that ends with `?` may be absent. */
export function pageSchema(item: JsonSchema, more: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  const names = Object.keys(more);
  return {
    type: 'object',
    required: ['items', 'next', ...names.filter((name) => !name.endsWith('?'))],
    additionalProperties: false,
    properties: {
      items: { type: 'array', items: item },
      next: { type: ['string', 'null'], description: 'Cursor of the next page; null at the end.' },
      ...Object.fromEntries(Object.entries(more).map(([name, schema]) => [name.replace('?', ''), schema])),
    },
  };
}
