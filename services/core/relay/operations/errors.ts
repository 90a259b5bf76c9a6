import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../../foundation/index.ts';

/** The errors of this folder: charters and acts that have no place, here or from a neighbour. */
export const OPERATIONS_ERRORS = {
  OPERATIONS_UNKNOWN: {
    meaning: 'no operation with that id is known here',
    action: 'check the id; the charter may be on its way, or wait for a release',
    disposition: 'reject',
  },
  OPERATIONS_KNOWN: {
    meaning: 'an operation of that id is known here already',
    action: 'propose it under another id',
    disposition: 'reject',
  },
  OPERATIONS_CHARTER_INVALID: {
    meaning: 'what the message says of the charter is not what the charter says, or its sender is not its lead',
    action: 'keep the original; ask the lead office to propose the operation anew',
    disposition: 'quarantine',
  },
  OPERATIONS_CHARTER_DIFFERS: {
    meaning: 'the act is about another text of the charter than the one that is known here',
    action: 'compare the charters with the office that sent it; one of the texts was changed after it was signed',
    disposition: 'quarantine',
  },
  OPERATIONS_NOT_LEAD: {
    meaning: 'only the lead office may do that',
    action: 'ask the lead office of the operation',
    disposition: 'reject',
  },
  OPERATIONS_OF_LEAD: {
    meaning: 'the lead cannot do that: it signed with the proposal, and its way out is to close the operation',
    action: 'close the operation',
    disposition: 'reject',
  },
  OPERATIONS_OF_NODE: {
    meaning: 'the node does that by itself when its time has come, or it is done at another address',
    action: 'leave it to the node; the after-action report is signed where it is read',
    disposition: 'reject',
  },
  OPERATIONS_NOT_MEMBER: {
    meaning: 'the office is no member of the operation, or is one no more',
    action: 'look at the members of the operation',
    disposition: 'reject',
  },
  OPERATIONS_NO_LINE: {
    meaning: 'this office has no line to every member of the operation',
    action: 'link the office with the named member, directly or through a hub; then sign',
    disposition: 'reject',
  },
  OPERATIONS_STATE_WRONG: {
    meaning: 'the operation, or the member, is not in a state in which that can be done',
    action: 'look at the operation; it may have been opened, suspended or closed meanwhile',
    disposition: 'reject',
  },
  OPERATIONS_ACT_INVALID: {
    meaning: 'the act lacks what it needs, says what it may not say, or its number was used before',
    action: 'keep the original; its sender does not keep to the contract',
    disposition: 'quarantine',
  },
  OPERATIONS_SIGNATURE_INVALID: {
    meaning: 'a signature is not the named member’s signature of exactly this charter',
    action: 'treat it as forged; of the national form, have the charter signed again and hand that file in',
    disposition: 'quarantine',
  },
  OPERATIONS_QUORUM_MISSING: {
    meaning: 'the operation is said to be open, but fewer have signed than its charter asks for, or not the lead',
    action: 'keep the original; ask the lead office',
    disposition: 'quarantine',
  },
  OPERATIONS_TOO_EARLY: {
    meaning: 'the operation is said to be open before the time that its charter names',
    action: 'compare clocks with the lead office',
    disposition: 'reject',
  },
  OPERATIONS_MODE_WRONG: {
    meaning: 'an exercise is treated as real, or the reverse',
    action: 'say what the charter says; an exercise is one for ever',
    disposition: 'quarantine',
  },
  OPERATIONS_CROWDED: {
    meaning: 'more was proposed, or said of operations, than anybody can follow',
    action: 'sign or decline what was proposed, and ask the other office to stop',
    disposition: 'reject',
  },
  OPERATIONS_CHANGED: {
    meaning: 'something else was said of the operation at the same moment',
    action: 'look at the operation and try again',
    disposition: 'reject',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type OperationsErrorCode = keyof typeof OPERATIONS_ERRORS;

/** A charter or an act that has no place. */
export class OperationsError extends LiaisonError<OperationsErrorCode> {
  constructor(code: OperationsErrorCode, details?: ErrorDetails) {
    super('OperationsError', code, OPERATIONS_ERRORS[code], details);
  }
}
