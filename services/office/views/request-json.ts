import { type EpochMs, rfc3339 } from '../../core/foundation/index.ts';
import { type AnyMessage, type OutboundCopy, stateOfCopy, stateOfInbound } from '../../core/ledger/index.ts';
import type { ListedRequest, RequestFact, RequestFigures, RequestLife } from '../../core/relay/index.ts';
import { codeName } from './code-names.ts';
import { timesJson } from './times-json.ts';

type Json = Readonly<Record<string, unknown>>;

/** A request in short, with its life towards each office. */
export function requestItem({ side, message, lives }: ListedRequest, now: EpochMs): Json {
  return {
    ...messageFacts(message),
    side,
    expiresAt: rfc3339(message.expiresMs),
    responseClass: codeName('ResponseClass', message.terms?.request?.responseClass ?? 0),
    questions: message.terms?.request?.questions ?? 0,
    lives: lives.map((life) => lifeJson(life, now)),
  };
}

/** A request with everything that was said of it. */
export function requestDetail(listed: ListedRequest, now: EpochMs): Json {
  return {
    ...requestItem(listed, now),
    envelopeDigest: listed.message.envelopeDigest,
    lives: listed.lives.map((life) => ({ ...lifeJson(life, now), facts: life.facts.map(factJson) })),
  };
}

/** An answer in short: which questions it says something of, and how far each copy is. */
export function answerItem(message: AnyMessage): Json {
  const terms = message.terms?.answer ?? null;
  return {
    ...messageFacts(message),
    direction: message.direction,
    request: { origin: terms?.target?.origin ?? '', id: terms?.target?.id ?? '' },
    results: (terms?.results ?? []).map(resultJson),
    copies:
      message.direction === 'outbound'
        ? [...message.copies.values()].map((copy: OutboundCopy) => ({ office: copy.to, state: stateOfCopy(copy) }))
        : [{ office: message.from, state: stateOfInbound(message) }],
  };
}

/** How requests with one neighbour go, one way. */
export function figuresJson(figures: RequestFigures): Json {
  const { peer, toAcknowledge, toAnswer, ...counts } = figures;
  return { office: peer, ...counts, toAcknowledge: timesJson(toAcknowledge), toAnswer: timesJson(toAnswer) };
}

function messageFacts(message: AnyMessage): Json {
  return {
    id: message.id,
    origin: message.origin,
    precedence: codeName('Precedence', message.precedence),
    createdAt: rfc3339(message.createdMs),
    drill: message.drill,
    submittedBy: message.direction === 'outbound' ? message.submittedBy : null,
  };
}

function lifeJson(life: RequestLife, now: EpochMs): Json {
  return {
    asking: life.origin,
    asked: life.asked,
    state: life.state,
    open: life.open,
    overdue: life.overdue,
    answerBy: rfc3339(life.answerByMs),
    secondsLeft: life.open ? Math.floor((life.answerByMs - now) / 1000) : null,
    expiresAt: rfc3339(life.expiresMs),
    deliveredAt: timeOrNull(life.deliveredMs),
    acknowledgedAt: timeOrNull(life.acknowledgedMs),
    assignee: life.assignee === '' ? null : life.assignee,
    clarificationsAsked: life.clarificationsAsked,
    clarificationsGiven: life.clarificationsGiven,
    answeredAt: timeOrNull(life.answeredMs),
    closedAt: timeOrNull(life.closedMs),
    ground: groundOrNull(life.ground),
    remindedAt: timeOrNull(life.remindedMs),
    overdueNoticeAt: timeOrNull(life.overdueNoticeMs),
    results: life.results.map((result) => ({ ...resultJson(result), at: rfc3339(result.atMs), answer: result.answer })),
    lateAnswers: life.lateAnswers,
  };
}

function factJson({ id, origin, atMs, standing, said }: RequestFact): Json {
  const facts = { id, origin, at: rfc3339(atMs), standing };
  if (said.what === 'answer') return { ...facts, what: 'answer', results: said.results.map(resultJson) };
  return {
    ...facts,
    what: 'step',
    action: codeName('RequestAction', said.action),
    ground: groundOrNull(said.ground),
    assignee: said.assignee === '' ? null : said.assignee,
  };
}

function resultJson(result: { readonly question: number; readonly outcome: number; readonly ground: number }): Json {
  return {
    question: result.question,
    outcome: codeName('AnswerOutcome', result.outcome),
    ground: groundOrNull(result.ground),
  };
}

function timeOrNull(time: EpochMs | null): string | null {
  return time === null ? null : rfc3339(time);
}

function groundOrNull(ground: number): string | null {
  return ground === 0 ? null : codeName('RefusalGround', ground);
}
