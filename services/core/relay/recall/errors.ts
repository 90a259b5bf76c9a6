import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../../foundation/index.ts';

/** The errors of recalls: what may not be recalled or answered, and what a recall stands against. */
export const RECALL_ERRORS = {
  RECALL_NOT_ORIGINATOR: {
    meaning: 'only the office that said a message recalls it, and names its exact envelope',
    action: 'ask the originator to recall it',
    disposition: 'reject',
  },
  RECALL_KIND_UNFIT: {
    meaning: 'a message of that kind is not recalled: it is the record of a recall, a charter, or an act about one',
    action: 'recall the message that a recall is about; an operation is suspended or closed instead',
    disposition: 'reject',
  },
  RECALL_REPEATED: {
    meaning: 'the message was recalled before with that action, or with a deletion, which goes further',
    action: 'look at the earlier recall: it says who has answered',
    disposition: 'reject',
  },
  RECALL_HOLDERS_CHANGED: {
    meaning: 'while the recall was signed, one more office came to get the message',
    action: 'recall it again; it goes to all of them then',
    disposition: 'retry',
  },
  RECALL_ANSWER_BY_INVALID: {
    meaning: 'the time to answer by is not in the future, or further away than a message may live',
    action: 'choose a time within the allowed one',
    disposition: 'reject',
  },
  RECALL_UNKNOWN: {
    meaning: 'no recall with that identifier is known here',
    action: 'check the identifier',
    disposition: 'reject',
  },
  RECALL_NOT_RECEIVED: {
    meaning: 'the recall is of this office itself: the others answer it',
    action: 'nothing is to be answered here',
    disposition: 'reject',
  },
  RECALL_ANSWERED: {
    meaning: 'this office has answered the recall',
    action: 'the signed answer stands',
    disposition: 'reject',
  },
  RECALL_GROUND_UNFIT: {
    meaning: 'an answer that not all was done names its ground, and one that all was done has none',
    action: 'give a ground of the list, or none',
    disposition: 'reject',
  },
  RECALL_COPY_UNDER_WAY: {
    meaning: 'a copy that this office passed on is on the line, and whether it arrived is not known yet',
    action: 'answer when the link to that office is up and has caught up',
    disposition: 'retry',
  },
  RECALL_RECALLED: {
    meaning: 'the originator has called the message back',
    action: 'nothing further is done with it; see the recall',
    disposition: 'reject',
  },
  RECALL_RECALLED_ALREADY: {
    meaning: 'the message came after the recall of it, and was not taken in',
    action: 'nothing; its sender learns it by a signed receipt',
    disposition: 'reject',
  },
  RECALL_ANSWER_MISPLACED: {
    meaning: 'an answer to a recall came from an office that it was not sent to, came twice, or names something else',
    action: 'ask the neighbour; nothing was changed by the answer',
    disposition: 'quarantine',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of recalls. */
export type RecallErrorCode = keyof typeof RECALL_ERRORS;

/** Something about a recall that has no place. */
export class RecallError extends LiaisonError<RecallErrorCode> {
  constructor(code: RecallErrorCode, details?: ErrorDetails) {
    super('RecallError', code, RECALL_ERRORS[code], details);
  }
}
