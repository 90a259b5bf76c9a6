import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../../../foundation/index.ts';

/** The errors of this folder: why the after-action report of an operation is not there to be read or signed. */
export const REPORT_ERRORS = {
  REPORT_NOT_OPENED: {
    meaning: 'the operation never was live, so there is nothing to report',
    action: 'look at the operation; it has to be opened first',
    disposition: 'reject',
  },
  REPORT_NOT_FINAL: {
    meaning: 'the operation is not closed yet, so its report still changes',
    action: 'the lead closes the operation; then every member states its figures, and the report is final',
    disposition: 'reject',
  },
  REPORT_NOT_MEMBER: {
    meaning: 'this office is no longer part of the operation, or never was',
    action: 'members that were there to the end sign the report; what this office had it can prove from its own ledger',
    disposition: 'reject',
  },
  REPORT_CHANGED: {
    meaning: 'the report is not the one that was read before signing',
    action: 'read it again, and sign what it says now',
    disposition: 'reject',
  },
  REPORT_DIFFERS: {
    meaning: 'another member signed a report that says something else',
    action:
      'compare the reports of the offices that are named; one of them lacks an act of the others, or lies; to sign all the same, name them',
    disposition: 'reject',
  },
  REPORT_CONTRADICTED: {
    meaning: 'what a member states of its posts is not what this office has on record of them',
    action:
      'compare the transcripts of both offices; the report names the posts; to sign all the same, name the office',
    disposition: 'reject',
  },
  REPORT_SIGNED: {
    meaning: 'this office has signed exactly this report already',
    action: 'nothing; the signatures stand in the report',
    disposition: 'reject',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type ReportErrorCode = keyof typeof REPORT_ERRORS;

/** Why the report of an operation is not there to be read or signed. */
export class ReportError extends LiaisonError<ReportErrorCode> {
  constructor(code: ReportErrorCode, details?: ErrorDetails) {
    super('ReportError', code, REPORT_ERRORS[code], details);
  }
}
