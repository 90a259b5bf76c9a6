/** The closed sets of words that logs, metrics and events use; nothing else is a label. */
export const LABELS = {
  lane: ['flash', 'immediate', 'priority', 'routine', 'receipts', 'status', 'bulk'],
  direction: ['outbound', 'inbound'],
  gate: ['export', 'import'],
  outcome: ['released', 'held', 'refused'],
  resolution: ['released', 'rejected', 'expired'],
  reviewEvent: ['opened', 'closed', 'overdue'],
  reviewState: ['open', 'overdue'],
  /** How a search ended: a hit on one subject at least, none, nothing to look for, or a limit that was spent. */
  searchOutcome: ['hit', 'no-hit', 'not-searched', 'quota-spent'],
  messageKind: [
    'alert',
    'request',
    'request-step',
    'answer',
    'lookout',
    'search',
    'search-result',
    'recall',
    'recall-answer',
    'consent-request',
    'consent',
    'part-request',
    'review',
    'operation-charter',
    'operation-act',
    'operation-post',
    'operation-gap',
    'attachment-chunk',
    'bulletin',
  ],
  /** On which side of a request this office is. */
  requestSide: ['asking', 'asked'],
  requestState: [
    'held',
    'rejected',
    'refused-by-gate',
    'failed',
    'submitted',
    'delivered',
    'acknowledged',
    'clarification-asked',
    'answered-in-part',
    'answered',
    'refused',
    'withdrawn',
    'expired',
  ],
  requestDue: ['reminder', 'overdue'],
  recallOutcome: ['done', 'partly', 'refused'],
  /** Why there is one more crossing of a message. */
  occasion: ['onward', 'opening', 'history'],
  documentKind: ['directory', 'agreement', 'policy-bundle', 'charter'],
  /** What became of a message and the region. */
  regionEvent: ['released', 'received', 'withdrawn'],
  operationState: ['proposed', 'live', 'suspended', 'closing', 'closed', 'ended'],
  operationAction: [
    'sign',
    'decline',
    'open',
    'leave',
    'remove',
    'suspend',
    'resume',
    'close',
    'contribute',
    'sign-report',
  ],
  triageAction: ['assign', 'case', 'note', 'close', 'reopen', 'restrict'],
  receiptKind: [
    'submission-acceptance',
    'submission-rejection',
    'relay-acceptance',
    'relay-failure',
    'delivery',
    'non-delivery',
    'retrieval',
    'non-retrieval',
  ],
  /** From where to where a duration runs; the first three within this office, the others on the origin's own clock. */
  step: ['decide', 'seal', 'verify', 'accepted-framed', 'framed-relayed', 'relayed-delivered', 'accepted-delivered'],
  method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
} as const;

/** A set of words by name. */
export type LabelSet = keyof typeof LABELS;

/** One word of a set. */
export type Label<Name extends LabelSet> = (typeof LABELS)[Name][number];

/** Whether `value` is a word of the set. */
export function isLabel<Name extends LabelSet>(name: Name, value: unknown): value is Label<Name> {
  return (LABELS[name] as readonly unknown[]).includes(value);
}
