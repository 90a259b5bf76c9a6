export { afterActionReport } from './after-action-report.ts';
export { contributionOf } from './contribution.ts';
export { REPORT_ERRORS, ReportError, type ReportErrorCode } from './errors.ts';
export { type ReportDesk, reportDesk } from './report-desk.ts';
export type {
  AfterActionReport,
  Contradiction,
  ReportedAssignment,
  ReportedEvent,
  ReportedMember,
  ReportedTasking,
  ReportView,
} from './types.ts';
