import type { VerifiedCrossing } from '../../envelope/index.ts';
import { digestFromBytes } from '../../foundation/index.ts';
import { messageKey, type OutboundMessage } from '../../ledger/index.ts';
import { DataCategory, type MessageRef, type MessageTerms, RefusalGround } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { answersTo } from './consent-state.ts';
import { wentTo } from './disclosed-to.ts';
import { ConsentsError } from './errors.ts';
import { msOf } from './standing.ts';

function isEnvelope(ref: MessageRef | null, { origin, id, envelopeDigest }: OutboundMessage): boolean {
  return (
    ref?.origin === origin &&
    ref.id === id &&
    ref.digest.length === 32 &&
    digestFromBytes(ref.digest) === envelopeDigest
  );
}

/** The message of this office that is meant, in exactly that form, and which that office got from it. @throws ConsentsError CONSENTS_NOT_HELD_THERE. */
function assertHolds(
  { projection }: RelayContext,
  { origin, envelopeId: id }: VerifiedCrossing,
  target: MessageRef | null,
): void {
  const own = target === null ? undefined : projection.outbound.get(messageKey(target.origin, target.id));
  if (own === undefined || !isEnvelope(target, own) || !wentTo(own, origin))
    throw new ConsentsError('CONSENTS_NOT_HELD_THERE', { context: { origin, id } });
}

/**
 * A request for consent is about a message of this office that the asking office got, and names a third office.
 * @throws ConsentsError CONSENTS_NOT_HELD_THERE, CONSENTS_RECIPIENT_INVALID, CONSENTS_TERMS_INVALID.
 */
export function assertConsentRequestInPlace(
  context: RelayContext,
  crossing: VerifiedCrossing,
  { consentRequest: terms }: MessageTerms,
): void {
  const { origin, envelopeId: id } = crossing;
  assertHolds(context, crossing, terms?.target ?? null);
  if (terms?.recipient === context.self || terms?.recipient === origin)
    throw new ConsentsError('CONSENTS_RECIPIENT_INVALID', { context: { origin, id } });
  if (!terms?.categories.includes(DataCategory.CORE) || terms.until === null)
    throw new ConsentsError('CONSENTS_TERMS_INVALID', { context: { origin, id } });
}

/**
 * A consent answers a request of this office, once, and says what was asked for or less, or a ground.
 * @throws ConsentsError CONSENTS_ANSWER_MISPLACED, CONSENTS_ANSWERED_ALREADY, CONSENTS_TERMS_INVALID.
 */
export function assertConsentInPlace(
  { projection, self }: RelayContext,
  { origin, envelopeId: id }: VerifiedCrossing,
  { consent: terms }: MessageTerms,
): void {
  const ref = terms?.request ?? null;
  const request = ref === null ? undefined : projection.outbound.get(messageKey(ref.origin, ref.id));
  const asked = request?.terms?.consentRequest ?? null;
  const target = asked?.target ?? null;
  const isAnswer =
    terms !== null && request !== undefined && isEnvelope(ref, request) && wentTo(request, origin) && target !== null;
  if (!isAnswer || target.origin !== origin || asked === null)
    throw new ConsentsError('CONSENTS_ANSWER_MISPLACED', { context: { origin, id } });
  const isSame =
    terms.target?.origin === target.origin &&
    terms.target.id === target.id &&
    terms.target.digest.length === 32 &&
    digestFromBytes(terms.target.digest) === digestFromBytes(target.digest) &&
    terms.holder === self &&
    terms.recipient === asked.recipient &&
    terms.purpose === asked.purpose &&
    terms.categories.every((category) => asked.categories.includes(category));
  if (!isSame) throw new ConsentsError('CONSENTS_ANSWER_MISPLACED', { context: { origin, id } });
  if (answersTo(projection, request, target).length > 0)
    throw new ConsentsError('CONSENTS_ANSWERED_ALREADY', { context: { origin, id } });
  const isWhole = terms.granted
    ? (msOf(terms.notBefore) ?? Number.POSITIVE_INFINITY) < (msOf(terms.notAfter) ?? 0) &&
      terms.categories.includes(DataCategory.CORE)
    : terms.ground !== RefusalGround.UNSPECIFIED;
  if (!isWhole) throw new ConsentsError('CONSENTS_TERMS_INVALID', { context: { origin, id } });
}

/** A request for parts is about a message of this office that the asking office got. @throws ConsentsError CONSENTS_NOT_HELD_THERE. */
export function assertPartRequestInPlace(
  context: RelayContext,
  crossing: VerifiedCrossing,
  { partRequest }: MessageTerms,
): void {
  assertHolds(context, crossing, partRequest?.target ?? null);
}
