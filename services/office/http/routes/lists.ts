import { stateOfCopy } from '../../../core/ledger/index.ts';
import { codeName } from '../../views/code-names.ts';
import { contentJson } from '../../views/content-json.ts';
import { listMessages } from '../../views/list-messages.ts';
import { inboxItem, outboxItem } from '../../views/message-json.ts';
import { standingJson } from '../../views/standing-json.ts';
import { readContent } from '../read-content.ts';
import { guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
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
    include: INCLUDE,
  },
  answers: { 200: { about: 'A page of the inbox.', schema: pageSchema(schemaRef('InboxItem')) } },
  handle: async (door, { query, asker }) => {
    const page = listMessages(door.index.inbox(), {
      ...readPaging(query),
      since: query.since,
      timeOf: (message) => message.deliveredMs ?? message.receivedMs,
      matches: (message) =>
        (query.precedence === undefined || codeName('Precedence', message.precedence) === query.precedence) &&
        (query.from === undefined || message.from === query.from) &&
        (query.state === undefined || message.retrievals.length > 0 === (query.state === 'retrieved')),
    });
    const items = page.items.map((message) => ({
      ...inboxItem(message),
      ...standingJson(door.relay.projection, message),
    }));
    return {
      status: 200,
      body: pageJson(
        page,
        query.include === undefined
          ? items
          : await withContent(
              items,
              page.items.map((message) => readContent(door, asker, message)),
            ),
      ),
    };
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
    include: INCLUDE,
  },
  answers: { 200: { about: 'A page of the outbox.', schema: pageSchema(schemaRef('OutboxItem')) } },
  handle: async (door, { query, asker }) => {
    const page = listMessages(door.index.outbox(), {
      ...readPaging(query),
      since: query.since,
      timeOf: (message) => message.acceptedMs,
      matches: (message) => {
        if (asker.reach === 'own' && message.submittedBy !== asker.principal.name) return false;
        if (query.precedence !== undefined && codeName('Precedence', message.precedence) !== query.precedence)
          return false;
        if (query.to === undefined && query.state === undefined) return true;
        return [...message.copies.values()].some(
          (copy) =>
            (query.to === undefined || copy.to === query.to) &&
            (query.state === undefined || stateOfCopy(copy) === query.state),
        );
      },
    });
    const items = page.items.map((message) => ({
      ...outboxItem(message),
      ...standingJson(door.relay.projection, message),
    }));
    return {
      status: 200,
      body: pageJson(
        page,
        query.include === undefined
          ? items
          : await withContent(
              items,
              page.items.map((message) => readContent(door, asker, message)),
            ),
      ),
    };
  },
});

async function withContent(
  items: readonly Readonly<Record<string, unknown>>[],
  contents: readonly ReturnType<typeof readContent>[],
): Promise<readonly unknown[]> {
  const read = await Promise.all(contents);
  return items.map((item, index) => {
    const shown = read[index];
    return {
      ...item,
      content: null,
      ...(shown?.content ? contentJson(shown.content) : {}),
      contentState: shown?.state,
    };
  });
}
