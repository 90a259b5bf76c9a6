import { type DurationMs, type EpochMs, later, type OfficeId } from '../../foundation/index.ts';
import { type AnyMessage, messageKey, type OfficeProjection } from '../../ledger/index.ts';
import { MessageKind, Outcome } from '../../wire/index.ts';
import type { Finding, ReviewView } from './types.ts';

type Ledgered = Pick<OfficeProjection, 'about' | 'emergencies'>;

/** Whether the message went past the hold between this office and the other: both review it. */
export function isReviewed(message: AnyMessage): boolean {
  if (message.direction === 'outbound')
    return message.emergency !== '' && [...message.copies.values()].some((copy) => copy.releasedMs !== null);
  // What a third office passed on went past no hold between the two.
  return message.emergency && message.from === message.origin && message.decision.outcome !== Outcome.REFUSED;
}

/** The offices that review it besides this one. */
export function otherReviewers(message: AnyMessage): readonly OfficeId[] {
  if (message.direction === 'inbound') return [message.origin];
  return [...message.copies.values()].filter((copy) => copy.releasedMs !== null).map((copy) => copy.to);
}

/** How the review of one message stands. Pure: what the ledger has, and the time. */
export function reviewOf(
  projection: Pick<Ledgered, 'about'>,
  message: AnyMessage,
  reviewWithinMs: DurationMs,
  now: EpochMs,
): ReviewView {
  const findings = projection
    .about(messageKey(message.origin, message.id))
    .filter(
      (review) =>
        review.kind === MessageKind.REVIEW && (review.direction === 'outbound' || review.deliveredMs !== null),
    )
    .toSorted((a, b) => a.createdMs - b.createdMs || (a.id < b.id ? -1 : 1));
  const foundBy = (isTheirs: (review: AnyMessage) => boolean): Finding | null => {
    const review = findings.find(isTheirs);
    const finding = review?.terms?.review?.finding;
    if (review === undefined || finding === undefined) return null;
    const by = review.direction === 'outbound' ? review.submittedBy : '';
    return { finding, atMs: review.createdMs, by, id: review.id as Finding['id'] };
  };
  const own = foundBy((review) => review.direction === 'outbound');
  const dueMs = later(message.createdMs, reviewWithinMs);
  return {
    message,
    author: message.direction === 'outbound' ? message.submittedBy : '',
    reason: message.direction === 'outbound' ? message.emergency : '',
    openedMs: message.direction === 'outbound' ? message.acceptedMs : message.receivedMs,
    dueMs,
    state: own !== null ? 'closed' : now > dueMs ? 'overdue' : 'open',
    own,
    others: otherReviewers(message).map((office) => ({
      office,
      found: foundBy((review) => review.direction === 'inbound' && review.origin === office),
    })),
  };
}

/** Every review of this office, in the order in which they were opened. */
export function allReviews(projection: Ledgered, reviewWithinMs: DurationMs, now: EpochMs): readonly ReviewView[] {
  return projection.emergencies.filter(isReviewed).map((message) => reviewOf(projection, message, reviewWithinMs, now));
}

/** What an officer sent past the hold, real or as an exercise, whose review this office has not closed. */
export function openReviewsOf(projection: Ledgered, author: string, drill: boolean): readonly AnyMessage[] {
  return projection.emergencies.filter(
    (message) =>
      message.direction === 'outbound' &&
      message.submittedBy === author &&
      message.drill === drill &&
      isReviewed(message) &&
      reviewOf(projection, message, 0 as DurationMs, 0 as EpochMs).own === null,
  );
}
