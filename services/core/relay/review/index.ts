export { REVIEW_ERRORS, ReviewError, type ReviewErrorCode } from './errors.ts';
export { assertReviewInPlace } from './review-arrival.ts';
export { reviewDesk } from './review-desk.ts';
export { isReviewed, openReviewsOf } from './review-state.ts';
export type { Finding, ReviewDesk, ReviewInput, ReviewView } from './types.ts';
