import type { EpochMs } from '../../core/foundation/index.ts';
import type { Precedence } from '../../core/wire/index.ts';

/** A place in a list: up to three whole numbers, the greatest first. */
export type ListPosition = readonly [number, number, number];

/**
 * What a list may be sorted by: the newest first, the most urgent first and among equals the newest, or as work is due:
 * the most urgent first and among equals the one that waits longest.
 */
export const LIST_ORDERS = ['newest', 'urgent', 'due'] as const;

/** One of the orders. */
export type ListOrder = (typeof LIST_ORDERS)[number];

/** What every message that is listed has. */
export interface Listed {
  readonly precedence: Precedence;
  readonly record: number;
}

/** Which messages are asked for. */
export interface ListQuery<Message extends Listed> {
  readonly order: ListOrder;
  readonly limit: number;
  readonly matches: (message: Message) => boolean;
  /** The time that the list is sorted by; never smaller than that of the message before. */
  readonly timeOf: (message: Message) => EpochMs;
  /** Nothing from before that time. */
  readonly since: EpochMs | undefined;
  /** Only what comes after that place. */
  readonly after: ListPosition | undefined;
}

/** One page of a list; `next` is where the following one begins, `undefined` at the end. */
export interface ListPage<Message> {
  readonly items: readonly Message[];
  readonly next: ListPosition | undefined;
}

const PRECEDENCES = [1, 2, 3, 4] as const satisfies readonly Precedence[];

/** A page of `messages`, which stand in order of their time, the oldest first. */
export function listMessages<Message extends Listed>(
  messages: readonly Message[],
  query: ListQuery<Message>,
): ListPage<Message> {
  const items: Message[] = [];
  const passes = query.order === 'newest' ? [undefined] : PRECEDENCES;
  for (const precedence of passes) {
    for (const message of walk(messages, query, precedence)) {
      if (precedence !== undefined && message.precedence !== precedence) continue;
      if (!query.matches(message)) continue;
      if (items.length === query.limit) return { items, next: positionOf(items.at(-1) as Message, query) };
      items.push(message);
    }
  }
  return { items, next: undefined };
}

/** Whether a place is one of a list in that order: a cursor of another would give a list with gaps. */
export function isPlaceOf(order: ListOrder, [urgency]: ListPosition): boolean {
  return order === 'newest' ? urgency === 0 : order === 'urgent' ? urgency >= 1 && urgency < DUE : urgency > DUE;
}

/** What the first number of a place in the order `due` is greater than. */
const DUE = 8;

function urgencyOf(order: ListOrder, precedence: Precedence | undefined): number {
  if (precedence === undefined || order === 'newest') return 0;
  return (order === 'due' ? 2 * DUE : DUE) - precedence;
}

function positionOf<Message extends Listed>(message: Message, query: ListQuery<Message>): ListPosition {
  return [urgencyOf(query.order, message.precedence), query.timeOf(message), message.record];
}

/** The messages of a pass over one precedence, or over all, in the order of the list and from the place that is asked for. */
function* walk<Message extends Listed>(
  messages: readonly Message[],
  query: ListQuery<Message>,
  precedence: Precedence | undefined,
): Generator<Message> {
  const { after, since, timeOf } = query;
  const urgency = urgencyOf(query.order, precedence);
  if (after !== undefined && urgency > after[0]) return;
  const place = after !== undefined && urgency === after[0] ? after : undefined;
  if (query.order === 'due') {
    const from: ListPosition | undefined = place ?? (since === undefined ? undefined : [0, since, -1]);
    for (let index = from === undefined ? 0 : firstAfter(messages, query, from); index < messages.length; index++)
      yield messages[index] as Message;
    return;
  }
  for (
    let index = (place === undefined ? messages.length : firstFrom(messages, query, place)) - 1;
    index >= 0;
    index--
  ) {
    const message = messages[index] as Message;
    if (since !== undefined && timeOf(message) < since) return;
    yield message;
  }
}

/** The index of the first message that does not stand before a place. */
function firstFrom<Message extends Listed>(
  messages: readonly Message[],
  { timeOf }: ListQuery<Message>,
  [, time, record]: ListPosition,
): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const message = messages[middle] as Message;
    if ((timeOf(message) - time || message.record - record) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the first message that stands after a place. */
function firstAfter<Message extends Listed>(
  messages: readonly Message[],
  query: ListQuery<Message>,
  place: ListPosition,
): number {
  return firstFrom(messages, query, [place[0], place[1], place[2] + 1]);
}

/** A place as opaque text. */
export function formatCursor(position: ListPosition): string {
  return Buffer.from(position.join('.'), 'ascii').toString('base64url');
}

/** The place that `formatCursor` wrote; `undefined` for any other text. */
export function parseCursor(text: string): ListPosition | undefined {
  const parts = Buffer.from(text, 'base64url').toString('ascii').split('.').map(Number);
  const [a, b, c] = parts;
  if (parts.length !== 3 || a === undefined || b === undefined || c === undefined) return undefined;
  const position: ListPosition = [a, b, c];
  return parts.every((part) => Number.isSafeInteger(part) && part >= 0) && formatCursor(position) === text
    ? position
    : undefined;
}
