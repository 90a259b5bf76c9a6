import type { Key } from '../i18n/catalogue.ts';

/** A step that an officer took with a message, as the office answers it. */
export interface TriageStep {
  readonly step: number;
  readonly officer: string;
  readonly action: string;
  readonly at: string;
  readonly assignee?: string | null;
  readonly caseReference?: string | null;
  readonly outcome?: string;
  readonly agencies?: readonly string[];
}

/** What somebody did, as a sentence; `outcome` is a code of TriageOutcome. */
export interface TriageSentence {
  readonly key: Key;
  readonly values: Readonly<Record<string, string>>;
  readonly outcome?: string;
}

/** What is said of one step: who did what. */
export function triageSentence(step: TriageStep): TriageSentence {
  const { officer, action, assignee, caseReference, outcome, agencies = [] } = step;
  switch (action) {
    case 'TRIAGE_ACTION_ASSIGN':
      if (isNone(assignee)) return { key: 'triage.did.unassigned', values: { officer } };
      return assignee === officer
        ? { key: 'triage.did.took', values: { officer } }
        : { key: 'triage.did.assigned', values: { officer, assignee } };
    case 'TRIAGE_ACTION_CASE':
      return isNone(caseReference)
        ? { key: 'triage.did.caseEnded', values: { officer } }
        : { key: 'triage.did.case', values: { officer, caseReference } };
    case 'TRIAGE_ACTION_NOTE':
      return { key: 'triage.did.note', values: { officer } };
    case 'TRIAGE_ACTION_CLOSE':
      return { key: 'triage.did.closed', values: { officer }, ...(outcome === undefined ? {} : { outcome }) };
    case 'TRIAGE_ACTION_REOPEN':
      return { key: 'triage.did.reopened', values: { officer } };
    case 'TRIAGE_ACTION_RESTRICT':
      return agencies.length === 0
        ? { key: 'triage.did.unrestricted', values: { officer } }
        : { key: 'triage.did.restricted', values: { officer, agencies: agencies.join(', ') } };
    default:
      return { key: 'triage.did.other', values: { officer, action } };
  }
}

function isNone(text: string | null | undefined): text is null | undefined | '' {
  return text === undefined || text === null || text === '';
}
