export { TRIAGE_ERRORS, TriageError, type TriageErrorCode } from './errors.ts';
export { triageDesk } from './triage-desk.ts';
export type { NoteText, TriageDesk, TriageInput } from './types.ts';
