import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../../foundation/index.ts';

/** The errors of triage: steps that have no place. */
export const TRIAGE_ERRORS = {
  TRIAGE_CONFLICT: {
    meaning: 'somebody else did something with the message in between',
    action: 'look at what they did, and do yours again if it still has a place',
    disposition: 'reject',
  },
  TRIAGE_KIND_UNFIT: {
    meaning: 'what is said in an operation and by nodes among themselves is worked on elsewhere',
    action: 'use the taskings of the operation',
    disposition: 'reject',
  },
  TRIAGE_NOT_DELIVERED: {
    meaning: 'the message was not let in, so that there is nothing to work on',
    action: 'look at the held crossings; it can be worked on once it is released',
    disposition: 'reject',
  },
  TRIAGE_CLOSED: {
    meaning: 'the message is closed already',
    action: 'open it again first',
    disposition: 'reject',
  },
  TRIAGE_NOT_CLOSED: {
    meaning: 'the message is open',
    action: 'nothing; it can be worked on',
    disposition: 'reject',
  },
  TRIAGE_FIELD_MISSING: {
    meaning: 'a note has words, and who closes a message says with what outcome',
    action: 'fill in the named field',
    disposition: 'reject',
  },
  TRIAGE_CONTENT_ENDED: {
    meaning: 'what the message says is kept no longer, so that no words about it are kept either',
    action: 'everything but notes can still be done',
    disposition: 'reject',
  },
  TRIAGE_ASSIGNEE_UNKNOWN: {
    meaning: 'nobody of that name works with messages at this office',
    action: 'choose one of the officers of the office',
    disposition: 'reject',
  },
  TRIAGE_AGENCY_UNKNOWN: {
    meaning: 'no agency of that name is at this office',
    action: 'choose among the agencies of the office',
    disposition: 'reject',
  },
  TRIAGE_AGENCY_OTHER: {
    meaning: 'officers restrict a message to agencies of which one is theirs, and end that as one of them',
    action: 'name one of your own agencies among them, or ask a supervisor',
    disposition: 'reject',
  },
  TRIAGE_TOO_MUCH: {
    meaning: 'more was done with the message than is kept of one message',
    action: 'go on in the case file of the office',
    disposition: 'reject',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of triage's errors. */
export type TriageErrorCode = keyof typeof TRIAGE_ERRORS;

/** A step that is not taken; nothing was changed. */
export class TriageError extends LiaisonError<TriageErrorCode> {
  constructor(code: TriageErrorCode, details?: ErrorDetails) {
    super('TriageError', code, TRIAGE_ERRORS[code], details);
  }
}
