import { digestOf, type EnvelopeId, type OfficeId } from '../../../core/foundation/index.ts';
import { ConsentsError, OPENING_STATES, type OpeningView, openingsOf } from '../../../core/relay/index.ts';
import { openingSubmissionCodec, parseJsonText, partRequestSubmissionCodec } from '../../../core/wire/index.ts';
import { OfficeError } from '../../errors.ts';
import { addedJson, openingJson } from '../../views/consent-json.ts';
import { MAX_REQUEST_BYTES } from '../create-http-server.ts';
import type { Door } from '../door.ts';
import { findMessage, MESSAGE_PATH, MESSAGE_QUERY } from '../find-message.ts';
import { aboutJson } from '../line-content.ts';
import { guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { assertSound, KEY_HEADER, submissionAnswer } from '../submitting.ts';

const NOTHING = digestOf(new Uint8Array());

/** `POST /v1/openings`: asks the origin for parts. */
export const askOpening = guardedRoute({
  method: 'POST',
  path: '/v1/openings',
  name: 'askOpening',
  action: 'ask-originator',
  summary: 'Ask the origin to open parts that it withheld',
  about: 'Of one received message, by kinds of data. What this office itself keeps out is not asked for.',
  headerParams: KEY_HEADER,
  body: schemaRef('PartRequestSubmission'),
  answers: { 201: { about: 'Signed and on record.', schema: schemaRef('SubmissionAnswer') } },
  problems: {
    403: 'The message came from another office than its origin.',
    404: 'No such message is in the inbox.',
    409: 'The message has ended, nothing of those kinds was withheld, or two offices used that id.',
    410: 'The content is no longer kept.',
    503: 'Nothing can be recorded now.',
  },
  handle: async (door, { asker, body, header }) => {
    const order = parseJsonText(partRequestSubmissionCodec, body, MAX_REQUEST_BYTES);
    const idempotencyKey = assertSound([], order.idempotencyKey, header('idempotency-key'));
    const named = order.origin === '' ? undefined : (order.origin as OfficeId);
    const { origin, id } = findMessage(door, asker, order.message, named);
    const result = await door.relay.consents.askToOpen({
      submittedBy: asker.principal.name,
      origin,
      id,
      categories: order.categories,
      text: order.text,
      textLanguage: order.textLanguage,
      idempotencyKey,
      submissionDigest:
        idempotencyKey === '' ? NOTHING : digestOf(partRequestSubmissionCodec.encode({ ...order, idempotencyKey: '' })),
    });
    return submissionAnswer(door, result, `/v1/openings/${result.id}`);
  },
});

/** `GET /v1/openings`: asked here and of this office. */
export const listOpenings = guardedRoute({
  method: 'GET',
  path: '/v1/openings',
  name: 'listOpenings',
  action: 'read-consents',
  summary: 'List requests to open parts',
  about: 'Asked by this office and asked of it, the newest first, each with what was opened.',
  queryParams: {
    side: { kind: 'word', words: ['asking', 'originator'], about: 'Only those asked by this office, or of it.' },
    state: { kind: 'word', words: OPENING_STATES, about: 'Only those that stand so.' },
  },
  answers: { 200: { about: 'The requests.', schema: schemaRef('Openings') } },
  handle: async (door, { query, asker }) => {
    const listed = openingsOf(door.relay.projection, door.clock.now())
      .filter(
        ({ side, state }) =>
          (query.side === undefined || query.side === side) && (query.state === undefined || query.state === state),
      )
      .toReversed();
    const items = await Promise.all(
      listed.map(async (view) => ({ ...openingJson(view), ...(await aboutJson(door, asker, view.target)) })),
    );
    return { status: 200, body: { items } };
  },
});

/** `GET /v1/openings/{id}`: one of them. */
export const readOpening = guardedRoute({
  method: 'GET',
  path: '/v1/openings/{id}',
  name: 'readOpening',
  action: 'read-consents',
  summary: 'Read one request to open parts',
  about: 'What was asked for, what was opened, and what the gate said.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  answers: { 200: { about: 'The request.', schema: schemaRef('Opening') } },
  problems: { 404: 'No request of that id is known here.', 409: 'Two offices used that id; name the origin.' },
  handle: (door, { path, query }) => ({ status: 200, body: openingJson(findOpening(door, path.id, query.origin)) }),
});

/** `POST /v1/openings/{id}/open`: the origin opens what it was asked for. */
export const openParts = guardedRoute({
  method: 'POST',
  path: '/v1/openings/{id}/open',
  name: 'openParts',
  action: 'open-parts',
  summary: 'Open parts that were withheld',
  about:
    'Under a name, to the office that asked, after the export gate was asked anew about the whole message. What it still withholds stays withheld; where that is everything, the outcome is refused and nothing leaves.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  body: schemaRef('OpeningSubmission'),
  answers: { 201: { about: 'Decided and on record.', schema: schemaRef('Opened') } },
  problems: {
    403: 'The role does not allow it, the message is of another office, or the law wants another person than its author.',
    404: 'No request of that id is known here.',
    409: 'Nothing of those kinds is withheld any more, the message has ended, or it takes two persons.',
    410: 'The content is no longer kept.',
    503: 'Nothing can be recorded now.',
  },
  handle: async (door, { asker, path, query, body }) => {
    const order = parseJsonText(openingSubmissionCodec, body, MAX_REQUEST_BYTES);
    const view = findOpening(door, path.id, query.origin);
    const copy = await door.relay.consents.open({
      id: view.request.id as EnvelopeId,
      holder: view.holder,
      categories: order.categories,
      by: asker.principal.name,
      reason: order.reason,
    });
    return { status: 201, body: { id: view.request.id, crossing: addedJson(copy) } };
  },
});

function findOpening(door: Door, id: string, origin: string | undefined): OpeningView {
  const [view, ...others] = openingsOf(door.relay.projection, door.clock.now()).filter(
    ({ request }) => request.id === id && (origin === undefined || request.origin === origin),
  );
  if (view === undefined) throw new ConsentsError('CONSENTS_UNKNOWN');
  if (others.length > 0) throw new OfficeError('OFFICE_MESSAGE_AMBIGUOUS');
  return view;
}
