import { digestOf, type EnvelopeId, type OfficeId } from '../../../core/foundation/index.ts';
import { CONSENT_STATES, ConsentsError, type ConsentView, consentsOf } from '../../../core/relay/index.ts';
import {
  consentAnswerSubmissionCodec,
  consentRequestSubmissionCodec,
  forwardSubmissionCodec,
  parseJsonText,
} from '../../../core/wire/index.ts';
import { OfficeError } from '../../errors.ts';
import { msOf } from '../../submissions/check-submission.ts';
import { addedJson, consentJson } from '../../views/consent-json.ts';
import { MAX_REQUEST_BYTES } from '../create-http-server.ts';
import type { Door } from '../door.ts';
import { findMessage, MESSAGE_PATH, MESSAGE_QUERY } from '../find-message.ts';
import { aboutJson } from '../line-content.ts';
import { guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { assertSound, KEY_HEADER, submissionAnswer } from '../submitting.ts';

const NOTHING = digestOf(new Uint8Array());

/** `POST /v1/messages/{id}/forward`: a received message goes on. */
export const forwardMessage = guardedRoute({
  method: 'POST',
  path: '/v1/messages/{id}/forward',
  name: 'forwardMessage',
  action: 'forward',
  summary: 'Pass a received message on to a third office',
  about:
    "The origin's own envelope goes on, its signature intact, with no part that is not here, that the export gate withholds, or that the originator's consent does not name. Marked H2 or H3 it goes on only with that consent for this message, recipient, purpose and time; the recipient's office verifies it too. A refusal by the gate is no error: it is on record, see its outcome.",
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  body: schemaRef('ForwardSubmission'),
  answers: { 201: { about: 'Decided and on record.', schema: schemaRef('Forwarded') } },
  problems: {
    404: 'No such message is in the inbox.',
    409: 'It went to that office before, has ended, needs a person by the law of this office, or two offices used that id.',
    410: 'The content is no longer kept.',
    422: 'Messages of that kind do not go on, or not to that office.',
    503: 'Nothing can be recorded now.',
  },
  handle: async (door, { asker, path, query, body }) => {
    const order = parseJsonText(forwardSubmissionCodec, body, MAX_REQUEST_BYTES);
    const { origin, id } = findMessage(door, asker, path.id, query.origin);
    const copy = await door.relay.consents.forward({
      origin,
      id,
      recipient: order.recipient as OfficeId,
      purpose: order.purpose,
      reason: order.reason,
      by: asker.principal.name,
    });
    return { status: 201, body: { id, origin, crossing: addedJson(copy) } };
  },
});

/** `POST /v1/consents`: asks the originator. */
export const askConsent = guardedRoute({
  method: 'POST',
  path: '/v1/consents',
  name: 'askConsent',
  action: 'ask-originator',
  summary: 'Ask the originator to let a message go on',
  about:
    'For one received message, one third office, one purpose, a time and kinds of data, the core among them. No answer is no.',
  headerParams: KEY_HEADER,
  body: schemaRef('ConsentRequestSubmission'),
  answers: { 201: { about: 'Signed and on record.', schema: schemaRef('SubmissionAnswer') } },
  problems: {
    404: 'No such message is in the inbox.',
    409: 'The message has ended, or two offices used that id.',
    410: 'The content is no longer kept.',
    503: 'Nothing can be recorded now.',
  },
  handle: async (door, { asker, body, header }) => {
    const order = parseJsonText(consentRequestSubmissionCodec, body, MAX_REQUEST_BYTES);
    const idempotencyKey = assertSound([], order.idempotencyKey, header('idempotency-key'));
    const named = order.origin === '' ? undefined : (order.origin as OfficeId);
    const { origin, id } = findMessage(door, asker, order.message, named);
    const result = await door.relay.consents.ask({
      submittedBy: asker.principal.name,
      origin,
      id,
      recipient: order.recipient as OfficeId,
      purpose: order.purpose,
      untilMs: order.until === null ? null : msOf(order.until),
      categories: order.categories,
      text: order.text,
      textLanguage: order.textLanguage,
      idempotencyKey,
      submissionDigest:
        idempotencyKey === ''
          ? NOTHING
          : digestOf(consentRequestSubmissionCodec.encode({ ...order, idempotencyKey: '' })),
    });
    return submissionAnswer(door, result, `/v1/consents/${result.id}`);
  },
});

/** `GET /v1/consents`: asked here and of this office. */
export const listConsents = guardedRoute({
  method: 'GET',
  path: '/v1/consents',
  name: 'listConsents',
  action: 'read-consents',
  summary: 'List requests for consent',
  about: 'Asked by this office and asked of it, the newest first, each with its answer.',
  queryParams: {
    side: { kind: 'word', words: ['asking', 'originator'], about: 'Only those asked by this office, or of it.' },
    state: { kind: 'word', words: CONSENT_STATES, about: 'Only those that stand so.' },
  },
  answers: { 200: { about: 'The requests.', schema: schemaRef('Consents') } },
  handle: async (door, { query, asker }) => {
    const listed = consentsOf(door.relay.projection, door.clock.now())
      .filter(
        ({ side, state }) =>
          (query.side === undefined || query.side === side) && (query.state === undefined || query.state === state),
      )
      .toReversed();
    const items = await Promise.all(
      listed.map(async (view) => ({ ...consentJson(view), ...(await aboutJson(door, asker, view.target)) })),
    );
    return { status: 200, body: { items } };
  },
});

/** `GET /v1/consents/{id}`: one of them. */
export const readConsent = guardedRoute({
  method: 'GET',
  path: '/v1/consents/{id}',
  name: 'readConsent',
  action: 'read-consents',
  summary: 'Read one request for consent',
  about: 'What was asked and what the originator said.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  answers: { 200: { about: 'The request.', schema: schemaRef('Consent') } },
  problems: { 404: 'No request of that id is known here.', 409: 'Two offices used that id; name the origin.' },
  handle: (door, { path, query }) => ({ status: 200, body: consentJson(findConsent(door, path.id, query.origin)) }),
});

/** `POST /v1/consents/{id}/answer`: the originator grants or refuses. */
export const answerConsent = guardedRoute({
  method: 'POST',
  path: '/v1/consents/{id}/answer',
  name: 'answerConsent',
  action: 'answer-originator',
  summary: 'Grant or refuse consent',
  about:
    'Under a name, once, for what was asked or less of it. A refusal has a ground. What is granted is a signed token that travels with what goes on; a recall of it ends it.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  body: schemaRef('ConsentAnswerSubmission'),
  answers: { 201: { about: 'Signed and on record.', schema: schemaRef('SubmissionAnswer') } },
  problems: {
    403: 'The role does not allow it, or the message is of another office.',
    404: 'No request of that id is known here.',
    409: 'It was answered before, its time is over, the message has ended, or two offices used that id.',
    410: 'The content is no longer kept.',
    503: 'Nothing can be recorded now.',
  },
  handle: async (door, { asker, path, query, body }) => {
    const order = parseJsonText(consentAnswerSubmissionCodec, body, MAX_REQUEST_BYTES);
    const view = findConsent(door, path.id, query.origin);
    const result = await door.relay.consents.answer({
      submittedBy: asker.principal.name,
      id: view.request.id as EnvelopeId,
      holder: view.holder,
      granted: order.granted,
      ground: order.ground,
      categories: order.categories,
      notBeforeMs: order.notBefore === null ? null : msOf(order.notBefore),
      notAfterMs: order.notAfter === null ? null : msOf(order.notAfter),
      text: order.text,
      textLanguage: order.textLanguage,
      idempotencyKey: '',
      submissionDigest: NOTHING,
    });
    return submissionAnswer(door, result, `/v1/messages/${result.id}`);
  },
});

function findConsent(door: Door, id: string, origin: string | undefined): ConsentView {
  const [view, ...others] = consentsOf(door.relay.projection, door.clock.now()).filter(
    ({ request }) => request.id === id && (origin === undefined || request.origin === origin),
  );
  if (view === undefined) throw new ConsentsError('CONSENTS_UNKNOWN');
  if (others.length > 0) throw new OfficeError('OFFICE_MESSAGE_AMBIGUOUS');
  return view;
}
