import type { LiaisonError } from '../foundation/index.ts';

/** What a newer directory, a clock that is put right, or a message that is still to come may make good: it is tried again before it goes into quarantine. */
const MAY_VERIFY_LATER: ReadonlySet<string> = new Set([
  'TRUST_KEY_UNKNOWN',
  'TRUST_KEY_NOT_YET_VALID',
  'TRUST_OFFICE_UNKNOWN',
  'TRUST_DIRECTORY_MISSING',
  'TRUST_DIRECTORY_EXPIRED',
  'TRUST_SIGNED_IN_FUTURE',
  'TRUST_UNSEALER_KEY_UNKNOWN',
  'ENVELOPE_FROM_FUTURE',
  // What it is about may be on its way: a frame that was lost comes after those behind it.
  'REQUESTS_UNKNOWN',
  'REVIEW_UNKNOWN',
  'CHANNEL_NOT_OPEN_YET',
]);

/** What a message is about is not here: it may stand in a frame that was lost and is sent again. */
const NAMES_WHAT_IS_NOT_HERE: ReadonlySet<string> = new Set([
  'REQUESTS_UNKNOWN',
  'REVIEW_UNKNOWN',
  'CONSENTS_UNKNOWN',
  'RECALL_UNKNOWN',
  'CHANNEL_NOT_OPEN_YET',
]);

/** Whether the message is about one that may still be on its way. */
export function mayFollow(error: LiaisonError): boolean {
  return NAMES_WHAT_IS_NOT_HERE.has(error.code);
}

/** Whether the same bytes may verify once a document or the time of day has changed. */
export function mayVerifyLater(error: LiaisonError): boolean {
  return MAY_VERIFY_LATER.has(error.code);
}
