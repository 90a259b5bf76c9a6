import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../../foundation/index.ts';

/** The errors of the hold queue: releases that have no place, as things stand now. */
export const HOLD_ERRORS = {
  HOLD_CHANGED_SINCE_SHOWN: {
    meaning: 'what a release would let pass now is not what was shown',
    action: 'look at the crossing again and decide on what it shows now',
    disposition: 'reject',
  },
  HOLD_OWN_MESSAGE: {
    meaning: 'nobody releases what they submitted themselves, with whichever of their tokens',
    action: 'ask another person who may release; or reject it',
    disposition: 'reject',
  },
  HOLD_SAME_PERSON: {
    meaning: 'the release takes two persons, and this one has approved it already',
    action: 'ask another person of another role to look at it',
    disposition: 'reject',
  },
  HOLD_SAME_ROLE: {
    meaning: 'the release takes two persons of different roles, and one of this role has approved it already',
    action: 'ask a person of another role that may release',
    disposition: 'reject',
  },
  HOLD_RECALLED: {
    meaning: 'the originator called the message back, so it passes no more',
    action: 'nothing is left to do; the hold ends with the recall',
    disposition: 'reject',
  },
  HOLD_EMERGENCY_PURPOSE: {
    meaning: 'only danger to life goes past the hold, and the message says that it is for something else',
    action: 'choose the purpose life-safety where a life is in danger; otherwise send it without the emergency',
    disposition: 'reject',
  },
  HOLD_REVIEWS_OPEN: {
    meaning: 'as many messages that this person sent past the hold wait for their review as the nation allows',
    action: 'ask oversight to close these reviews, or let a supervisor send it',
    disposition: 'reject',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of the hold queue's errors. */
export type HoldErrorCode = keyof typeof HOLD_ERRORS;

/** A release that the hold queue refuses; nothing was changed. */
export class HoldError extends LiaisonError<HoldErrorCode> {
  constructor(code: HoldErrorCode, details?: ErrorDetails) {
    super('HoldError', code, HOLD_ERRORS[code], details);
  }
}
