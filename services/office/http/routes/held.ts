import { isLiaisonError, ownLine, parseDigest } from '../../../core/foundation/index.ts';
import { messageKey } from '../../../core/ledger/index.ts';
import { RelayError } from '../../../core/relay/index.ts';
import { contentJson } from '../../views/content-json.ts';
import { decisionJson, decisionSummary } from '../../views/decision-json.ts';
import { findHeld, type HeldCrossing, type HeldView, heldCrossings, heldJson } from '../../views/held-json.ts';
import type { ListPosition } from '../../views/list-messages.ts';
import { pageByPlace, placeOfWork, type WorkOrder } from '../../views/page-by-place.ts';
import type { Door } from '../door.ts';
import { MESSAGE_PATH } from '../find-message.ts';
import { formatHeldId, parseHeldId } from '../held-id.ts';
import { headlineJson } from '../line-content.ts';
import { readFields } from '../read-fields.ts';
import { guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { PAGING_PARAMS, pageJson, pageSchema, readWorkPaging } from './paging.ts';

const HELD_PATH = {
  id: { kind: 'text', pattern: /^[a-z0-9.-]{1,200}$/, about: 'The id of the held crossing, as the list has it.' },
} as const;
const REASON = {
  reason: {
    kind: 'text',
    pattern: ownLine(1, 500),
    about: 'Why, in one line of at most 500 characters.',
  },
} as const;
const RELEASE = {
  ...REASON,
  shown: {
    kind: 'text',
    pattern: /^[0-9a-f]{64}$/,
    about: 'The `shown` of what was looked at: 64 hexadecimal digits.',
  },
} as const;
const RELEASE_PROBLEMS = {
  403: 'The role does not allow it, or nobody releases what they submitted themselves.',
  404: 'There is no such crossing.',
  409: 'It is not held any more, what would pass now is not what was shown, the gate refuses it as things stand now, or it takes another person of another role.',
  503: 'Nothing can be recorded now.',
} as const;

/** `GET /v1/held`: what waits for a named person. */
export const listHeld = guardedRoute({
  method: 'GET',
  path: '/v1/held',
  name: 'listHeld',
  action: 'read-held',
  summary: 'List held crossings',
  about: 'Outgoing copies and received messages that a gate held: all of them, or page by page.',
  queryParams: {
    direction: { kind: 'word', words: ['outbound', 'inbound'], about: 'Only these.' },
    message: { ...MESSAGE_PATH.id, about: 'Only the copies of the message with that id.' },
    order: {
      kind: 'word',
      words: ['urgent', 'deadline'],
      about:
        '`urgent` (default): the most urgent first and among equals the oldest. `deadline`: what ends first; of what ends in the same quarter of an hour the more urgent.',
    },
    limit: {
      kind: 'integer',
      minimum: 1,
      maximum: 200,
      about: 'How many in one answer; the copies of one message are never parted. Left out: all.',
    },
    cursor: PAGING_PARAMS.cursor,
  },
  answers: {
    200: {
      about: 'What waits.',
      schema: pageSchema(schemaRef('HeldItem'), {
        total: { type: 'integer', minimum: 0, description: 'How many wait in all, on every page.' },
      }),
    },
  },
  handle: async (door, { asker, query }) => {
    const held = heldCrossings(door.relay.projection).filter(
      ({ key }) =>
        (query.direction === undefined || key.direction === query.direction) &&
        (query.message === undefined || key.id === query.message),
    );
    const order = query.order === 'deadline' ? 'deadline' : 'urgent';
    const page = pageByPlace(
      held,
      ({ message }) => placeOfHeld(order, message),
      readWorkPaging(query, order, Number.POSITIVE_INFINITY),
    );
    const view = heldView(door);
    const items = page.items.map(async (crossing) => ({
      ...heldJson(crossing, formatHeldId(crossing.key), view),
      ...(await headlineJson(door, asker, crossing.message)),
    }));
    return { status: 200, body: { ...pageJson(page, await Promise.all(items)), total: held.length } };
  },
});

/** `GET /v1/held/{id}`: what a release would let pass. */
export const readHeld = guardedRoute({
  method: 'GET',
  path: '/v1/held/{id}',
  name: 'readHeld',
  action: 'read-held',
  summary: 'Read what a release would let pass',
  about:
    "Of an outgoing copy what the recipient would get, of a received message what this office's officers would see, by the laws that are in force now. A release names `shown` and lets pass exactly this, or nothing.",
  pathParams: HELD_PATH,
  answers: { 200: { about: 'The crossing with its content.', schema: schemaRef('HeldDetail') } },
  problems: { 404: 'There is no such crossing.', 409: 'It is not held any more.' },
  handle: async (door, { path }) => {
    const held = heldOf(door, path.id);
    return { status: 200, body: { ...heldJson(held, path.id, heldView(door)), ...(await heldContent(door, held)) } };
  },
});

/** `POST /v1/held/{id}/release`: a named person lets it pass. */
export const releaseHeld = guardedRoute({
  method: 'POST',
  path: '/v1/held/{id}/release',
  name: 'releaseHeld',
  action: 'release',
  summary: 'Release a held crossing',
  about:
    'The gate is asked again first: what would pass now must be what `shown` names, or nothing happens. Nobody releases what they submitted themselves. Where two persons are needed, they have different names and different roles and saw the same; the first approves.',
  pathParams: HELD_PATH,
  body: schemaRef('Release'),
  answers: { 200: { about: 'Released or approved, and on record.', schema: schemaRef('Released') } },
  problems: RELEASE_PROBLEMS,
  handle: async (door, { asker, path, body }) => {
    const { reason, shown } = readFields(RELEASE, body);
    const held = heldOf(door, path.id);
    const { name, role } = asker.principal;
    const request = { reason, shown: parseDigest(shown) };
    const { decision, ...result } = await door.relay.release(held.key, { name, role }, request);
    return {
      status: 200,
      body: { id: path.id, messageId: held.key.id, ...result, decision: decisionJson(decision) },
    };
  },
});

/** `POST /v1/held/{id}/reject`: a named person ends it. */
export const rejectHeld = guardedRoute({
  method: 'POST',
  path: '/v1/held/{id}/reject',
  name: 'rejectHeld',
  action: 'reject',
  summary: 'Reject a held crossing',
  about: 'It never passes. Of a received message the sender gets a signed receipt that it was not delivered.',
  pathParams: HELD_PATH,
  body: schemaRef('Reason'),
  answers: { 200: { about: 'Rejected and on record.', schema: schemaRef('Rejected') } },
  problems: { 404: RELEASE_PROBLEMS[404], 409: 'It is not held any more.', 503: RELEASE_PROBLEMS[503] },
  handle: async (door, { asker, path, body }) => {
    const { reason } = readFields(REASON, body);
    const held = heldOf(door, path.id);
    await door.relay.reject(held.key, asker.principal.name, reason);
    return { status: 200, body: { id: path.id, messageId: held.key.id, resolution: 'rejected' } };
  },
});

function placeOfHeld(order: WorkOrder, { expiresMs, precedence, record }: HeldCrossing['message']): ListPosition {
  return placeOfWork(order, { dueMs: expiresMs, precedence, record });
}

function heldOf(door: Door, id: string): HeldCrossing {
  const key = parseHeldId(id);
  if (key === undefined) throw new RelayError('RELAY_MESSAGE_UNKNOWN');
  const { projection } = door.relay;
  const held = findHeld(projection, key);
  if (held !== undefined) return held;
  const name = messageKey(key.origin, key.id);
  const isKnown =
    key.direction === 'outbound'
      ? projection.outbound.get(name)?.copies.has(key.peer) === true
      : projection.inbound.get(name)?.from === key.peer;
  throw new RelayError(isKnown ? 'RELAY_NOT_HELD' : 'RELAY_MESSAGE_UNKNOWN');
}

async function heldContent(door: Door, held: HeldCrossing): Promise<Readonly<Record<string, unknown>>> {
  try {
    const { shown, releasesNeeded, now, ...content } = await door.relay.readHeld(held.key);
    return { contentState: 'present', ...contentJson(content), shown, releasesNeeded, now: decisionSummary(now) };
  } catch (error) {
    if (!isLiaisonError(error) || error.code === 'RELAY_NOT_HELD') throw error;
    return {
      contentState: error.code === 'RELAY_CONTENT_GONE' ? 'gone' : 'unreadable',
      content: null,
      withheldParts: [],
      shown: null,
      now: null,
    };
  }
}

function heldView(door: Door): HeldView {
  return { now: door.clock.now(), reasonOf: door.reasonOf };
}
