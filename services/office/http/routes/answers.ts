import { digestOf, type OfficeId } from '../../../core/foundation/index.ts';
import type { AnyMessage } from '../../../core/ledger/index.ts';
import type { AnswerInput } from '../../../core/relay/index.ts';
import { type Answer, answerSubmissionCodec, MessageKind, parseJsonText } from '../../../core/wire/index.ts';
import { findEnvelopeFaults, findSubjectFaults } from '../../submissions/check-submission.ts';
import { codeName } from '../../views/code-names.ts';
import { listMessages } from '../../views/list-messages.ts';
import { answerItem } from '../../views/request-json.ts';
import { MAX_REQUEST_BYTES } from '../create-http-server.ts';
import type { Door } from '../door.ts';
import { MESSAGE_PATH } from '../find-message.ts';
import { type Asker, guardedRoute, type RouteRequest } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { assertSound, KEY_ABOUT, KEY_HEADER, submissionAnswer, submissionRules } from '../submitting.ts';
import { PAGING_PARAMS, pageJson, pageSchema, readPaging } from './paging.ts';
import { previewJson } from './preview.ts';
import { findRequest, INCLUDE_PARAM, SIDE_PARAM, shownJson } from './requests.ts';

type Request = RouteRequest<Record<never, never>, Record<never, never>, Asker>;

const PROBLEMS = {
  404: 'No such request is known here.',
  409: 'The request is closed, or was not asked of this office; or two offices used that id, or the idempotency key was used for something else.',
  410: 'The content of the request is no longer kept.',
  503: 'Nothing can be accepted now.',
} as const;

/** `POST /v1/answers`: an answer, whole or in part. */
export const submitAnswer = guardedRoute({
  method: 'POST',
  path: '/v1/answers',
  name: 'submitAnswer',
  action: 'submit',
  summary: 'Answer a request',
  about:
    'Each question may be answered, withheld or refused on its own, the latter two with a ground; what is not named here stays open. Purpose, crime area and drill are those of the request, precedence and case reference too where they are left out; the handling code may only be stricter. The export gate decides as for anything else.',
  headerParams: KEY_HEADER,
  body: schemaRef('AnswerSubmission'),
  answers: {
    201: {
      about:
        'Accepted and on disk. The same submission under the same key is answered as the first time, with `repeated`.',
      schema: schemaRef('SubmissionAnswer'),
      headers: { Location: 'Where it can be read.' },
    },
  },
  problems: PROBLEMS,
  handle: async (door, request) => {
    const result = await door.relay.requests.answer(readAnswer(door, request));
    return submissionAnswer(door, result, `/v1/messages/${result.id}`);
  },
});

/** `POST /v1/answers/preview`: what would become of an answer. */
export const previewAnswer = guardedRoute({
  method: 'POST',
  path: '/v1/answers/preview',
  name: 'previewAnswer',
  action: 'preview',
  summary: 'See what the asking office would get of an answer',
  about: 'Decides as a submission would, now. Nothing is kept or sent.',
  headerParams: {
    'idempotency-key': { ...KEY_HEADER['idempotency-key'], about: `${KEY_ABOUT} A preview makes no use of it.` },
  },
  body: schemaRef('AnswerSubmission'),
  answers: { 200: { about: 'What the export gate decides now.', schema: schemaRef('BodyPreviewAnswer') } },
  problems: PROBLEMS,
  handle: async (door, request) => {
    const results = await door.relay.requests.previewAnswer(readAnswer(door, request));
    return { status: 200, body: previewJson(door, MessageKind.ANSWER, results) };
  },
});

/** `GET /v1/answers`: answers given and received. */
export const listAnswers = guardedRoute({
  method: 'GET',
  path: '/v1/answers',
  name: 'listAnswers',
  action: 'read-requests',
  summary: 'List answers',
  about: 'Answers to requests of this office, and those that it gave. Looking at the list is not retrieval.',
  queryParams: {
    ...PAGING_PARAMS,
    ...SIDE_PARAM,
    request: { ...MESSAGE_PATH.id, about: 'Only answers to the request with that id.' },
    office: { kind: 'office', about: 'Only those with that office on the other side.' },
    ...INCLUDE_PARAM,
  },
  answers: { 200: { about: 'A page of answers.', schema: pageSchema(schemaRef('AnswerItem')) } },
  handle: async (door, { query, asker }) => {
    const { projection } = door.relay;
    const page = listMessages(projection.ofKind(MessageKind.ANSWER), {
      ...readPaging(query),
      since: query.since,
      timeOf: (answer) => (answer.direction === 'outbound' ? answer.acceptedMs : answer.receivedMs),
      matches: (answer) =>
        isShown(door, answer, asker) &&
        (query.precedence === undefined || codeName('Precedence', answer.precedence) === query.precedence) &&
        // Whoever asked gets the answer, so an answer that came in is to a request of this office.
        (query.side === undefined || (answer.direction === 'inbound' ? 'asking' : 'asked') === query.side) &&
        (query.request === undefined || answer.terms?.answer?.target?.id === query.request) &&
        (query.office === undefined || isWith(answer, query.office)),
    });
    const items = await Promise.all(
      page.items.map(async (answer) => ({
        ...answerItem(answer),
        ...(query.include === undefined ? {} : await shownJson(door, asker, answer)),
      })),
    );
    return { status: 200, body: pageJson(page, items) };
  },
});

/** A system sees the answers that it gave, and those to its own requests. */
function isShown(door: Door, answer: AnyMessage, { reach, principal }: Asker): boolean {
  if (answer.direction === 'outbound') return reach === 'all' || answer.submittedBy === principal.name;
  if (answer.deliveredMs === null) return false;
  const target = answer.terms?.answer?.target;
  const asked = door.relay.projection.outbound.get(`${target?.origin}/${target?.id}`);
  return reach === 'all' || asked?.submittedBy === principal.name;
}

function isWith(answer: AnyMessage, office: OfficeId): boolean {
  return answer.direction === 'inbound' ? answer.from === office : answer.copies.has(office);
}

function readAnswer(door: Door, request: Request): AnswerInput {
  const submission = parseJsonText(answerSubmissionCodec, request.body, MAX_REQUEST_BYTES);
  const rules = submissionRules(door);
  const faults = [
    ...findEnvelopeFaults(submission, rules),
    ...findSubjectFaults(submission.answer?.subjects ?? [], 'answer.subjects', rules.now),
  ];
  const key = assertSound(faults, submission.idempotencyKey, request.header('idempotency-key'));
  const origin = submission.origin === '' ? undefined : (submission.origin as OfficeId);
  // Whoever may answer may answer whatever this office was asked.
  const asked = findRequest(door, { ...request.asker, reach: 'all' }, submission.request, origin);
  return {
    submittedBy: request.asker.principal.name,
    request: asked,
    answer: submission.answer as Answer,
    precedence: submission.precedence,
    handling: submission.handling,
    caveat: submission.caveat,
    caseReference: submission.caseReference,
    idempotencyKey: key,
    submissionDigest: digestOf(answerSubmissionCodec.encode({ ...submission, idempotencyKey: '' })),
  };
}
