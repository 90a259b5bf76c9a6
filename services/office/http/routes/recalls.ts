import { digestOf, type EnvelopeId } from '../../../core/foundation/index.ts';
import { messageKey } from '../../../core/ledger/index.ts';
import { RecallError, type RecallView } from '../../../core/relay/index.ts';
import { parseJsonText, recallAnswerSubmissionCodec, recallSubmissionCodec } from '../../../core/wire/index.ts';
import { OfficeError } from '../../errors.ts';
import { msOf } from '../../submissions/check-submission.ts';
import { recallJson, recallStanding } from '../../views/recall-json.ts';
import { MAX_REQUEST_BYTES } from '../create-http-server.ts';
import type { Door } from '../door.ts';
import { MESSAGE_PATH, MESSAGE_QUERY } from '../find-message.ts';
import { aboutJson } from '../line-content.ts';
import { guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { RECALL_STATES } from '../schemas-recalls.ts';
import { assertSound, KEY_HEADER, submissionAnswer } from '../submitting.ts';

const NOTHING = digestOf(new Uint8Array());

/** `POST /v1/recalls`: calls a message of this office back. */
export const submitRecall = guardedRoute({
  method: 'POST',
  path: '/v1/recalls',
  name: 'submitRecall',
  action: 'recall',
  summary: 'Call a message back',
  about:
    'Orders every office that has or may get a message of this office to delete or to restrict it. Copies that have not left do not leave. With a deletion the own body is erased too. Officers call back what they submitted themselves.',
  headerParams: KEY_HEADER,
  body: schemaRef('RecallSubmission'),
  answers: { 201: { about: 'Signed and on record.', schema: schemaRef('SubmissionAnswer') } },
  problems: {
    403: 'The role does not allow it, or the message is of another office or of another officer.',
    404: 'No such message is known here.',
    409: 'It was called back before, or went to one more office at this moment.',
    503: 'Nothing can be recorded now.',
  },
  handle: async (door, { asker, body, header }) => {
    const order = parseJsonText(recallSubmissionCodec, body, MAX_REQUEST_BYTES);
    const idempotencyKey = assertSound([], order.idempotencyKey, header('idempotency-key'));
    const message = door.relay.projection.outbound.get(messageKey(door.office, order.message));
    if (asker.reach === 'own' && message !== undefined && message.submittedBy !== asker.principal.name)
      throw new OfficeError('OFFICE_ROLE_FORBIDDEN', { context: { roles: 'supervisor' } });
    const result = await door.relay.recalls.recall({
      submittedBy: asker.principal.name,
      id: order.message as EnvelopeId,
      action: order.action,
      ground: order.ground,
      answerByMs: order.answerBy === null ? null : msOf(order.answerBy),
      text: order.text,
      textLanguage: order.textLanguage,
      idempotencyKey,
      submissionDigest:
        idempotencyKey === '' ? NOTHING : digestOf(recallSubmissionCodec.encode({ ...order, idempotencyKey: '' })),
    });
    return submissionAnswer(door, result, `/v1/recalls/${result.id}`);
  },
});

/** `GET /v1/recalls`: of both directions, with who has answered. */
export const listRecalls = guardedRoute({
  method: 'GET',
  path: '/v1/recalls',
  name: 'listRecalls',
  action: 'read-recalls',
  summary: 'List recalls',
  about: 'Of messages of this office and of received ones, the newest first, each with every holder and its answer.',
  queryParams: {
    direction: { kind: 'word', words: ['outbound', 'inbound'], about: 'Only those of this office, or of others.' },
    state: { kind: 'word', words: RECALL_STATES, about: 'Only those that stand so.' },
  },
  answers: {
    200: {
      about: 'The recalls.',
      schema: {
        type: 'object',
        required: ['items'],
        additionalProperties: false,
        properties: { items: { type: 'array', items: schemaRef('Recall') } },
      },
    },
  },
  handle: async (door, { query, asker }) => {
    const listed = door.relay.recalls
      .list()
      .filter(
        (recall) =>
          (query.direction === undefined || recall.direction === query.direction) &&
          (query.state === undefined || recallStanding(recall) === query.state),
      );
    const items = await Promise.all(
      listed.map(async (recall) => ({ ...recallJson(recall), ...(await aboutJson(door, asker, recall.target)) })),
    );
    return { status: 200, body: { items } };
  },
});

/** `GET /v1/recalls/{id}`: one of them. */
export const readRecall = guardedRoute({
  method: 'GET',
  path: '/v1/recalls/{id}',
  name: 'readRecall',
  action: 'read-recalls',
  summary: 'Read one recall',
  about: 'Where each copy is, who answered how and when, and who has not.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  answers: { 200: { about: 'The recall.', schema: schemaRef('Recall') } },
  problems: { 404: 'No recall of that id is known here.', 409: 'Two offices used that id; name the origin.' },
  handle: (door, { path, query }) => ({ status: 200, body: recallJson(findRecall(door, path.id, query.origin)) }),
});

/** `POST /v1/recalls/{id}/answer`: what was done about a received one. */
export const answerRecall = guardedRoute({
  method: 'POST',
  path: '/v1/recalls/{id}/answer',
  name: 'answerRecall',
  action: 'answer-recall',
  summary: 'Answer a recall',
  about:
    'A named person says what was done, once; the originator gets it signed. Where a deletion was done, wholly or partly, the body is erased here in the same step. A refusal names its lawful ground, and what is kept stays restricted.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  body: schemaRef('RecallAnswerSubmission'),
  answers: { 201: { about: 'Signed and on record.', schema: schemaRef('SubmissionAnswer') } },
  problems: {
    404: 'No recall of that id is known here.',
    409: 'It was answered before, it is of this office itself, a copy that was passed on is still on the line, or two offices used that id.',
    503: 'Nothing can be recorded now.',
  },
  handle: async (door, { asker, path, query, body }) => {
    const answer = parseJsonText(recallAnswerSubmissionCodec, body, MAX_REQUEST_BYTES);
    const { id, origin } = findRecall(door, path.id, query.origin);
    const result = await door.relay.recalls.answer({ answeredBy: asker.principal.name, origin, id, ...answer });
    return submissionAnswer(door, result, `/v1/messages/${result.id}`);
  },
});

function findRecall(door: Door, id: string, origin: string | undefined): RecallView {
  const found = door.relay.recalls
    .list()
    .filter((recall) => recall.id === id && (origin === undefined || recall.origin === origin));
  const [recall, ...others] = found;
  if (recall === undefined) throw new RecallError('RECALL_UNKNOWN');
  if (others.length > 0) throw new OfficeError('OFFICE_MESSAGE_AMBIGUOUS');
  return recall;
}
