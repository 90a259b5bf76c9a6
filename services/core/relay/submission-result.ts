import type { OutboundMessage } from '../ledger/index.ts';
import type { DataCategory } from '../wire/index.ts';
import type { SubmissionResult } from './types.ts';

/** The data categories of which something is withheld, each once and in the order of the contract. */
export function withheldCategories(decision: {
  readonly withheld: readonly { readonly category: DataCategory }[];
}): readonly DataCategory[] {
  return [...new Set(decision.withheld.map((entry) => entry.category))].sort((a, b) => a - b);
}

/** What the submitter of a message is answered, from what is on record of it. */
export function submissionResult(message: OutboundMessage, repeated: boolean): SubmissionResult {
  return {
    id: message.id,
    origin: message.origin,
    envelopeDigest: message.envelopeDigest,
    acceptedMs: message.acceptedMs,
    emergency: message.emergency !== '',
    recipients: [...message.copies.values()].map((copy) => ({
      to: copy.to,
      outcome: copy.decision.outcome,
      withheld: withheldCategories(copy.decision),
      decision: copy.decision,
    })),
    repeated,
  };
}
