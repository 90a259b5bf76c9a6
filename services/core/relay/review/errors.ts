import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../../foundation/index.ts';

/** The errors of reviews: findings that have no place. */
export const REVIEW_ERRORS = {
  REVIEW_UNKNOWN: {
    meaning: 'no message of that identifier was sent past the hold between the two offices',
    action: 'look at the list of reviews',
    disposition: 'reject',
  },
  REVIEW_OWN_MESSAGE: {
    meaning: 'nobody reviews what they sent themselves, with whichever of their tokens',
    action: 'ask another person with the role oversight',
    disposition: 'reject',
  },
  REVIEW_CLOSED: {
    meaning: 'the office has closed its review of that message already',
    action: 'read the review; one finding per office is all there is',
    disposition: 'reject',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of reviews' errors. */
export type ReviewErrorCode = keyof typeof REVIEW_ERRORS;

/** A review that is not taken; nothing was changed. */
export class ReviewError extends LiaisonError<ReviewErrorCode> {
  constructor(code: ReviewErrorCode, details?: ErrorDetails) {
    super('ReviewError', code, REVIEW_ERRORS[code], details);
  }
}
