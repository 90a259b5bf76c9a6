import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../../../foundation/index.ts';

/** The errors of this folder: files that cannot be handed in, attached or opened, and pieces that have no place here. */
export const ATTACHMENTS_ERRORS = {
  ATTACHMENTS_FILE_UNKNOWN: {
    meaning: 'no file of that name waits here to be attached in that operation',
    action: 'hand the file in first; a file goes with one post, and one that goes with none is erased after a day',
    disposition: 'reject',
  },
  ATTACHMENTS_CATEGORY_UNFIT: {
    meaning: 'files of that kind of data are not attached, or not in this operation',
    action: 'choose the kind of data that the file shows, one of those that the charter names',
    disposition: 'reject',
  },
  ATTACHMENTS_STORE_FULL: {
    meaning: 'as many files lie here as this office keeps at a time',
    action: 'wait until the retention of older ones ends, or have the posts recalled that need no files any more',
    disposition: 'reject',
  },
  ATTACHMENTS_UNKNOWN: {
    meaning: 'no file with that label belongs to that post as this office has it; it may be withheld',
    action: 'look at the post; what is withheld can be asked for',
    disposition: 'reject',
  },
  ATTACHMENTS_INCOMPLETE: {
    meaning: 'not all pieces of the file are here yet',
    action: 'wait; the post says how many are here',
    disposition: 'retry',
  },
  ATTACHMENTS_REJECTED: {
    meaning: 'the file was not what its sender said, and nothing of it was kept',
    action: 'see the custody record for the reason, and ask the sender for the file in another post',
    disposition: 'reject',
  },
  ATTACHMENTS_ERASED: {
    meaning: 'the file was erased',
    action: 'see the custody record; the digest stays',
    disposition: 'reject',
  },
  ATTACHMENTS_TYPE_DIFFERS: {
    meaning: 'the content of a file is of another type than its sender said',
    action: 'ask the sender what it is',
    disposition: 'quarantine',
  },
  ATTACHMENTS_PIECE_MISPLACED: {
    meaning: 'a piece belongs to no post that its sender said to this office, or to no place in its file',
    action: 'ask the neighbour; nothing was changed by the piece',
    disposition: 'quarantine',
  },
  ATTACHMENTS_PIECE_REPEATED: {
    meaning: 'a piece came that is here already',
    action: 'nothing; the first one counts',
    disposition: 'reject',
  },
  ATTACHMENTS_PIECE_UNAWAITED: {
    meaning: 'a piece came of a file that cannot be opened here, or that was recalled, erased or rejected',
    action: 'nothing; its sender learns it by a signed receipt',
    disposition: 'reject',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of attachments. */
export type AttachmentsErrorCode = keyof typeof ATTACHMENTS_ERRORS;

/** A file of an operation, or a piece of one, that has no place. */
export class AttachmentsError extends LiaisonError<AttachmentsErrorCode> {
  constructor(code: AttachmentsErrorCode, details?: ErrorDetails) {
    super('AttachmentsError', code, ATTACHMENTS_ERRORS[code], details);
  }
}
