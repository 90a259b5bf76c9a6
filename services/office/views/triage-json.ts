import { rfc3339 } from '../../core/foundation/index.ts';
import type { TriageStepView, TriageView } from '../../core/ledger/index.ts';
import type { NoteText } from '../../core/relay/index.ts';
import { TriageAction } from '../../core/wire/index.ts';
import { codeName } from './code-names.ts';

type Json = Readonly<Record<string, unknown>>;

/** How a message stands with this office's officers, in short; every list line has it. */
export function triageJson(view: TriageView | undefined): Json {
  const last = view?.steps.at(-1);
  const closed = view?.closed ?? null;
  return {
    step: view?.steps.length ?? 0,
    assignee: orNull(view?.assignee),
    caseReference: orNull(view?.caseReference),
    outcome: closed === null ? null : codeName('TriageOutcome', closed.outcome),
    closedAt: closed === null ? null : rfc3339(closed.atMs),
    closedBy: closed?.by ?? null,
    restrictedTo: view?.restrictedTo ?? [],
    notes: view?.notes ?? 0,
    last:
      last === undefined
        ? null
        : { officer: last.officer, action: codeName('TriageAction', last.action), at: rfc3339(last.atMs) },
  };
}

/** One step with all that belongs to its action. */
export function triageStepJson(step: TriageStepView, note: NoteText | { readonly state: 'restricted' }): Json {
  return {
    step: step.step,
    officer: step.officer,
    action: codeName('TriageAction', step.action),
    at: rfc3339(step.atMs),
    ...(step.action === TriageAction.ASSIGN ? { assignee: orNull(step.assignee) } : {}),
    ...(step.action === TriageAction.CASE ? { caseReference: orNull(step.caseReference) } : {}),
    ...(step.action === TriageAction.NOTE ? { note } : {}),
    ...(step.action === TriageAction.CLOSE ? { outcome: codeName('TriageOutcome', step.outcome) } : {}),
    ...(step.action === TriageAction.RESTRICT ? { agencies: step.agencies } : {}),
    record: step.record,
  };
}

function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
