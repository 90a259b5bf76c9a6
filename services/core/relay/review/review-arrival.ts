import type { VerifiedCrossing } from '../../envelope/index.ts';
import { toHex } from '../../foundation/index.ts';
import { messageKey } from '../../ledger/index.ts';
import { MessageKind, type MessageTerms, Outcome } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { ReviewError } from './errors.ts';
import { isReviewed, otherReviewers } from './review-state.ts';

/**
 * A review is about a message that went past the hold between the two offices, and the first of its office.
 * @throws ReviewError REVIEW_UNKNOWN, REVIEW_CLOSED.
 */
export function assertReviewInPlace(context: RelayContext, crossing: VerifiedCrossing, terms: MessageTerms): void {
  const { projection } = context;
  const { from, origin } = crossing;
  const target = terms.review?.target ?? null;
  const key = target === null ? '' : messageKey(target.origin, target.id);
  const message = projection.outbound.get(key) ?? projection.inbound.get(key);
  const isBetween =
    target !== null &&
    message !== undefined &&
    from === origin &&
    message.envelopeDigest === toHex(target.digest) &&
    isReviewed(message) &&
    otherReviewers(message).includes(origin);
  if (!isBetween) throw new ReviewError('REVIEW_UNKNOWN', { context: { origin, id: crossing.envelopeId } });
  const isSecond = projection
    .about(key)
    .some(
      (review) =>
        review.kind === MessageKind.REVIEW &&
        review.direction === 'inbound' &&
        review.origin === origin &&
        review.decision.outcome !== Outcome.REFUSED,
    );
  if (isSecond) throw new ReviewError('REVIEW_CLOSED', { context: { origin, id: crossing.envelopeId } });
}
