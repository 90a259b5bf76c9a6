import { type EpochMs, type OfficeId, rfc3339 } from '../../core/foundation/index.ts';
import type {
  ApprovalView,
  DecisionView,
  HoldView,
  InboundMessageView,
  OutboundCopy,
  OutboundMessage,
  ReceiptView,
} from '../../core/ledger/index.ts';
import { HoldResolution, Outcome, ReceiptKind } from '../../core/wire/index.ts';
import { outcomeWord } from './decision-json.ts';

/** The steps of a message's custody, in the order in which they follow each other. */
export const TIMELINE_EVENTS = [
  'accepted',
  'received',
  'decided',
  'held',
  'approved',
  'released',
  'rejected',
  'expired',
  'framed',
  'relayed',
  'relay-accepted',
  'relay-failed',
  'delivered',
  'not-delivered',
  'retrieved',
  'not-retrieved',
] as const;

/** One of the steps. */
export type TimelineEvent = (typeof TIMELINE_EVENTS)[number];

/** One step, by the clock of the office that took it. */
export interface TimelineEntry {
  readonly at: string;
  readonly event: TimelineEvent;
  /** The office that took the step and whose clock `at` is. */
  readonly office: OfficeId;
  /** The other office of the copy that it is about; null where it is about the message. */
  readonly peer: OfficeId | null;
  readonly detail: string;
  /** When this office had it on record: the entries stand in this order, whatever other clocks say. */
  readonly recordedAt: string;
}

interface Step {
  readonly atMs: EpochMs;
  readonly recordedMs: EpochMs;
  readonly event: TimelineEvent;
  readonly office: OfficeId;
  readonly peer: OfficeId | null;
  readonly detail: string;
}

const RECEIPT_EVENTS: Readonly<Partial<Record<ReceiptKind, TimelineEvent>>> = {
  [ReceiptKind.RELAY_ACCEPTANCE]: 'relay-accepted',
  [ReceiptKind.RELAY_FAILURE]: 'relay-failed',
  [ReceiptKind.DELIVERY]: 'delivered',
  [ReceiptKind.NON_DELIVERY]: 'not-delivered',
  [ReceiptKind.RETRIEVAL]: 'retrieved',
  [ReceiptKind.NON_RETRIEVAL]: 'not-retrieved',
};

const HOLD_EVENTS: Readonly<Partial<Record<HoldResolution, TimelineEvent>>> = {
  [HoldResolution.RELEASED]: 'released',
  [HoldResolution.REJECTED]: 'rejected',
  [HoldResolution.EXPIRED]: 'expired',
};

/** What happened to a message of this office and to each of its copies. */
export function outboundTimeline(message: OutboundMessage): readonly TimelineEntry[] {
  const self = message.origin;
  const steps: Step[] = [own('accepted', message.acceptedMs, self, null, message.submittedBy)];
  for (const copy of message.copies.values()) {
    steps.push(...gateSteps(copy.decision, copy.hold, message.acceptedMs, self, copy.to));
    steps.push(...approvalSteps(copy.approvals, self, copy.to));
    if (copy.framedMs !== null) steps.push(own('framed', copy.framedMs, self, copy.to, `number ${copy.number}`));
    if (copy.relayedMs !== null) steps.push(own('relayed', copy.relayedMs, self, copy.to, ''));
    for (const receipt of copy.receipts) steps.push(...receiptSteps(copy, receipt));
  }
  return inOrder(steps);
}

/** What happened to a message of another office since it arrived here. */
export function inboundTimeline(message: InboundMessageView, self: OfficeId): readonly TimelineEntry[] {
  const { from, receivedMs, deliveredMs } = message;
  const steps: Step[] = [own('received', receivedMs, self, from, `number ${message.number}`)];
  steps.push(
    ...gateSteps(message.decision, message.hold, receivedMs, self, from),
    ...approvalSteps(message.approvals, self, from),
  );
  if (deliveredMs !== null) steps.push(own('delivered', deliveredMs, self, from, ''));
  for (const { by, atMs } of message.retrievals) steps.push(own('retrieved', atMs, self, from, by));
  for (const receipt of message.receipts) {
    const event = RECEIPT_EVENTS[receipt.kind];
    // What this office did is shown above; of its own receipts only those that end something say more.
    if (event === 'not-delivered' || event === 'not-retrieved' || event === 'relay-failed')
      steps.push(own(event, receipt.recordedMs, self, from, receipt.reason));
  }
  return inOrder(steps);
}

function own(event: TimelineEvent, atMs: EpochMs, office: OfficeId, peer: OfficeId | null, detail: string): Step {
  return { event, atMs, recordedMs: atMs, office, peer, detail };
}

function gateSteps(
  decision: DecisionView,
  hold: HoldView | null,
  recordedMs: EpochMs,
  self: OfficeId,
  peer: OfficeId,
): Step[] {
  // A release replaces the decision; that it was held before is what the hold itself shows.
  const first = hold === null ? decision.outcome : Outcome.HELD;
  const reason = hold === null && decision.reason !== '' ? ` ${decision.reason}` : '';
  // A decision counts from when it is on disk.
  const steps: Step[] = [own('decided', recordedMs, self, peer, `${outcomeWord(first)}${reason}`)];
  if (first === Outcome.HELD)
    steps.push(own('held', recordedMs, self, peer, (hold?.decision ?? decision).policies.join(' ')));
  const event = hold === null ? undefined : HOLD_EVENTS[hold.resolution];
  if (hold !== null && event !== undefined) steps.push(own(event, hold.atMs, self, peer, hold.by));
  return steps;
}

/** The first of two persons agreed that it passes. */
function approvalSteps(approvals: readonly ApprovalView[], self: OfficeId, peer: OfficeId): Step[] {
  return approvals.map(({ atMs, by }) => own('approved', atMs, self, peer, by));
}

function receiptSteps(copy: OutboundCopy, receipt: ReceiptView): Step[] {
  const event = RECEIPT_EVENTS[receipt.kind];
  if (event === undefined) return [];
  const step = (name: TimelineEvent, atMs: EpochMs): Step => ({
    event: name,
    atMs,
    recordedMs: receipt.recordedMs,
    office: receipt.issuer,
    peer: copy.to,
    detail: receipt.reason,
  });
  // A delivery includes the relay acceptance: nobody signs two receipts for one step.
  const includesAcceptance =
    event === 'delivered' &&
    receipt.relayedMs > 0 &&
    !copy.receipts.some(({ kind }) => kind === ReceiptKind.RELAY_ACCEPTANCE);
  return [
    ...(includesAcceptance ? [step('relay-accepted', receipt.relayedMs as EpochMs)] : []),
    step(event, receipt.atMs),
  ];
}

function inOrder(steps: readonly Step[]): readonly TimelineEntry[] {
  const rank = (step: Step): number => TIMELINE_EVENTS.indexOf(step.event);
  return [...steps]
    .sort((a, b) => a.recordedMs - b.recordedMs || rank(a) - rank(b))
    .map(({ atMs, event, office, peer, detail, recordedMs }) => ({
      at: rfc3339(atMs),
      event,
      office,
      peer,
      detail,
      recordedAt: rfc3339(recordedMs),
    }));
}
