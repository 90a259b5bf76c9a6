import { digestFromBytes, type EnvelopeId, type EpochMs, type OfficeId, type Scope } from '../../foundation/index.ts';
import {
  type CrossingDecided,
  type CrossingReceived,
  type FrameQuarantined,
  Lane,
  type LedgerRecord,
  type MessageAccepted,
  Outcome,
  Purpose,
  type Receipt,
} from '../../wire/index.ts';
import { type DecisionViews, ownContentRef } from './decision-view.ts';
import type {
  DecisionView,
  InboundMessageView,
  OutboundCopy,
  OutboundMessage,
  QuarantineView,
  ReceiptView,
  SupplementView,
} from './views.ts';

const NO_APPROVALS: OutboundCopy['approvals'] = Object.freeze([]);

/** A message of `self` as it was accepted; no copy of it stands there yet. */
export function outboundMessage(self: OfficeId, event: MessageAccepted, record: LedgerRecord): OutboundMessage {
  return {
    direction: 'outbound',
    origin: self,
    id: event.envelopeId as EnvelopeId,
    envelopeDigest: digestFromBytes(event.envelopeDigest),
    kind: event.kind,
    precedence: event.precedence,
    createdMs: event.createdMs as EpochMs,
    expiresMs: event.expiresMs as EpochMs,
    drill: event.drill,
    submittedBy: event.submittedBy,
    supersedes: event.supersedes,
    inReplyTo: event.inReplyTo,
    emergency: event.emergency,
    terms: event.terms,
    crimeArea: event.crimeArea,
    acceptedMs: record.atMs as EpochMs,
    record: record.number,
    content: ownContentRef(event.content) ?? { day: '', batch: '', index: 0, digest: new Uint8Array(), size: 0 },
    erased: null,
    copies: new Map(),
    receipts: [],
  };
}

/** What a recipient was decided to get; it has not been released. */
export function outboundCopy(decided: CrossingDecided, views: DecisionViews): OutboundCopy {
  return {
    to: decided.to as OfficeId,
    scope: decided.scope as Scope,
    agreement: views.agreement(decided.agreement),
    decision: views.decision(decided.decision),
    hold: null,
    approvals: NO_APPROVALS,
    crossing: null,
    lane: Lane.UNSPECIFIED,
    number: 0,
    releasedMs: null,
    answerByMs: decided.answerByMs === 0 ? null : (decided.answerByMs as EpochMs),
    framedMs: null,
    relayedMs: null,
    receipts: [],
  };
}

/** A message that came in, as its import gate decided. */
export function inboundMessage(
  event: CrossingReceived,
  record: LedgerRecord,
  decision: DecisionView,
  views: DecisionViews,
): InboundMessageView {
  const atMs = record.atMs as EpochMs;
  return {
    direction: 'inbound',
    origin: event.origin as OfficeId,
    id: event.envelopeId as EnvelopeId,
    from: event.from as OfficeId,
    scope: event.scope as Scope,
    lane: event.lane,
    number: event.number,
    envelopeDigest: digestFromBytes(event.envelopeDigest),
    crossingDigest: digestFromBytes(event.crossingDigest),
    kind: event.kind,
    precedence: event.precedence,
    createdMs: event.createdMs as EpochMs,
    expiresMs: event.expiresMs as EpochMs,
    drill: event.drill,
    supersedes: event.supersedes,
    inReplyTo: event.inReplyTo,
    exportedMs: Math.max(event.createdMs, event.exportedMs) as EpochMs,
    emergency: event.emergency,
    officer: event.officer,
    terms: event.terms,
    crimeArea: event.crimeArea,
    answerByMs: event.answerByMs === 0 ? null : (event.answerByMs as EpochMs),
    onward:
      event.onwardPurpose === Purpose.UNSPECIFIED ? null : { purpose: event.onwardPurpose, consent: event.consent },
    agreement: views.agreement(event.agreement),
    receivedMs: atMs,
    record: record.number,
    content: ownContentRef(event.content),
    erased: null,
    decision,
    hold: null,
    approvals: NO_APPROVALS,
    deliveredMs: decision.outcome === Outcome.RELEASED ? atMs : null,
    retrievals: [],
    supplements: [],
    receipts: [],
  };
}

/** Parts that came later, as the import gate decided about them. */
export function supplementView(event: CrossingReceived, record: LedgerRecord, decision: DecisionView): SupplementView {
  return {
    lane: event.lane,
    number: event.number,
    crossingDigest: digestFromBytes(event.crossingDigest),
    receivedMs: record.atMs as EpochMs,
    record: record.number,
    opened: event.opened,
    content: ownContentRef(event.content),
    decision,
    receipts: [],
  };
}

/** A receipt as the record holds it. */
export function receiptView(receipt: Receipt, record: LedgerRecord): ReceiptView {
  return {
    kind: receipt.kind,
    issuer: receipt.issuer as OfficeId,
    atMs: receipt.atMs as EpochMs,
    relayedMs: receipt.relayedMs,
    reason: receipt.reason,
    recordedMs: record.atMs as EpochMs,
    record: record.number,
  };
}

/** What came in and does not verify, as the record holds it. */
export function quarantineView(event: FrameQuarantined, record: LedgerRecord): QuarantineView {
  return {
    from: event.from as OfficeId,
    code: event.code,
    digest: digestFromBytes(event.digest),
    size: event.size,
    atMs: record.atMs as EpochMs,
    record: record.number,
    content: ownContentRef(event.content),
  };
}
