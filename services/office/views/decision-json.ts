import { type EpochMs, rfc3339 } from '../../core/foundation/index.ts';
import type { AgreementView, ApprovalView, DecisionView, ReceiptView } from '../../core/ledger/index.ts';
import { type DataCategory, Outcome } from '../../core/wire/index.ts';
import { codeName } from './code-names.ts';

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  [Outcome.UNSPECIFIED]: 'unknown',
  [Outcome.RELEASED]: 'released',
  [Outcome.HELD]: 'held',
  [Outcome.REFUSED]: 'refused',
};

/** A gate's outcome in one word. */
export function outcomeWord(outcome: Outcome): string {
  return OUTCOMES[outcome];
}

/** Data categories as the contract spells them, each once and in its order. */
export function categoryNames(categories: Iterable<DataCategory>): readonly string[] {
  return [...new Set(categories)].sort((a, b) => a - b).map((category) => codeName('DataCategory', category));
}

/** What was decided for one recipient, in short: the answer to a submission and the lists have it. */
export function decisionSummary(decision: DecisionView): Readonly<Record<string, unknown>> {
  return {
    outcome: outcomeWord(decision.outcome),
    withheld: categoryNames(decision.withheld.map((entry) => entry.category)),
    policies: decision.policies,
    ...(decision.reason === '' ? {} : { reason: decision.reason }),
  };
}

/** A decision with every rule and bundle that it rests on. */
export function decisionJson(decision: DecisionView): Readonly<Record<string, unknown>> {
  return {
    ...decisionSummary(decision),
    decidedAt: rfc3339(decision.decidedMs),
    ...(decision.releasedBy === '' ? {} : { releasedBy: decision.releasedBy }),
    ...(decision.approvedBy === '' ? {} : { approvedBy: decision.approvedBy }),
    withheldParts: decision.withheld.map(({ category, policies, parts }) => ({
      category: codeName('DataCategory', category),
      policies,
      parts: parts.length,
    })),
    bundles: decision.bundles,
  };
}

/** The first of two persons who agreed that something passes. */
export function approvalJson({ by, role, reason, atMs, shown }: ApprovalView): Readonly<Record<string, unknown>> {
  return { by, role, reason, at: rfc3339(atMs), shown };
}

/** The agreement and article that a crossing relies on. */
export function agreementJson(agreement: AgreementView | null): Readonly<Record<string, unknown>> | null {
  return agreement === null ? null : { ...agreement };
}

/** A signed receipt as the ledger has it; the signed bytes are in the evidence. */
export function receiptJson(receipt: ReceiptView): Readonly<Record<string, unknown>> {
  return {
    kind: codeName('ReceiptKind', receipt.kind),
    issuer: receipt.issuer,
    at: rfc3339(receipt.atMs),
    recordedAt: rfc3339(receipt.recordedMs),
    ...(receipt.relayedMs > 0 ? { relayedAt: rfc3339(receipt.relayedMs as EpochMs) } : {}),
    ...(receipt.reason === '' ? {} : { reason: receipt.reason }),
    record: receipt.record,
  };
}
