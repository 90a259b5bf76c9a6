import { digestOf, type OfficeId } from '../../../core/foundation/index.ts';
import type { AnyMessage } from '../../../core/ledger/index.ts';
import { RequestsError, type SubmissionInput } from '../../../core/relay/index.ts';
import { MessageKind, parseJsonText, requestSubmissionCodec, stepSubmissionCodec } from '../../../core/wire/index.ts';
import { findEnvelopeFaults, findSubjectFaults, msOf } from '../../submissions/check-submission.ts';
import { contentJson } from '../../views/content-json.ts';
import { figuresJson, requestDetail } from '../../views/request-json.ts';
import { MAX_REQUEST_BYTES } from '../create-http-server.ts';
import type { Door } from '../door.ts';
import { findMessage, MESSAGE_PATH, MESSAGE_QUERY } from '../find-message.ts';
import { readContent } from '../read-content.ts';
import { type Asker, guardedRoute, type RouteRequest } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { assertSound, KEY_ABOUT, KEY_HEADER, submissionAnswer, submissionRules } from '../submitting.ts';
import { previewJson } from './preview.ts';

type Request = RouteRequest<Record<never, never>, Record<never, never>, Asker>;

const ACCEPTED = {
  201: {
    about:
      'Accepted and on disk. The same submission under the same key is answered as the first time, with `repeated`.',
    schema: schemaRef('SubmissionAnswer'),
    headers: { Location: 'Where it can be read.' },
  },
} as const;

/** Filters of lists about requests. */
export const SIDE_PARAM = {
  side: { kind: 'word', words: ['asking', 'asked'], about: 'Only what this office asks, or only what it is asked.' },
} as const;
/** The parameter that asks for content. */
export const INCLUDE_PARAM = {
  include: { kind: 'word', words: ['content'], about: '`content`: each item with what it says, as far as it is kept.' },
} as const;

/** `POST /v1/requests`: a request for information. */
export const submitRequest = guardedRoute({
  method: 'POST',
  path: '/v1/requests',
  name: 'submitRequest',
  action: 'submit',
  summary: 'Submit a request for information',
  about:
    'To one neighbour or several; towards each it has a life and a time limit of its own: that of its class, or an earlier one that the request or the agreement sets. Left out, it expires a week after the time limit.',
  headerParams: KEY_HEADER,
  body: schemaRef('RequestSubmission'),
  answers: ACCEPTED,
  problems: { 409: 'The idempotency key was used for another submission.', 503: 'Nothing can be accepted now.' },
  handle: async (door, request) => {
    const result = await door.relay.requests.submit(readSubmission(door, request));
    return submissionAnswer(door, result, `/v1/requests/${result.id}`);
  },
});

/** `POST /v1/requests/preview`: what would become of a request. */
export const previewRequest = guardedRoute({
  method: 'POST',
  path: '/v1/requests/preview',
  name: 'previewRequest',
  action: 'preview',
  summary: 'See what each recipient would get of a request',
  about:
    'Decides as a submission would, now, and shows each copy as its recipient would read it. Nothing is kept or sent.',
  headerParams: {
    'idempotency-key': { ...KEY_HEADER['idempotency-key'], about: `${KEY_ABOUT} A preview makes no use of it.` },
  },
  body: schemaRef('RequestSubmission'),
  answers: { 200: { about: 'What the export gate decides now.', schema: schemaRef('BodyPreviewAnswer') } },
  problems: { 503: 'Nothing can be decided now.' },
  handle: async (door, request) => {
    const results = await door.relay.requests.preview(readSubmission(door, request));
    return { status: 200, body: previewJson(door, MessageKind.REQUEST, results) };
  },
});

/** `GET /v1/requests/figures`: how requests with each neighbour go. */
export const readRequestFigures = guardedRoute({
  method: 'GET',
  path: '/v1/requests/figures',
  name: 'readRequestFigures',
  action: 'read-requests',
  summary: 'Figures of requests by neighbour',
  about:
    'Counts and times of every neighbour and side, by signed times only, so that both offices of a pair count the same. Exercises and what never arrived are left out. A system has none.',
  answers: {
    200: {
      about: 'The figures.',
      schema: {
        type: 'object',
        required: ['items'],
        additionalProperties: false,
        properties: { items: { type: 'array', items: schemaRef('RequestFigures') } },
      },
    },
  },
  handle: (door, { asker }) => ({
    status: 200,
    body: { items: asker.reach === 'own' ? [] : door.relay.requests.figures().map(figuresJson) },
  }),
});

