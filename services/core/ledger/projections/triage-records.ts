import type { EpochMs } from '../../foundation/index.ts';
import {
  type ContentRef,
  type LedgerRecord,
  type MessageTriaged,
  TriageAction,
  type TriageOutcome,
} from '../../wire/index.ts';
import { ownContentRef } from './decision-view.ts';

/** One thing that an officer did with a message. */
export interface TriageStepView {
  /** From 1. */
  readonly step: number;
  readonly officer: string;
  readonly action: TriageAction;
  readonly assignee: string;
  readonly caseReference: string;
  /** Of a note: an encoded TriageNote; null where it is none, or was erased. */
  note: ContentRef | null;
  readonly outcome: TriageOutcome;
  readonly agencies: readonly string[];
  readonly atMs: EpochMs;
  readonly record: number;
}

/** How a message stands with the officers of this office. */
export interface TriageView {
  /** All of them in order; never empty. */
  readonly steps: readonly TriageStepView[];
  /** Who has it; empty where nobody has. */
  readonly assignee: string;
  /** This office's own; empty where it has none. */
  readonly caseReference: string;
  /** Whoever closed it, when and with what outcome; null while it is open. */
  readonly closed: { readonly by: string; readonly atMs: EpochMs; readonly outcome: TriageOutcome } | null;
  /** The agencies whose officers alone see it; empty where it is not restricted. */
  readonly restrictedTo: readonly string[];
  readonly notes: number;
}

/** What officers did with messages, by the messages' keys. */
export interface TriageRecords {
  readonly add: (event: MessageTriaged, record: LedgerRecord) => void;
  /** The notes about a message have no text any more; gives where their texts lay. */
  readonly eraseNotes: (message: string) => readonly ContentRef[];
  readonly of: (message: string) => TriageView | undefined;
  /** Messages with a step, in the order of their first. */
  readonly all: () => IterableIterator<[string, TriageView]>;
}

type Growing = { -readonly [Name in keyof TriageView]: TriageView[Name] } & { readonly steps: TriageStepView[] };

/** None yet. */
export function triageRecords(): TriageRecords {
  const byMessage = new Map<string, Growing>();
  return {
    add: (event, { atMs, number }) => {
      const key = `${event.origin}/${event.envelopeId}`;
      const view = byMessage.get(key) ?? untouched();
      byMessage.set(key, view);
      const step: TriageStepView = {
        step: event.step,
        officer: event.officer,
        action: event.action,
        assignee: event.assignee,
        caseReference: event.caseReference,
        note: ownContentRef(event.note),
        outcome: event.outcome,
        agencies: event.agencies,
        atMs: atMs as EpochMs,
        record: number,
      };
      view.steps.push(step);
      take(view, step);
    },
    eraseNotes: (message) => {
      const erased: ContentRef[] = [];
      for (const step of byMessage.get(message)?.steps ?? []) {
        if (step.note !== null) erased.push(step.note);
        step.note = null;
      }
      return erased;
    },
    of: (message) => byMessage.get(message),
    all: () => byMessage.entries(),
  };
}

function untouched(): Growing {
  return { steps: [], assignee: '', caseReference: '', closed: null, restrictedTo: [], notes: 0 };
}

function take(view: Growing, step: TriageStepView): void {
  switch (step.action) {
    case TriageAction.ASSIGN:
      view.assignee = step.assignee;
      return;
    case TriageAction.CASE:
      view.caseReference = step.caseReference;
      return;
    case TriageAction.NOTE:
      view.notes++;
      return;
    case TriageAction.CLOSE:
      view.closed = { by: step.officer, atMs: step.atMs, outcome: step.outcome };
      return;
    case TriageAction.REOPEN:
      view.closed = null;
      return;
    case TriageAction.RESTRICT:
      view.restrictedTo = step.agencies;
      return;
    default:
  }
}
