import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../../foundation/index.ts';

/** The errors of this folder: what may not go on or be opened, and who may not say so. */
export const CONSENTS_ERRORS = {
  CONSENTS_KIND_STAYS: {
    meaning: 'messages of that kind do not go on to a third office',
    action: 'pass on what was reported; say what belongs to a matter of two offices in a message of your own',
    disposition: 'reject',
  },
  CONSENTS_MESSAGE_ENDED: {
    meaning: 'the message has expired or was called back, so nothing more of it leaves',
    action: 'ask its originator for a current one',
    disposition: 'reject',
  },
  CONSENTS_RECIPIENT_INVALID: {
    meaning: 'the third office is this one, the originator, or the office that the message came from',
    action: 'choose another of the neighbours',
    disposition: 'reject',
  },
  CONSENTS_PASSED_ON_ALREADY: {
    meaning: 'the message went on to that office before',
    action: 'look at the message; what was opened since is asked for from its originator',
    disposition: 'reject',
  },
  CONSENTS_PERSON_NEEDED: {
    meaning: 'the law of this office wants a person to release it first, which it has no way to do for what goes on',
    action: 'say what may be said in a message of your own, or ask for the rule to be changed',
    disposition: 'reject',
  },
  CONSENTS_NOT_HELD_THERE: {
    meaning: 'the office that asks does not hold that message, or not in exactly that form',
    action: 'check the message and the office; nothing is granted or opened',
    disposition: 'reject',
  },
  CONSENTS_NOT_ORIGINATOR: {
    meaning: 'only the originator of a message consents to its going on or opens parts of it',
    action: 'ask the office that said it first',
    disposition: 'reject',
  },
  CONSENTS_UNKNOWN: {
    meaning: 'no such request is known here',
    action: 'check the identifier; list the requests',
    disposition: 'reject',
  },
  CONSENTS_ANSWERED_ALREADY: {
    meaning: 'the request was granted or refused before',
    action: 'look at it; a further need is asked for anew',
    disposition: 'reject',
  },
  CONSENTS_LAPSED: {
    meaning: 'the time that was asked for is over; no answer was no',
    action: 'ask for another time if it is still needed',
    disposition: 'reject',
  },
  CONSENTS_TERMS_INVALID: {
    meaning: 'a consent, or what asks for one, names a time, categories or a ground that it cannot have',
    action:
      'a time lies ahead and ends after it begins; categories are among those asked for, the core with them; a refusal has a ground',
    disposition: 'reject',
  },
  CONSENTS_ANSWER_MISPLACED: {
    meaning:
      'a consent answers no request of this office, or says another message, recipient or purpose than was asked',
    action: 'ask the originator; nothing was changed by it',
    disposition: 'quarantine',
  },
  CONSENTS_NOTHING_WITHHELD: {
    meaning: 'no part of those kinds was withheld from the office that asks',
    action: 'look at what is withheld; it may have been opened already, or been kept out by the asking office itself',
    disposition: 'reject',
  },
  CONSENTS_OPENING_NOT_ASKED: {
    meaning: 'parts of a message came later although nobody here asked for them',
    action: 'ask the originator why it sent them; they were not kept',
    disposition: 'reject',
  },
  CONSENTS_OPENING_MISPLACED: {
    meaning: 'parts came later for a message that is not here in exactly that form, or parts that are here already',
    action: 'ask the originator; they were not kept',
    disposition: 'quarantine',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type ConsentsErrorCode = keyof typeof CONSENTS_ERRORS;

/** Something that does not go on, is not consented to, or is not opened. */
export class ConsentsError extends LiaisonError<ConsentsErrorCode> {
  constructor(code: ConsentsErrorCode, details?: ErrorDetails) {
    super('ConsentsError', code, CONSENTS_ERRORS[code], details);
  }
}
