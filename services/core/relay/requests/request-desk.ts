import type { EpochMs, OfficeId } from '../../foundation/index.ts';
import { type AnyMessage, messageKey } from '../../ledger/index.ts';
import { type Answer, MessageKind, type Request, RequestAction } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import type { SubmissionRules, Submissions } from '../submit-message.ts';
import type { PreviewResult, SubmissionInput, SubmissionResult } from '../types.ts';
import { RequestsError } from './errors.ts';
import { peerOf, requestFigures, type SidedLife } from './figures.ts';
import { livesOf } from './life.ts';
import {
  assertMayTake,
  assertQuestions,
  assertResults,
  assertStepComplete,
  assertTexts,
  assertTimeLimit,
  defaultExpiry,
  isOfNode,
} from './request-rules.ts';
import { requestWatch } from './request-watch.ts';
import { type AnswerEnvelope, answerSubmission, lifeSubject, readRequest, stepSubmission } from './say-of-request.ts';
import type { ListedRequest, RequestFigures, RequestKey, RequestLife, RequestSide, StepInput } from './types.ts';

/** An answer as an officer or a system submits it. */
export interface AnswerInput extends AnswerEnvelope {
  readonly request: RequestKey;
  readonly answer: Answer;
}

/** Requests for information of this office and of its neighbours, and everything that is said of them. */
export interface RequestDesk {
  /**
   * A request; its questions are counted and its expiry filled in.
   * @throws RequestsError REQUESTS_DEADLINE_INVALID, REQUESTS_SUBJECT_UNKNOWN; RelayError as `Relay.submit`.
   */
  readonly submit: (input: SubmissionInput) => Promise<SubmissionResult>;
  /** What `submit` would decide now. @throws as `submit`. */
  readonly preview: (input: SubmissionInput) => Promise<readonly PreviewResult[]>;
  /**
   * A step of this office in the life of a request.
   * @throws RequestsError REQUESTS_UNKNOWN, REQUESTS_NOT_OURS, REQUESTS_NOT_SENT, REQUESTS_CLOSED,
   * REQUESTS_GROUND_MISSING, REQUESTS_ASSIGNEE_MISSING, REQUESTS_TEXT_MISSING; RelayError as `Relay.submit`.
   */
  readonly step: (input: StepInput) => Promise<SubmissionResult>;
  /**
   * An answer of this office, whole or in part.
   * @throws RequestsError REQUESTS_UNKNOWN, REQUESTS_NOT_OURS, REQUESTS_CLOSED, REQUESTS_QUESTION_INVALID,
   * REQUESTS_GROUND_MISSING, REQUESTS_SUBJECT_UNKNOWN, REQUESTS_HANDLING_LOWERED; RelayError as `Relay.submit`.
   */
  readonly answer: (input: AnswerInput) => Promise<SubmissionResult>;
  /** What `answer` would decide now. @throws as `answer`. */
  readonly previewAnswer: (input: AnswerInput) => Promise<readonly PreviewResult[]>;
  /** A request as it stands now. */
  readonly listed: (request: AnyMessage) => ListedRequest;
  /** Figures of every neighbour and side, as they are now. */
  readonly figures: () => readonly RequestFigures[];
  /** Lives that are open, with the side of this office; quick, for gauges. */
  readonly open: () => readonly SidedLife[];
  /** Says what time brings: reminders and notices of what is overdue, each once; and tells what has changed. */
  readonly sweep: () => Promise<void>;
}

