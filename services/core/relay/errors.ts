import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../foundation/index.ts';

/** The errors of this folder: what the relay will not do, and what it does not take from a neighbour. */
export const RELAY_ERRORS = {
  RELAY_RECIPIENT_UNKNOWN: {
    meaning: 'a recipient is not a neighbour of this office',
    action: 'choose one of the neighbours that the office is linked to',
    disposition: 'reject',
  },
  RELAY_DRILL_KEY_MISSING: {
    meaning: 'this office has no key for exercises, so it can hold none',
    action:
      'rotate the keys of the office, which makes keys for exercises too, and have the nation issue its directory',
    disposition: 'reject',
  },
  RELAY_CHANNEL_CLOSED: {
    meaning: 'the channel of the operation is closed to that office, so what still waited for it is not sent',
    action: 'none; the copy has ended with a signed negative receipt',
    disposition: 'reject',
  },
  RELAY_EXPIRY_INVALID: {
    meaning: 'the expiry is not in the future, or further away than the agreement lets a copy be kept',
    action: 'choose an expiry within the allowed time',
    disposition: 'reject',
  },
  RELAY_REFERENCE_UNKNOWN: {
    meaning: 'the message that this one answers, updates or cancels is not known here',
    action: 'check the identifier of the earlier message',
    disposition: 'reject',
  },
  RELAY_UPDATE_BRANCHES: {
    meaning: 'the message was updated, cancelled or corrected before; a newer version stands in its place',
    action: 'refer to the newest version',
    disposition: 'reject',
  },
  RELAY_UPDATE_MISPLACED: {
    meaning: 'a message takes the place of one of another kind',
    action: 'refer to a message of the same kind',
    disposition: 'reject',
  },
  RELAY_UPDATE_CIRCULAR: {
    meaning: 'a message came that takes the place of what takes its own place',
    action: 'ask the neighbour which software it runs; its versions go round in a circle',
    disposition: 'quarantine',
  },
  RELAY_AUDIENCE_DIFFERS: {
    meaning: 'an update, cancellation or correction is for exactly the offices that the message went to',
    action: 'leave the recipients out, or name all of them and no others',
    disposition: 'reject',
  },
  RELAY_IDEMPOTENCY_CONFLICT: {
    meaning: 'the idempotency key was used before for something else',
    action: 'use a fresh key for a new submission',
    disposition: 'reject',
  },
  RELAY_NOT_HELD: {
    meaning: 'no crossing of that message is waiting for a release here',
    action: 'look at the message; it was released, rejected or expired',
    disposition: 'reject',
  },
  RELAY_RELEASE_REFUSED: {
    meaning: 'the gate refuses the crossing as things stand now, so it cannot be released',
    action: 'read the deciding policies; reject the crossing or change what they rest on',
    disposition: 'reject',
  },
  RELAY_MESSAGE_UNKNOWN: {
    meaning: 'no message with that identifier is known here',
    action: 'check the identifier',
    disposition: 'reject',
  },
  RELAY_CONTENT_GONE: {
    meaning: 'the content is no longer kept: its retention has ended',
    action: 'the ledger still proves what was there; nothing else can be done',
    disposition: 'reject',
  },
  RELAY_CONTENT_ERASED: {
    meaning: 'the content was erased before its retention ended; the ledger says by whose order',
    action: 'what was signed about it still proves what was there',
    disposition: 'reject',
  },
  RELAY_REFERENCE_AWAITED: {
    meaning: 'a message is about one that is not here, and numbers before it are still to come',
    action: 'nothing; it is looked at again when they have come',
    disposition: 'retry',
  },
  RELAY_STOPPED: {
    meaning: 'the node is stopping, or its ledger cannot be written, so nothing more is accepted',
    action: 'submit again, under the same idempotency key, when the node is ready; look at the node log for the cause',
    disposition: 'retry',
  },
  RELAY_BUSY: {
    meaning: 'more is waiting for the disk than the node takes on',
    action: 'submit again shortly',
    disposition: 'retry',
  },
  RELAY_TRANSIT_MISPLACED: {
    meaning: 'what arrived names another office, lane or ledger than it came under',
    action: 'ask the neighbour; its node or something in between is at fault',
    disposition: 'quarantine',
  },
  RELAY_FRAME_REPLAYED_ALTERED: {
    meaning: 'a number of the lane was used again in another frame',
    action: 'ask the neighbour whether its ledger was restored from a backup; its history does not fit ours',
    disposition: 'quarantine',
  },
  RELAY_FRAME_CHAIN_BROKEN: {
    meaning: 'the frame does not follow the one before it on its lane',
    action: 'ask the neighbour whether its ledger was restored from a backup; its history does not fit ours',
    disposition: 'quarantine',
  },
  RELAY_ENVELOPE_REPEATED: {
    meaning: 'the same message came again under another number; it is here already',
    action: 'ask the neighbour why it was sent twice; nothing else is needed',
    disposition: 'reject',
  },
  RELAY_BODY_INVALID: {
    meaning: 'the body of a crossing has a text, list or number that the contract does not allow',
    action: 'ask the neighbour which software it runs; it sends what its own door should have refused',
    disposition: 'quarantine',
  },
  RELAY_TERMS_MISSING: {
    meaning: 'a message came without the terms that say what it is about',
    action: 'ask the neighbour which software it runs and what its law withholds; nothing was changed by the message',
    disposition: 'reject',
  },
  RELAY_KIND_MISPLACED: {
    meaning: 'a message of a kind that never leaves its office came over a link',
    action: 'ask the neighbour which software it runs',
    disposition: 'quarantine',
  },
  RELAY_CROSSING_TOO_LARGE: {
    meaning: 'a crossing is larger than an office can keep',
    action: 'ask the neighbour to send less in one message',
    disposition: 'quarantine',
  },
  RELAY_OWN_HISTORY_DIFFERS: {
    meaning: 'a neighbour holds a signed head of our ledger that our ledger does not contain',
    action: 'stop; compare the ledger with its backups: it was truncated, restored or rewritten',
    disposition: 'fatal',
  },
  RELAY_PEER_HISTORY_DIFFERS: {
    meaning:
      'a neighbour signed a head of its ledger that does not fit the one it signed before, or began another ledger',
    action: 'ask the neighbour whether its ledger was restored or rewritten; this ledger holds what it signed before',
    disposition: 'quarantine',
  },
  RELAY_RECEIPT_MISPLACED: {
    meaning: 'a receipt is about a crossing that was not sent to the office that signed it',
    action: 'ask the neighbour; nothing was changed by the receipt',
    disposition: 'quarantine',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type RelayErrorCode = keyof typeof RELAY_ERRORS;

/** Something the relay refuses to do or to take. */
export class RelayError extends LiaisonError<RelayErrorCode> {
  constructor(code: RelayErrorCode, details?: ErrorDetails) {
    super('RelayError', code, RELAY_ERRORS[code], details);
  }
}
