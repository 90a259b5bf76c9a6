import type { VerifiedCrossing } from '../../envelope/index.ts';
import { type OfficeId, toHex } from '../../foundation/index.ts';
import { type AnyMessage, messageKey } from '../../ledger/index.ts';
import { MessageKind, type MessageRef, type MessageTerms, type Request, RequestAction } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { RequestsError } from './errors.ts';
import { assertMayTake, assertResults, assertStepComplete, assertTimeLimit } from './request-rules.ts';
import type { RequestSide } from './types.ts';

/**
 * A request counts its questions rightly, and its time limit lies between its making and its expiry.
 * @throws RequestsError REQUESTS_QUESTION_INVALID, REQUESTS_DEADLINE_INVALID.
 */
export function assertRequestInPlace(_: RelayContext, crossing: VerifiedCrossing, terms: MessageTerms): void {
  const { questions } = crossing.body as Request;
  if (terms.request?.questions !== questions.length)
    throw new RequestsError('REQUESTS_QUESTION_INVALID', { context: { field: 'request.terms.questions' } });
  assertTimeLimit(terms.request, crossing.header.createdMs, crossing.header.expiresMs);
}

/**
 * A step is about a request that both sides hold, from the side that may take it.
 * @throws RequestsError REQUESTS_UNKNOWN, REQUESTS_NOT_OURS, REQUESTS_TOO_MUCH_SAID, REQUESTS_GROUND_MISSING,
 * REQUESTS_ASSIGNEE_MISSING, REQUESTS_DEADLINE_INVALID for a notice that comes before its time.
 */
export function assertStepInPlace(context: RelayContext, crossing: VerifiedCrossing, terms: MessageTerms): void {
  const step = terms.step as NonNullable<MessageTerms['step']>;
  const { request, side } = targetOfPeer(context, crossing, step.target);
  assertMayTake(side, step.action);
  assertStepComplete(step);
  const answerByMs = request.direction === 'inbound' ? request.answerByMs : null;
  if (step.action === RequestAction.OVERDUE && answerByMs !== null && crossing.header.createdMs <= answerByMs)
    throw new RequestsError('REQUESTS_DEADLINE_INVALID');
}

/**
 * An answer is from an office that was asked, to questions that were asked.
 * @throws RequestsError REQUESTS_UNKNOWN, REQUESTS_NOT_OURS, REQUESTS_TOO_MUCH_SAID, REQUESTS_QUESTION_INVALID,
 * REQUESTS_GROUND_MISSING.
 */
export function assertAnswerInPlace(context: RelayContext, crossing: VerifiedCrossing, terms: MessageTerms): void {
  const answer = terms.answer as NonNullable<MessageTerms['answer']>;
  const { request, side } = targetOfPeer(context, crossing, answer.target);
  if (side !== 'asked') throw new RequestsError('REQUESTS_NOT_OURS');
  assertResults(answer.results, request.terms?.request?.questions ?? 0);
}

/** A life is reckoned from all of it, again and again: a neighbour cannot make that long. */
const MOST_SAID = 1000;

/** The request that a neighbour speaks of, and the side of it that the neighbour is on. */
function targetOfPeer(
  { projection }: RelayContext,
  { origin, from }: VerifiedCrossing,
  target: MessageRef | null,
): { readonly request: AnyMessage; readonly side: RequestSide } {
  const key = target === null ? '' : messageKey(target.origin, target.id);
  const request = projection.outbound.get(key) ?? projection.inbound.get(key);
  const isKnown =
    target !== null && request?.kind === MessageKind.REQUEST && request.envelopeDigest === toHex(target.digest);
  if (!isKnown || request === undefined) throw new RequestsError('REQUESTS_UNKNOWN');
  if (projection.about(key).length >= MOST_SAID) throw new RequestsError('REQUESTS_TOO_MUCH_SAID');
  const side = sideOf(request, origin);
  if (side === null || origin !== from) throw new RequestsError('REQUESTS_NOT_OURS');
  return { request, side };
}

/** The side that a neighbour is on; null for one that has nothing to do with it, or has not got it from here. */
function sideOf(request: AnyMessage, peer: OfficeId): RequestSide | null {
  if (request.direction === 'inbound') return request.origin === peer ? 'asking' : null;
  return (request.copies.get(peer)?.releasedMs ?? null) === null ? null : 'asked';
}
