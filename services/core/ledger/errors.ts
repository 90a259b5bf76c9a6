import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../foundation/index.ts';

/** The errors of this folder: a history that is not whole, a write that failed, a body that is not as it was put. */
export const LEDGER_ERRORS = {
  LEDGER_BATCH_MALFORMED: {
    meaning: "a message in the ledger's store is not a batch of records",
    action: 'keep the store as it is; compare the ledger with what the neighbours witnessed, restore it from a copy',
    disposition: 'fatal',
  },
  LEDGER_RECORD_MALFORMED: {
    meaning: 'a record of the ledger cannot be read',
    action: 'keep the store as it is; compare the ledger with what the neighbours witnessed, restore it from a copy',
    disposition: 'fatal',
  },
  LEDGER_EVENT_UNKNOWN: {
    meaning: 'a record of the ledger holds no event that this release knows',
    action: 'run the release that wrote it, or a newer one',
    disposition: 'fatal',
  },
  LEDGER_NUMBER_GAP: {
    meaning:
      'a record of the ledger does not have the number that follows the one before: records are missing or doubled',
    action: 'keep the store as it is; compare the ledger with what the neighbours witnessed, restore it from a copy',
    disposition: 'fatal',
  },
  LEDGER_PREVIOUS_MISMATCH: {
    meaning: 'a record of the ledger does not follow from the one before: the history was altered',
    action: 'keep the store as it is; compare the ledger with what the neighbours witnessed, restore it from a copy',
    disposition: 'fatal',
  },
  LEDGER_FIRST_NOT_FOUNDED: {
    meaning: 'the ledger does not begin with its founding record: its beginning is missing',
    action: 'keep the store as it is; restore the ledger from a copy',
    disposition: 'fatal',
  },
  LEDGER_FOUNDED_AGAIN: {
    meaning: 'a founding record stands where it is not the first',
    action: 'keep the store as it is; compare the ledger with what the neighbours witnessed',
    disposition: 'fatal',
  },
  LEDGER_OFFICE_MISMATCH: {
    meaning: 'the ledger was founded by another office',
    action: "see that the node is connected to its own office's server",
    disposition: 'fatal',
  },
  LEDGER_STORE_DAMAGED: {
    meaning: "the server counts more messages in the ledger's store than it gives back: the newest are lost",
    action: 'keep the store as it is; compare the ledger with what the neighbours witnessed, restore it from a copy',
    disposition: 'fatal',
  },
  LEDGER_STORE_UNREADABLE: {
    meaning: "the ledger's store did not give its records",
    action: "see that the office's server runs, then start the node again",
    disposition: 'retry',
  },
  LEDGER_FENCE_LOST: {
    meaning: 'somebody else has written to the ledger: this process is no longer its one writer',
    action: "stop one of the two nodes that use this office's server",
    disposition: 'fatal',
  },
  LEDGER_APPEND_FAILED: {
    meaning: 'the ledger could not be written; nothing of the append is on disk',
    action: 'see the cause: mostly a full disk or a server that is gone; then start the node again',
    disposition: 'fatal',
  },
  LEDGER_APPEND_UNDECIDED: {
    meaning: 'the server went away during an append, and whether it is on disk could not be read back',
    action: 'start the node again when the server runs; it reads from the ledger what was stored',
    disposition: 'fatal',
  },
  LEDGER_PROJECTION_FAILED: {
    meaning: 'what follows from a record could not be worked out; the record itself is on disk',
    action: "report the fault with the record's number; the node must not go on",
    disposition: 'fatal',
  },
  LEDGER_CLOSED: {
    meaning: 'the ledger takes nothing more: it was closed, or an earlier append failed',
    action: 'see the cause, remove it, then start the node again',
    disposition: 'fatal',
  },
  LEDGER_OVERLOADED: {
    meaning: 'too much waits to be written; this was not taken',
    action: 'none; it is tried again when there is room',
    disposition: 'retry',
  },
  LEDGER_TOO_LARGE: {
    meaning: 'the events of one append are more than one message to the store may hold',
    action: 'none; the caller must make smaller appends',
    disposition: 'reject',
  },
  LEDGER_EVENT_INVALID: {
    meaning: 'an event is beyond the bounds that the contract sets for records, and was not written',
    action: 'report it with the cause; nothing was recorded',
    disposition: 'reject',
  },
  LEDGER_CONTENT_TOO_LARGE: {
    meaning: 'a body is larger than the content store takes',
    action: 'send less in one message',
    disposition: 'reject',
  },
  LEDGER_CONTENT_EXPIRED: {
    meaning: 'the retention of a body is over before it was put',
    action: 'correct the expiry, or the clock',
    disposition: 'reject',
  },
  LEDGER_CONTENT_PUT_FAILED: {
    meaning: 'bodies could not be written to the content store',
    action: 'see the cause: mostly a full disk or a server that is gone',
    disposition: 'retry',
  },
  LEDGER_CONTENT_NOT_REMOVED: {
    meaning:
      'bodies whose retention is over could not be removed from the disk; nobody can read them through the office',
    action: 'see the cause: mostly a server that is gone; it is tried again every few minutes',
    disposition: 'retry',
  },
  LEDGER_CONTENT_UNREADABLE: {
    meaning: 'the content store did not answer',
    action: "see that the office's server runs",
    disposition: 'retry',
  },
  LEDGER_CONTENT_MISSING: {
    meaning: 'a body is gone before its retention is over',
    action: 'restore the content store from a copy; the ledger still proves what was there',
    disposition: 'quarantine',
  },
  LEDGER_CONTENT_ERASED: {
    meaning: 'a body was erased before its retention was over; the ledger says by whose order',
    action: 'none; its digest still proves what was there',
    disposition: 'reject',
  },
  LEDGER_CONTENT_NOT_ERASED: {
    meaning: 'a body that is to be erased could not be taken off the disk; nobody can read it through the office',
    action: 'see the cause: mostly a server that is gone; it is tried again every few minutes',
    disposition: 'retry',
  },
  LEDGER_CONTENT_DAMAGED: {
    meaning: 'a body is not the one that was recorded: its digest differs, or its batch cannot be read',
    action: "restore the content store from a copy; check the server's disk",
    disposition: 'quarantine',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type LedgerErrorCode = keyof typeof LEDGER_ERRORS;

/** What is wrong with an office's ledger or content. Errors of the store appear only as `cause`. */
export class LedgerError extends LiaisonError<LedgerErrorCode> {
  constructor(code: LedgerErrorCode, details?: ErrorDetails) {
    super('LedgerError', code, LEDGER_ERRORS[code], details);
  }
}
