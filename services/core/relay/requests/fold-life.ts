import type { EpochMs } from '../../foundation/index.ts';
import { AnswerOutcome, RefusalGround, RequestAction } from '../../wire/index.ts';
import type { LooseFact } from './request-facts.ts';
import type { QuestionLife, RequestFact, RequestLife, RequestState } from './types.ts';

/** What a fold begins with: the request itself, and where its copy is. */
export interface RequestStart
  extends Pick<
    RequestLife,
    | 'origin'
    | 'id'
    | 'asked'
    | 'drill'
    | 'createdMs'
    | 'answerByMs'
    | 'expiresMs'
    | 'questions'
    | 'delivered'
    | 'deliveredMs'
  > {
  /** Where it is while nothing was said of it. */
  readonly state: RequestState;
}

type Closing = 'answered' | 'refused' | 'withdrawn' | 'expired';

const NEVER_ARRIVED: ReadonlySet<RequestState> = new Set(['rejected', 'refused-by-gate', 'failed']);
const FINAL: ReadonlySet<AnswerOutcome> = new Set([
  AnswerOutcome.ANSWERED,
  AnswerOutcome.NOTHING_HELD,
  AnswerOutcome.WITHHELD,
  AnswerOutcome.REFUSED,
]);

/** Whether nothing more is to come for a question with that outcome. */
export function isFinal(outcome: AnswerOutcome): boolean {
  return FINAL.has(outcome);
}

/**
 * The life that follows from these facts, which stand in order of their times. The first whole answer, refusal or
 * withdrawal closes it, or its expiry, whichever comes first by the signed times; later facts count for nothing.
 */
export function foldLife(start: RequestStart, facts: readonly LooseFact[], now: EpochMs): RequestLife {
  const life = {
    assignee: '',
    acknowledgedMs: null as EpochMs | null,
    clarificationsAsked: 0,
    clarificationsGiven: 0,
    remindedMs: null as EpochMs | null,
    overdueNoticeMs: null as EpochMs | null,
    ground: RefusalGround.UNSPECIFIED as RefusalGround,
    lateAnswers: 0,
  };
  let closed: { readonly as: Closing; readonly atMs: EpochMs } | null = null;
  let isAsking = false;
  const results = new Map<number, QuestionLife>();
  const placed: RequestFact[] = [];

  const step = (fact: LooseFact, said: RequestFact['said'] & { readonly what: 'step' }): Closing | null => {
    switch (said.action) {
      case RequestAction.ACKNOWLEDGE:
        life.acknowledgedMs ??= fact.atMs;
        life.assignee = said.assignee;
        return null;
      case RequestAction.ASK_CLARIFICATION:
        life.clarificationsAsked++;
        isAsking = true;
        return null;
      case RequestAction.CLARIFY:
        life.clarificationsGiven++;
        isAsking = false;
        return null;
      case RequestAction.REFUSE:
        life.ground = said.ground;
        return 'refused';
      case RequestAction.WITHDRAW:
        return 'withdrawn';
      case RequestAction.REMIND:
        life.remindedMs ??= fact.atMs;
        return null;
      case RequestAction.OVERDUE:
        life.overdueNoticeMs ??= fact.atMs;
        return null;
      default:
        return null;
    }
  };

  const answer = (fact: LooseFact, said: RequestFact['said'] & { readonly what: 'answer' }): Closing | null => {
    for (const result of said.results)
      if (result.question >= 1 && result.question <= start.questions)
        results.set(result.question, { ...result, atMs: fact.atMs, answer: fact.id });
    const isWhole = results.size === start.questions && [...results.values()].every(({ outcome }) => isFinal(outcome));
    return isWhole ? 'answered' : null;
  };

  for (const fact of facts) {
    if (fact.standing !== 'counted') {
      placed.push(fact);
      continue;
    }
    if (closed === null && fact.atMs > start.expiresMs) closed = { as: 'expired', atMs: start.expiresMs };
    if (closed !== null) {
      if (fact.said.what === 'answer') life.lateAnswers++;
      placed.push({ ...fact, standing: 'late' });
      continue;
    }
    const as = fact.said.what === 'step' ? step(fact, fact.said) : answer(fact, fact.said);
    if (as !== null) closed = { as, atMs: fact.atMs };
    placed.push(fact);
  }
  const isLost = NEVER_ARRIVED.has(start.state);
  if (closed === null && !isLost && now > start.expiresMs) closed = { as: 'expired', atMs: start.expiresMs };

  const progress = (): RequestState => {
    if (!start.delivered) return start.state;
    if (isAsking) return 'clarification-asked';
    if (results.size > 0) return 'answered-in-part';
    return life.acknowledgedMs === null ? 'delivered' : 'acknowledged';
  };

  return {
    origin: start.origin,
    id: start.id,
    asked: start.asked,
    drill: start.drill,
    createdMs: start.createdMs,
    answerByMs: start.answerByMs,
    expiresMs: start.expiresMs,
    delivered: start.delivered,
    deliveredMs: start.deliveredMs,
    questions: start.questions,
    ...life,
    state: closed?.as ?? progress(),
    open: closed === null && !isLost,
    answeredMs: closed?.as === 'answered' ? closed.atMs : null,
    closedMs: closed?.atMs ?? null,
    overdue: closed === null ? !isLost && now > start.answerByMs : closed.atMs > start.answerByMs,
    results: [...results.values()].sort((a, b) => a.question - b.question),
    facts: placed,
  };
}
