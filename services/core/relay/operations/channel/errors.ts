import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../../../foundation/index.ts';

/** The errors of this folder: what has no place in the channel of a joint operation, said here or by another member. */
export const CHANNEL_ERRORS = {
  CHANNEL_OPERATION_UNKNOWN: {
    meaning: 'no operation with that name, under exactly that charter, is known here',
    action: 'check the name of the operation; list them with blo operation list',
    disposition: 'reject',
  },
  CHANNEL_NOT_LIVE: {
    meaning: 'the operation is not live, so nothing is said in its channel',
    action: 'look at the operation; what has to be said still goes into an alert or a request',
    disposition: 'reject',
  },
  CHANNEL_NOT_OPEN_YET: {
    meaning: 'a post came before the act that lets its sender say it',
    action: 'nothing; it is looked at again when the act has come',
    disposition: 'reject',
  },
  CHANNEL_NOT_MEMBER: {
    meaning: 'whoever speaks has not joined the operation, or is no longer part of it',
    action: 'look at the roster of the operation',
    disposition: 'reject',
  },
  CHANNEL_PAST_ROLE: {
    meaning:
      'the role in the operation does not let its office say that: an observer reads, the lead decides and tasks',
    action: 'look at the roster of the operation; ask the lead to say it',
    disposition: 'reject',
  },
  CHANNEL_MODE_DIFFERS: {
    meaning: 'the post is marked as an exercise and the operation is real, or the reverse',
    action: 'look which operation it is meant for; a post is what its charter says',
    disposition: 'reject',
  },
  CHANNEL_ABOVE_CEILING: {
    meaning: "the handling code is above the charter's ceiling",
    action: 'choose a handling code that the charter allows, or say it outside the channel',
    disposition: 'reject',
  },
  CHANNEL_TERMS_INVALID: {
    meaning: 'what the post says of its type, numbers or times does not fit together',
    action: 'a tasking names whom; the answer to one names it, and its state; other posts do neither',
    disposition: 'reject',
  },
  CHANNEL_ASSIGNEE_UNKNOWN: {
    meaning: 'a tasking is for an office that is no member of the operation',
    action: 'choose members that the roster shows as joined',
    disposition: 'reject',
  },
  CHANNEL_TARGET_UNKNOWN: {
    meaning: 'what the post answers is no post of this operation, or is not for this office to answer',
    action: 'check the identifier of the earlier post, and its origin',
    disposition: 'reject',
  },
  CHANNEL_TOO_MUCH_SAID: {
    meaning: 'a member said more in this operation than anybody can follow',
    action: 'close the operation and open another one under a new charter',
    disposition: 'reject',
  },
  CHANNEL_AFTER_LAST: {
    meaning: 'the sender said before which post was its last',
    action: 'ask the member which software it runs; nothing was changed by the post',
    disposition: 'quarantine',
  },
  CHANNEL_GAP_INVALID: {
    meaning: 'a notice about a post that was kept back does not name one post, its time and its place',
    action: 'ask the member which software it runs',
    disposition: 'quarantine',
  },
  CHANNEL_HISTORY_FORKED: {
    meaning: 'two different posts of one member stand at one place of its history',
    action: 'compare the transcripts of the members; one was shown another history, or a ledger was restored',
    disposition: 'quarantine',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type ChannelErrorCode = keyof typeof CHANNEL_ERRORS;

/** Something that has no place in the channel of an operation. */
export class ChannelError extends LiaisonError<ChannelErrorCode> {
  constructor(code: ChannelErrorCode, details?: ErrorDetails) {
    super('ChannelError', code, CHANNEL_ERRORS[code], details);
  }
}
