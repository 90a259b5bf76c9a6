import type { EpochMs } from '../../core/foundation/index.ts';
import type { Precedence } from '../../core/wire/index.ts';

/** A place in a list: up to three whole numbers, the greatest first. */
export type ListPosition = readonly [number, number, number];

/** What a list may be sorted by: the newest first, or the most urgent first and among equals the newest. */
export const LIST_ORDERS = ['newest', 'urgent'] as const;

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
    for (let index = lastIndex(messages, query, precedence); index >= 0; index--) {
      const message = messages[index] as Message;
      if (query.since !== undefined && query.timeOf(message) < query.since) break;
      if (precedence !== undefined && message.precedence !== precedence) continue;
      if (!query.matches(message)) continue;
      if (items.length === query.limit) return { items, next: positionOf(items.at(-1) as Message, query) };
      items.push(message);
    }
  }
  return { items, next: undefined };
}

function positionOf<Message extends Listed>(message: Message, query: ListQuery<Message>): ListPosition {
  const urgency = query.order === 'newest' ? 0 : 8 - message.precedence;
  return [urgency, query.timeOf(message), message.record];
}

/** Where a pass over one precedence begins: at the end, after the place that is asked for, or nowhere. */
function lastIndex<Message extends Listed>(
  messages: readonly Message[],
  query: ListQuery<Message>,
  precedence: Precedence | undefined,
): number {
  const { after } = query;
  if (after === undefined) return messages.length - 1;
  const urgency = precedence === undefined ? 0 : 8 - precedence;
  if (urgency > after[0]) return -1;
  if (urgency < after[0]) return messages.length - 1;
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const message = messages[middle] as Message;
    const difference = query.timeOf(message) - after[1] || message.record - after[2];
    if (difference < 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
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
