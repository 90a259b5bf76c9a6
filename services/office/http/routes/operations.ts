import { digestOf, utf8 } from '../../../core/foundation/index.ts';
import { OPERATION_STATES, OperationsError, type OperationView } from '../../../core/relay/index.ts';
import { claimsOf, parseCharterText } from '../../../core/trust/index.ts';
import {
  type Charter,
  operationActSubmissionCodec,
  operationSubmissionCodec,
  parseJsonText,
} from '../../../core/wire/index.ts';
import { OfficeError } from '../../errors.ts';
import { documentText, operationJson, operationSummary } from '../../views/operation-json.ts';
import type { OperationStory } from '../../views/operation-waiting.ts';
import { MAX_REQUEST_BYTES } from '../create-http-server.ts';
import type { Door } from '../door.ts';
import { guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { assertSound, KEY_HEADER, submissionAnswer } from '../submitting.ts';

const NOTHING = digestOf(new Uint8Array());
const PATH = {
  id: { kind: 'text', pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, about: 'The id of the operation.' },
} as const;
const UNKNOWN = 'No such operation is known here.';

/** `POST /v1/operations`: this office proposes an operation as its lead. */
export const proposeOperation = guardedRoute({
  method: 'POST',
  path: '/v1/operations',
  name: 'proposeOperation',
  action: 'run-operations',
  summary: 'Propose a joint operation',
  about:
    'Signs the charter as its lead and sends it to all whom it names. Of the national form the document that the national authority signed comes along, and says the same.',
  headerParams: KEY_HEADER,
  body: schemaRef('OperationSubmission'),
  answers: { 201: { about: 'Signed and on record.', schema: schemaRef('SubmissionAnswer') } },
  problems: {
    403: 'The role does not allow it, or this office is not the lead.',
    409: 'The id is used already, a line to a member is missing, or the agreement is not in force or does not name all members.',
    503: 'Nothing can be recorded now.',
  },
  handle: async (door, { asker, body, header }) => {
    const submission = parseJsonText(operationSubmissionCodec, body, MAX_REQUEST_BYTES);
    const idempotencyKey = assertSound([], submission.idempotencyKey, header('idempotency-key'));
    const charter = submission.charter as Charter;
    const document = utf8(submission.document);
    if (document.length > 0) assertSameText(document, charter);
    const result = await door.relay.operations.propose({
      charter,
      document,
      submittedBy: asker.principal.name,
      idempotencyKey,
      submissionDigest:
        idempotencyKey === ''
          ? NOTHING
          : digestOf(operationSubmissionCodec.encode({ ...submission, idempotencyKey: '' })),
    });
    return submissionAnswer(door, result, `/v1/operations/${charter.id}`);
  },
});

/** `GET /v1/operations`: all that this office has the charter of. */
export const listOperations = guardedRoute({
  method: 'GET',
  path: '/v1/operations',
  name: 'listOperations',
  action: 'read-operations',
  summary: 'List joint operations',
  about:
    'Proposed, live and past ones, the newest last, each with its members and what waits for this office: a charter, taskings, posts that nobody here opened, a report.',
  queryParams: { state: { kind: 'word', words: OPERATION_STATES, about: 'Only those that stand so.' } },
  answers: {
    200: {
      about: 'The operations.',
      schema: {
        type: 'object',
        required: ['items'],
        additionalProperties: false,
        properties: { items: { type: 'array', items: schemaRef('OperationSummary') } },
      },
    },
  },
  handle: (door, { query }) => {
    const items = door.relay.operations.all().filter(({ state }) => query.state === undefined || state === query.state);
    return {
      status: 200,
      body: { items: items.map((view) => operationSummary(view, door.office, storyOf(door, view))) },
    };
  },
});

/** `GET /v1/operations/{id}`: one of them. */
export const readOperation = guardedRoute({
  method: 'GET',
  path: '/v1/operations/{id}',
  name: 'readOperation',
  action: 'read-operations',
  summary: 'Read one joint operation',
  about: 'Where it stands, its members with roles and duty contacts, its charter in plain words, and every act.',
  pathParams: PATH,
  answers: { 200: { about: 'The operation.', schema: schemaRef('Operation') } },
  problems: { 404: UNKNOWN },
  handle: (door, { path }) => {
    const view = find(door, path.id);
    return { status: 200, body: operationJson(view, door.office, storyOf(door, view), door.clock.now()) };
  },
});

/** `POST /v1/operations/{id}/acts`: this office signs, declines, leaves; as the lead it suspends, resumes, removes, closes. */
export const actOnOperation = guardedRoute({
  method: 'POST',
  path: '/v1/operations/{id}/acts',
  name: 'actOnOperation',
  action: 'run-operations',
  summary: 'Act on a joint operation',
  about:
    'A signed act, said to all members. To sign is to join; who leaves or is removed gets nothing more and does not come back. The report is signed at its own address, and the channel opens by itself.',
  pathParams: PATH,
  headerParams: KEY_HEADER,
  body: schemaRef('OperationActSubmission'),
  answers: { 201: { about: 'Signed and on record.', schema: schemaRef('SubmissionAnswer') } },
  problems: {
    403: 'The role does not allow it, or only the lead may.',
    404: UNKNOWN,
    409: 'The operation or the member does not stand so that this can be done, a line to a member is missing, or the agreement does not allow it.',
    503: 'Nothing can be recorded now.',
  },
  handle: async (door, { asker, path, body, header }) => {
    const act = parseJsonText(operationActSubmissionCodec, body, MAX_REQUEST_BYTES);
    const idempotencyKey = assertSound([], '', header('idempotency-key'));
    const result = await door.relay.operations.act({
      operation: path.id,
      action: act.action,
      member: act.member,
      document: utf8(act.document),
      text: act.text,
      textLanguage: act.textLanguage,
      submittedBy: asker.principal.name,
      idempotencyKey,
      submissionDigest: idempotencyKey === '' ? NOTHING : digestOf(operationActSubmissionCodec.encode(act)),
    });
    return submissionAnswer(door, result, `/v1/operations/${path.id}`);
  },
});

/** `GET /v1/operations/{id}/charter`: the signed document with all signatures that are here. */
export const readCharter = guardedRoute({
  method: 'GET',
  path: '/v1/operations/{id}/charter',
  name: 'readCharter',
  action: 'read-operations',
  summary: 'Read the signed charter',
  about:
    'A JWS in General JSON form (RFC 7515 §7.2.1) over the exact text, with the signature of every member that has signed: any JOSE library verifies it with the keys of the directories, or in the national form with the root keys.',
  pathParams: PATH,
  answers: { 200: { about: 'The document.', contentType: 'application/json' } },
  problems: { 404: UNKNOWN },
  handle: (door, { path }) => ({ status: 200, text: documentText(door.relay.operations.document(path.id)) }),
});

function storyOf({ relay }: Door, { id }: OperationView): OperationStory {
  return { posts: relay.channel.posts(id), taskings: relay.channel.taskings(id) };
}

function find(door: Door, id: string): OperationView {
  const view = door.relay.operations.get(id);
  if (view === undefined) throw new OperationsError('OPERATIONS_UNKNOWN', { context: { id } });
  return view;
}

/** What was signed is what stands beside it: nobody proposes another text than they see. */
function assertSameText(document: Uint8Array, charter: Charter): void {
  const same = JSON.stringify(parseCharterText(claimsOf(document).text)) === JSON.stringify(charter);
  if (same) return;
  const message = 'is of another charter than the one beside it';
  throw new OfficeError('OFFICE_REQUEST_INVALID', { faults: [{ field: 'document', reason: 'not-allowed', message }] });
}