/** The request desk of this office. */
export function requestDesk(context: RelayContext, messages: Submissions): RequestDesk {
  const { projection, clock, self } = context;

  const find = ({ origin, id }: RequestKey): AnyMessage => {
    const key = messageKey(origin, id);
    const found = projection.outbound.get(key) ?? projection.inbound.get(key);
    const isHere =
      found?.kind === MessageKind.REQUEST && (found.direction === 'outbound' || found.deliveredMs !== null);
    if (found === undefined || !isHere) throw new RequestsError('REQUESTS_UNKNOWN');
    return found;
  };

  const lifeTowards = (request: AnyMessage, peer: OfficeId, now: EpochMs): RequestLife | undefined =>
    livesOf(projection, self, request, now, 'said').find((life) => peerOf(sideOf(request), life) === peer);

  /** There is still something to say of it. @throws RequestsError REQUESTS_NOT_SENT, REQUESTS_CLOSED. */
  const assertOpen = (request: AnyMessage, peer: OfficeId, now: EpochMs): RequestLife => {
    const life = lifeTowards(request, peer, now);
    if (life === undefined || life.state === 'held') throw new RequestsError('REQUESTS_NOT_SENT');
    if (!life.open) throw new RequestsError('REQUESTS_CLOSED');
    return life;
  };

  const requestInput = (input: SubmissionInput, now: EpochMs): SubmissionInput => {
    const body = input.body as Request;
    assertQuestions(body);
    const terms = body.terms === null ? null : { ...body.terms, questions: body.questions.length };
    return { ...input, body: { ...body, terms }, expiresMs: input.expiresMs ?? defaultExpiry(terms, now) };
  };

  const assertInTime = ({ body, expiresMs }: SubmissionInput, at: EpochMs): void =>
    assertTimeLimit((body as Request).terms, at, expiresMs ?? Number.POSITIVE_INFINITY);

  const recipientsOf = (request: AnyMessage, given: readonly OfficeId[], now: EpochMs): readonly OfficeId[] => {
    if (request.direction === 'inbound') return [request.origin];
    if (given.length > 0) {
      if (given.some((office) => !request.copies.has(office))) throw new RequestsError('REQUESTS_NOT_SENT');
      return given;
    }
    return livesOf(projection, self, request, now, 'said')
      .filter(({ open, state }) => open && state !== 'held')
      .map(({ asked }) => asked);
  };

  const say = async (input: StepInput, rule?: SubmissionRules['guard']): Promise<SubmissionResult> => {
    const request = find(input.request);
    assertMayTake(sideOf(request), input.action);
    assertStepComplete(input);
    const now = clock.now();
    const recipients = recipientsOf(request, input.recipients, now);
    return await messages.submit(stepSubmission(await readRequest(context, request), input, recipients, now), {
      subjects: recipients.map((peer) => lifeSubject(request, peer)),
      guard: (at) => {
        if (recipients.length === 0) throw new RequestsError('REQUESTS_CLOSED');
        for (const peer of recipients) assertOpen(request, peer, at);
        rule?.(at);
      },
    });
  };

  const answerInput = async (
    input: AnswerInput,
  ): Promise<{ readonly request: AnyMessage; readonly submission: SubmissionInput }> => {
    const request = find(input.request);
    // What another office asked, and was passed on here, is for that office's neighbour to answer.
    const isAsked = request.direction === 'inbound' && request.from === request.origin;
    if (!isAsked) throw new RequestsError('REQUESTS_NOT_OURS');
    const questions = request.terms?.request?.questions ?? 0;
    assertResults(input.answer.terms?.results ?? [], questions);
    assertTexts(input.answer, questions);
    const read = await readRequest(context, request);
    return { request, submission: answerSubmission(read, input.answer, input, clock.now()) };
  };

  const sided = (request: AnyMessage): readonly SidedLife[] =>
    livesOf(projection, self, request, clock.now()).map((life) => ({ side: sideOf(request), life }));

  const isShown = (request: AnyMessage): boolean => request.direction === 'outbound' || request.deliveredMs !== null;

  const watch = requestWatch(context, sided, say);

  return {
    submit: async (input) => {
      const submission = requestInput(input, clock.now());
      return await messages.submit(submission, { guard: (at) => assertInTime(submission, at) });
    },
    preview: async (input) => {
      const now = clock.now();
      const submission = requestInput(input, now);
      assertInTime(submission, now);
      return await messages.preview(submission);
    },
    step: async (input) => {
      if (isOfNode(input.action)) throw new RequestsError('REQUESTS_NOT_OURS', { context: { field: 'action' } });
      const hasWords = input.action === RequestAction.ASK_CLARIFICATION || input.action === RequestAction.CLARIFY;
      if (hasWords && input.text.trim() === '')
        throw new RequestsError('REQUESTS_TEXT_MISSING', { context: { field: 'text' } });
      return await say(input);
    },
    answer: async (input) => {
      const { request, submission } = await answerInput(input);
      return await messages.submit(submission, {
        subjects: [lifeSubject(request, request.origin)],
        guard: (at) => void assertOpen(request, request.origin, at),
      });
    },
    previewAnswer: async (input) => {
      const { request, submission } = await answerInput(input);
      assertOpen(request, request.origin, clock.now());
      return await messages.preview(submission);
    },
    listed: (request) => ({
      side: sideOf(request),
      message: request,
      lives: livesOf(projection, self, request, clock.now()),
    }),
    figures: () => requestFigures(projection.ofKind(MessageKind.REQUEST).filter(isShown).flatMap(sided)),
    open: watch.open,
    sweep: watch.sweep,
  };
}

/** The side of a request that this office is on. */
export function sideOf(request: AnyMessage): RequestSide {
  return request.direction === 'outbound' ? 'asking' : 'asked';
}
