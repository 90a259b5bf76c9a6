import type { EnvelopeId, OfficeId } from '../../foundation/index.ts';
import type { TriageStepView, TriageView } from '../../ledger/index.ts';
import type { TriageAction, TriageOutcome } from '../../wire/index.ts';

/** What an officer does with a message, and what they had seen of it. */
export interface TriageInput {
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly officer: string;
  readonly action: TriageAction;
  /** How many steps they had seen. */
  readonly step: number;
  readonly assignee: string;
  readonly caseReference: string;
  readonly note: string;
  readonly noteLanguage: string;
  readonly outcome: TriageOutcome;
  readonly agencies: readonly string[];
}

/** The words of a note, or why they cannot be shown. */
export type NoteText =
  | { readonly state: 'present'; readonly text: string; readonly language: string }
  /** Its retention is over. */
  | { readonly state: 'gone' }
  /** It ended with the content of the message. */
  | { readonly state: 'erased' }
  | { readonly state: 'unreadable' };

/** What officers do with the messages that the office has; a matter of this office alone. */
export interface TriageDesk {
  /**
   * The step is on disk when it resolves; the view has it. Of two officers who act on one state, one succeeds.
   * @throws TriageError TRIAGE_CONFLICT with who did what when, TRIAGE_KIND_UNFIT, TRIAGE_NOT_DELIVERED, TRIAGE_CLOSED,
   * TRIAGE_NOT_CLOSED, TRIAGE_FIELD_MISSING, TRIAGE_CONTENT_ENDED, TRIAGE_TOO_MUCH; RelayError RELAY_MESSAGE_UNKNOWN and
   * as `Desk.commit`.
   */
  readonly take: (input: TriageInput) => Promise<TriageView>;
  /** What a note says. */
  readonly readNote: (step: TriageStepView) => Promise<NoteText>;
}
