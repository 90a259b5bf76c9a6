export {
  asksPastHold,
  assertEmergencyPurpose,
  assertFewReviewsOpen,
  emergencySubject,
  isHoldToPass,
  pastHold,
  wouldBeHeld,
} from './break-glass.ts';
export { HOLD_ERRORS, HoldError, type HoldErrorCode } from './errors.ts';
export { holdQueue } from './hold-queue.ts';
export { shownDigest } from './shown-digest.ts';
export type { HeldContent, HoldQueue, Person, ReleaseRequest, ReleaseResult } from './types.ts';
