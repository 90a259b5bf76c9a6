import type { EpochMs } from '../../foundation/index.ts';
import { type Answer, AnswerOutcome, RefusalGround, type Request, RequestAction } from '../../wire/index.ts';
import { answerBy } from '../answer-by.ts';
import { RequestsError } from './errors.ts';
import type { RequestSide, SaidResult } from './types.ts';

const SIDE_OF_ACTION: Readonly<Record<RequestAction, RequestSide | null>> = {
  [RequestAction.UNSPECIFIED]: null,
  [RequestAction.ACKNOWLEDGE]: 'asked',
  [RequestAction.ASK_CLARIFICATION]: 'asked',
  [RequestAction.REFUSE]: 'asked',
  [RequestAction.CLARIFY]: 'asking',
  [RequestAction.WITHDRAW]: 'asking',
  [RequestAction.REMIND]: 'asking',
  [RequestAction.OVERDUE]: 'asking',
};

/** That side of a request may take that step. @throws RequestsError REQUESTS_NOT_OURS. */
export function assertMayTake(side: RequestSide, action: RequestAction): void {
  if (SIDE_OF_ACTION[action] !== side) throw new RequestsError('REQUESTS_NOT_OURS', { context: { field: 'action' } });
}

/** Whether the node takes that step by itself, and nobody else does. */
export function isOfNode(action: RequestAction): boolean {
  return action === RequestAction.REMIND || action === RequestAction.OVERDUE;
}

/** A refusal says why, and an acknowledgement who. @throws RequestsError REQUESTS_GROUND_MISSING, REQUESTS_ASSIGNEE_MISSING. */
export function assertStepComplete(step: {
  readonly action: RequestAction;
  readonly ground: RefusalGround;
  readonly assignee: string;
}): void {
  if (step.action === RequestAction.REFUSE && step.ground === RefusalGround.UNSPECIFIED)
    throw new RequestsError('REQUESTS_GROUND_MISSING', { context: { field: 'ground' } });
  if (step.action === RequestAction.ACKNOWLEDGE && step.assignee === '')
    throw new RequestsError('REQUESTS_ASSIGNEE_MISSING', { context: { field: 'assignee' } });
}

/**
 * Each question once, and a ground with what is withheld or refused.
 * @throws RequestsError REQUESTS_QUESTION_INVALID, REQUESTS_GROUND_MISSING.
 */
export function assertResults(results: readonly SaidResult[], questions: number): void {
  const seen = new Set<number>();
  results.forEach(({ question, outcome, ground }, index) => {
    const field = `answer.terms.results[${index}]`;
    if (question < 1 || question > questions || seen.has(question))
      throw new RequestsError('REQUESTS_QUESTION_INVALID', { context: { field: `${field}.question` } });
    seen.add(question);
    const needsGround = outcome === AnswerOutcome.WITHHELD || outcome === AnswerOutcome.REFUSED;
    if (needsGround && ground === RefusalGround.UNSPECIFIED)
      throw new RequestsError('REQUESTS_GROUND_MISSING', { context: { field: `${field}.ground` } });
  });
}

/** What is said to a question is said to one that there is, about subjects that are there. @throws RequestsError REQUESTS_QUESTION_INVALID, REQUESTS_SUBJECT_UNKNOWN. */
export function assertTexts({ texts, subjects }: Answer, questions: number): void {
  const labels = new Set(subjects.map(({ label }) => label));
  texts.forEach(({ question, about }, index) => {
    const field = `answer.texts[${index}]`;
    if (question < 1 || question > questions)
      throw new RequestsError('REQUESTS_QUESTION_INVALID', { context: { field: `${field}.question` } });
    assertAbout(about, labels, field);
  });
}

/** What is asked is asked about subjects that are there. @throws RequestsError REQUESTS_SUBJECT_UNKNOWN. */
export function assertQuestions({ questions, subjects }: Request): void {
  const labels = new Set(subjects.map(({ label }) => label));
  for (const [index, { about }] of questions.entries()) assertAbout(about, labels, `request.questions[${index}]`);
}

/**
 * The time limit is in the future and within its class, and the request does not expire before it.
 * @throws RequestsError REQUESTS_DEADLINE_INVALID.
 */
export function assertTimeLimit(terms: Request['terms'], atMs: number, expiresMs: number): void {
  const given = terms?.answerBy ?? null;
  const ofClass = answerBy({ request: terms === null ? null : { ...terms, answerBy: null } }, atMs, null);
  const limit = answerBy({ request: terms }, atMs, null);
  const isWrong = given !== null && (given.seconds * 1000 <= atMs || given.seconds * 1000 > ofClass);
  if (isWrong) throw new RequestsError('REQUESTS_DEADLINE_INVALID', { context: { field: 'request.terms.answerBy' } });
  if (expiresMs <= limit) throw new RequestsError('REQUESTS_DEADLINE_INVALID', { context: { field: 'expires' } });
}

/** When a request is closed whatever became of it, where nobody said: a week after its time limit. */
export function defaultExpiry(terms: Request['terms'], now: EpochMs): EpochMs {
  return (Math.max(now, answerBy({ request: terms }, now, null)) + WEEK_MS) as EpochMs;
}

const WEEK_MS = 7 * 86_400_000;

function assertAbout(about: readonly string[], labels: ReadonlySet<string>, field: string): void {
  about.forEach((label, place) => {
    if (!labels.has(label))
      throw new RequestsError('REQUESTS_SUBJECT_UNKNOWN', { context: { field: `${field}.about[${place}]` } });
  });
}
