import { type AnyMessage, stateOfCopy } from '../../../core/ledger/index.ts';
import { contentJson } from '../../views/content-json.ts';
import { inboxCounts, isUnread, outboxCounts } from '../../views/line-counts.ts';
import { type ListPage, listMessages } from '../../views/list-messages.ts';
import { inboxItem, outboxItem } from '../../views/message-json.ts';
import type { Door } from '../door.ts';
import { lineJson } from '../line-content.ts';
import { readContent } from '../read-content.ts';
import { type Asker, guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { LINE_FILTERS, lineFilter } from './line-filters.ts';
import { PAGING_PARAMS, pageJson, pageSchema, readPaging } from './paging.ts';

const INBOX_STATES = ['delivered', 'retrieved'] as const;
const OUTBOX_STATES = [
  'refused',
  'held',
  'rejected',
  'expired',
  'queued',
  'sent',
  'accepted',
  'delivered',
  'retrieved',
  'failed',
] as const;
const INCLUDE = {
  kind: 'word',
  words: ['content'],
  about: '`content`: each item with what it says, as far as it is kept.',
} as const;

const COUNTS = {
  kind: 'word',
  words: ['true'],
  about: '`true`: with counts of the whole list, whatever is filtered.',
} as const;

type Json = Readonly<Record<string, unknown>>;

/** `GET /v1/inbox`: what was delivered to this office's officers. */
export const listInbox = guardedRoute({
  method: 'GET',
  path: '/v1/inbox',
  name: 'listInbox',
  action: 'read-inbox',
  summary: 'List delivered messages',
  about: 'Messages that both gates let through, by the time of their delivery. Looking at the list is not retrieval.',
  queryParams: {
    ...PAGING_PARAMS,
    from: { kind: 'office', about: 'Only messages that this office handed over.' },
    state: {
      kind: 'word',
      words: INBOX_STATES,
      about: '`delivered`: not opened yet. `retrieved`: an officer opened it.',
    },
    ...LINE_FILTERS,
    unread: { kind: 'word', words: ['true', 'false'], about: 'Only messages that nobody here has opened, or others.' },
    counts: COUNTS,
    include: INCLUDE,
  },
  answers: {
    200: {
      about: 'A page of the inbox.',
      schema: pageSchema(schemaRef('InboxItem'), { 'counts?': schemaRef('InboxCounts') }),
    },
  },
  handle: async (door, { query, asker }) => {
    const inbox = door.index.inbox();
    const passes = lineFilter(door, query);
    const page = listMessages(inbox, {
      ...readPaging(query),
      since: query.since,
      timeOf: (message) => message.deliveredMs ?? message.receivedMs,
      matches: (message) =>
        (query.from === undefined || message.from === query.from) &&
        (query.state === undefined || isUnread(message) === (query.state === 'delivered')) &&
        (query.unread === undefined || isUnread(message) === (query.unread === 'true')) &&
        passes(message),
    });
    const counts =
      query.counts === undefined ? undefined : inboxCounts(inbox, door.relay.projection, asker.principal.name);
    return { status: 200, body: await pageOf(door, asker, page, inboxItem, query.include, counts) };
  },
});

/** `GET /v1/outbox`: what this office said, and how far each copy is. */
export const listOutbox = guardedRoute({
  method: 'GET',
  path: '/v1/outbox',
  name: 'listOutbox',
  action: 'read-outbox',
  summary: 'List messages of this office',
  about: 'By the time of their acceptance, each with the state of every copy. A system sees what it submitted itself.',
  queryParams: {
    ...PAGING_PARAMS,
    to: { kind: 'office', about: 'Only messages with a copy for that office.' },
    state: {
      kind: 'word',
      words: OUTBOX_STATES,
      about: 'Only messages with a copy in that state; with `to`, the copy for that office.',
    },
    ...LINE_FILTERS,
    submittedBy: {
      kind: 'text',
      pattern: /^[a-z0-9][a-z0-9._-]{0,63}$/,
      about: 'Only what this person or system submitted.',
    },
    counts: COUNTS,
    include: INCLUDE,
  },
  answers: {
    200: {
      about: 'A page of the outbox.',
      schema: pageSchema(schemaRef('OutboxItem'), { 'counts?': schemaRef('OutboxCounts') }),
    },
  },
  handle: async (door, { query, asker }) => {
    const outbox = door.index
      .outbox()
      .filter(({ submittedBy }) => asker.reach === 'all' || submittedBy === asker.principal.name);
    const passes = lineFilter(door, query);
    const page = listMessages(outbox, {
      ...readPaging(query),
      since: query.since,
      timeOf: (message) => message.acceptedMs,
      matches: (message) => {
        if (query.submittedBy !== undefined && message.submittedBy !== query.submittedBy) return false;
        if (!passes(message)) return false;
        if (query.to === undefined && query.state === undefined) return true;
        return [...message.copies.values()].some(
          (copy) =>
            (query.to === undefined || copy.to === query.to) &&
            (query.state === undefined || stateOfCopy(copy) === query.state),
        );
      },
    });
    const counts =
      query.counts === undefined ? undefined : outboxCounts(outbox, door.relay.projection, asker.principal.name);
    return { status: 200, body: await pageOf(door, asker, page, outboxItem, query.include, counts) };
  },
});

async function pageOf<Message extends AnyMessage>(
  door: Door,
  asker: Asker,
  page: ListPage<Message>,
  itemJson: (message: Message) => Json,
  include: string | undefined,
  counts: Json | undefined,
): Promise<Json> {
  const items = page.items.map(async (message) => ({
    ...itemJson(message),
    ...(await lineJson(door, asker, message)),
    ...(include === undefined ? {} : await shownContent(door, asker, message)),
  }));
  return { ...pageJson(page, await Promise.all(items)), ...(counts === undefined ? {} : { counts }) };
}

async function shownContent(door: Door, asker: Asker, message: AnyMessage): Promise<Json> {
  const { state, content } = await readContent(door, asker, message);
  return { content: null, ...(content === null ? {} : contentJson(content)), contentState: state };
}