/** `GET /v1/requests/{id}`: one request with everything that was said of it. */
export const readRequest = guardedRoute({
  method: 'GET',
  path: '/v1/requests/{id}',
  name: 'readRequest',
  action: 'read-requests',
  summary: 'Read a request with its life',
  about: 'With every step and answer of both offices, in the order of their signed times, and which of them count.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  answers: { 200: { about: 'The request.', schema: schemaRef('RequestDetail') } },
  problems: {
    404: 'No such request is known here, or none that the asker may see.',
    409: 'Two offices used that id; name the origin.',
  },
  handle: async (door, { asker, path, query }) => {
    const request = findRequest(door, asker, path.id, query.origin);
    return {
      status: 200,
      body: {
        ...requestDetail(door.relay.requests.listed(request), door.clock.now()),
        ...(await shownJson(door, asker, request)),
      },
    };
  },
});

/** `POST /v1/requests/{id}/steps`: something happens to a request that is no answer. */
export const takeStep = guardedRoute({
  method: 'POST',
  path: '/v1/requests/{id}/steps',
  name: 'takeStep',
  action: 'take-steps',
  summary: 'Take a step in the life of a request',
  about:
    'The asked office acknowledges (with an assignee), asks for clarification (with words) or refuses all of it (with a ground); the asking office clarifies or withdraws, towards one, several or all offices that it asked. Reminders and notices of what is overdue are for the nodes to send.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  headerParams: KEY_HEADER,
  body: schemaRef('StepSubmission'),
  answers: ACCEPTED,
  problems: {
    404: 'No such request is known here.',
    409: 'The request is closed, is not for this office to say that of, or has not reached that office; or two offices used that id, or the idempotency key was used for something else.',
    410: 'The content of the request is no longer kept.',
    503: 'Nothing can be accepted now.',
  },
  handle: async (door, { asker, path, query, body, header }) => {
    const step = parseJsonText(stepSubmissionCodec, body, MAX_REQUEST_BYTES);
    const key = assertSound([], step.idempotencyKey, header('idempotency-key'));
    const request = findRequest(door, asker, path.id, query.origin);
    const result = await door.relay.requests.step({
      submittedBy: asker.principal.name,
      request,
      action: step.action,
      recipients: step.recipients as readonly OfficeId[],
      ground: step.ground,
      assignee: step.assignee,
      text: step.text,
      textLanguage: step.textLanguage,
      idempotencyKey: key,
      submissionDigest: digestOf(
        Buffer.concat([
          Buffer.from(`${request.origin}/${request.id}\n`),
          stepSubmissionCodec.encode({ ...step, idempotencyKey: '' }),
        ]),
      ),
    });
    return submissionAnswer(door, result, `/v1/messages/${result.id}`);
  },
});

/** The request with that id that the asker may see. @throws RequestsError REQUESTS_UNKNOWN; as `findMessage`. */
export function findRequest(door: Door, asker: Asker, id: string, origin: OfficeId | undefined): AnyMessage {
  const message = findMessage(door, asker, id, origin);
  if (message.kind !== MessageKind.REQUEST || !isShown(message, asker)) throw new RequestsError('REQUESTS_UNKNOWN');
  return message;
}

/** What a message says, as it goes into an answer. */
export async function shownJson(
  door: Door,
  asker: Asker,
  message: AnyMessage,
): Promise<Readonly<Record<string, unknown>>> {
  const { state, content } = await readContent(door, asker, message);
  return { contentState: state, ...(content === null ? { content: null, withheldParts: [] } : contentJson(content)) };
}

/** Whether the asker sees that request in lists. */
export function isShown(message: AnyMessage, { reach, principal }: Asker): boolean {
  if (message.direction === 'inbound') return message.deliveredMs !== null && reach === 'all';
  return reach === 'all' || message.submittedBy === principal.name;
}

function readSubmission(door: Door, request: Request): SubmissionInput {
  const submission = parseJsonText(requestSubmissionCodec, request.body, MAX_REQUEST_BYTES);
  const rules = submissionRules(door);
  const faults = [
    ...findEnvelopeFaults(submission, rules),
    ...findSubjectFaults(submission.request?.subjects ?? [], 'request.subjects', rules.now),
  ];
  const key = assertSound(faults, submission.idempotencyKey, request.header('idempotency-key'));
  return {
    submittedBy: request.asker.principal.name,
    kind: MessageKind.REQUEST,
    recipients: submission.recipients as readonly OfficeId[],
    precedence: submission.precedence,
    purpose: submission.purpose,
    handling: submission.handling,
    caveat: submission.caveat,
    caseReference: submission.caseReference,
    expiresMs: submission.expires === null ? null : msOf(submission.expires),
    inReplyTo: '',
    supersedes: '',
    drill: submission.drill,
    body: submission.request,
    idempotencyKey: key,
    submissionDigest: digestOf(requestSubmissionCodec.encode({ ...submission, idempotencyKey: '' })),
  };
}
