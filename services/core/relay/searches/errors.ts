import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../../foundation/index.ts';

/** The errors of this folder: what may not be searched for, and what has no place as a search or its result. */
export const SEARCHES_ERRORS = {
  SEARCHES_NOTHING_TO_SEARCH: {
    meaning: 'a subject has nothing that can be searched for',
    action:
      'give each subject a number, plate, account or the like, a name of at least two words, or one name with the whole date of birth',
    disposition: 'reject',
  },
  SEARCHES_QUOTA_SPENT: {
    meaning: 'the officer has searched as often as one officer may in an hour; each subject counts',
    action: 'wait, or ask the neighbour with a request for information',
    disposition: 'reject',
  },
  SEARCHES_LOOKOUT_UNKNOWN: {
    meaning: 'no lookout with that identifier is known here',
    action: 'check the identifier in the list of lookouts',
    disposition: 'reject',
  },
  SEARCHES_LOOKOUT_OVER: {
    meaning: 'the lookout has ended or expired already',
    action: 'look at the list of lookouts; enter a new one where somebody is looked for again',
    disposition: 'reject',
  },
  SEARCHES_SUBJECTS_MISCOUNTED: {
    meaning: 'a search has another number of subjects than its terms say',
    action: 'ask the neighbour which software it runs; nothing was searched',
    disposition: 'quarantine',
  },
  SEARCHES_PASSED_ON: {
    meaning: 'a search came from another office than the one that asks',
    action: 'ask the neighbour; an office answers searches of its neighbours only',
    disposition: 'quarantine',
  },
  SEARCHES_RESULT_MISPLACED: {
    meaning: 'a result is not about exactly a search that went from here to the office that it comes from',
    action: 'ask the neighbour; nothing was changed by the result',
    disposition: 'quarantine',
  },
  SEARCHES_RESULT_REPEATED: {
    meaning: 'the office has given its result of that search already',
    action: 'ask the neighbour; the first result stands',
    disposition: 'quarantine',
  },
  SEARCHES_FINDINGS_INVALID: {
    meaning: 'a result does not say exactly one thing of each subject, or says more than a hit may',
    action: 'ask the neighbour which software it runs; nothing was changed by the result',
    disposition: 'quarantine',
  },
  SEARCHES_INDEX_FULL: {
    meaning: 'more is looked for, or was alerted, than searches are answered from: the oldest is not found any more',
    action: 'end lookouts that are no longer needed; shorten how long alerts are current',
    disposition: 'reject',
  },
  SEARCHES_ANSWERED: {
    meaning: 'the search has its result already, or its time is over',
    action: 'nothing; a search has one result',
    disposition: 'reject',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type SearchesErrorCode = keyof typeof SEARCHES_ERRORS;

/** A search, result or lookout that has no place. */
export class SearchesError extends LiaisonError<SearchesErrorCode> {
  constructor(code: SearchesErrorCode, details?: ErrorDetails) {
    super('SearchesError', code, SEARCHES_ERRORS[code], details);
  }
}
