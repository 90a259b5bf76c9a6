import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../../foundation/index.ts';

/** The errors of this folder: what may not be said of a request, here or by a neighbour. */
export const REQUESTS_ERRORS = {
  REQUESTS_UNKNOWN: {
    meaning: 'no request with that identifier, and of exactly that content, is known here',
    action: 'check the identifier of the request, and its origin',
    disposition: 'reject',
  },
  REQUESTS_NOT_SENT: {
    meaning: 'the request did not go to that office, or has not left yet',
    action: 'choose an office that the request went to; a held copy is released or rejected first',
    disposition: 'reject',
  },
  REQUESTS_NOT_OURS: {
    meaning: 'that is for the other office to say of this request, or for the node itself',
    action:
      'the office that was asked acknowledges, asks back, answers and refuses; the one that asks clarifies and withdraws',
    disposition: 'reject',
  },
  REQUESTS_CLOSED: {
    meaning: 'the request is answered, refused, withdrawn or expired, or that was said of it already',
    action: 'look at the request; what has to be said still goes into a message of its own',
    disposition: 'reject',
  },
  REQUESTS_DEADLINE_INVALID: {
    meaning: 'a time limit has passed already, is later than its class allows, or does not fit the expiry',
    action: 'leave the time limit out, or choose one in the future that is no later than that of the class',
    disposition: 'reject',
  },
  REQUESTS_SUBJECT_UNKNOWN: {
    meaning: 'what is asked or said names a subject that is not there',
    action: 'use the label of one of the subjects in the same message',
    disposition: 'reject',
  },
  REQUESTS_QUESTION_INVALID: {
    meaning: 'a question is named that the request does not ask, or is named twice, or the questions are miscounted',
    action: 'name each question of the request by its place, from 1, and at most once',
    disposition: 'reject',
  },
  REQUESTS_GROUND_MISSING: {
    meaning: 'something is withheld or refused without a ground',
    action: 'name a ground of the list',
    disposition: 'reject',
  },
  REQUESTS_ASSIGNEE_MISSING: {
    meaning: 'the request is acknowledged, but assigned to nobody',
    action: 'say who deals with it, by the name that your office uses',
    disposition: 'reject',
  },
  REQUESTS_TEXT_MISSING: {
    meaning: 'a clarification is asked for or given without words',
    action: 'say what is to be clarified, or clarify it',
    disposition: 'reject',
  },
  REQUESTS_TOO_MUCH_SAID: {
    meaning: 'more has been said of this request than anybody can follow',
    action: 'withdraw or refuse it, and ask again what is still open',
    disposition: 'reject',
  },
  REQUESTS_HANDLING_LOWERED: {
    meaning: 'the handling code of the answer is below that of its request',
    action: 'leave it out, or choose one that restricts at least as much',
    disposition: 'reject',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type RequestsErrorCode = keyof typeof REQUESTS_ERRORS;

/** Something that has no place in the life of a request. */
export class RequestsError extends LiaisonError<RequestsErrorCode> {
  constructor(code: RequestsErrorCode, details?: ErrorDetails) {
    super('RequestsError', code, REQUESTS_ERRORS[code], details);
  }
}
