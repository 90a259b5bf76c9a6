import { digestOf, type EpochMs, type OfficeId, toHex } from '../../foundation/index.ts';
import {
  CrimeArea,
  type CrossingDecided,
  type CrossingReceived,
  Direction,
  frameHeaderCodec,
  HoldResolution,
  type HoldResolved,
  Lane,
  type LedgerRecord,
  type MessageAccepted,
  Outcome,
  ReceiptKind,
  receiptCodec,
  type SignedReceipt,
  signedReceiptCodec,
} from '../../wire/index.ts';
import { addedCopies, copyOfItem } from './added-copies.ts';
import { applyApproval } from './approvals.ts';
import { copyIsDone } from './copy-state.ts';
import { countRejection } from './count-rejection.ts';
import { custodyRecords } from './custody-records.ts';
import { decisionViews, ownContentRef } from './decision-view.ts';
import { applyErasure } from './erasures.ts';
import { applyFrame } from './frames-made.ts';
import { inboundLanes } from './inbound-lanes.ts';
import { messageReferences } from './message-references.ts';
import {
  inboundMessage,
  outboundCopy,
  outboundMessage,
  quarantineView,
  receiptView,
  supplementView,
} from './new-views.ts';
import { messageKey, type OfficeProjection } from './office-projection-view.ts';
import { outboundLanes } from './outbound-lanes.ts';
import { regionState } from './region-state.ts';
import { searchMatches } from './search-matches.ts';
import { trafficRecords } from './traffic-records.ts';
import { triageRecords } from './triage-records.ts';
import type {
  DecisionView,
  ErasureView,
  HoldView,
  InboundMessageView,
  OutboundCopy,
  OutboundMessage,
  QuarantineView,
} from './views.ts';
import { applyHead, type WitnessedHeads } from './witnessed-heads.ts';

/** An empty projection of the ledger of `self`. */
export function officeProjection(self: OfficeId): OfficeProjection {
  const views = decisionViews();
  const outbound = new Map<string, OutboundMessage>();
  const inbound = new Map<string, InboundMessageView>();
  const origins = new Set<OfficeId>();
  const open = new Set<string>();
  const lanes = outboundLanes();
  const arrivals = inboundLanes();
  const quarantine: QuarantineView[] = [];
  const erasures: ErasureView[] = [];
  const witnessed: WitnessedHeads = new Map();
  const submissions = new Map<string, { message: OutboundMessage; submissionDigest: string }>();
  const rejections = new Map<string, Map<string, number>>();
  const documents = new Map<string, { version: number; digest: string; atMs: EpochMs }>();
  const references = messageReferences();
  const added = addedCopies(views);
  const matches = searchMatches();
  const custody = custodyRecords();
  const region = regionState(views);
  const triage = triageRecords();
  const traffic = trafficRecords();

  const copyOf: OfficeProjection['copyOf'] = (to, lane, { message, number }) =>
    copyOfItem(outbound.get(message)?.copies.get(to), added, { to, lane, number });

  const releaseCopy = (message: OutboundMessage, copy: OutboundCopy, decided: CrossingDecided, atMs: EpochMs): void => {
    copy.crossing = ownContentRef(decided.crossing);
    copy.lane = decided.lane;
    copy.number = decided.number;
    copy.releasedMs = atMs;
    if (decided.answerByMs > 0) copy.answerByMs = decided.answerByMs as EpochMs;
    lanes.enqueue(copy.to, copy.lane, {
      number: copy.number,
      bytes: null,
      message: messageKey(message.origin, message.id),
    });
  };

  const accepted = (event: MessageAccepted, record: LedgerRecord): void => {
    const atMs = record.atMs as EpochMs;
    const message = outboundMessage(self, event, record);
    const key = messageKey(self, message.id);
    for (const decided of event.crossings) {
      const copy = outboundCopy(decided, views);
      message.copies.set(copy.to, copy);
      if (decided.crossing !== null) releaseCopy(message, copy, decided, atMs);
      if (copy.decision.outcome !== Outcome.REFUSED) open.add(key);
    }
    outbound.set(key, message);
    references.add(message);
    if (event.idempotencyKeyDigest.length > 0) {
      submissions.set(toHex(event.idempotencyKeyDigest), { message, submissionDigest: toHex(event.submissionDigest) });
    }
  };

  const received = (event: CrossingReceived, record: LedgerRecord): void => {
    const from = event.from as OfficeId;
    arrivals.received(from, toHex(event.chain), event.lane, event.number);
    const key = messageKey(event.origin, event.envelopeId);
    const known = inbound.get(key);
    if (event.failure !== '' || (known !== undefined && !event.supplement)) return;
    const decision = views.decision(event.decision);
    if (known !== undefined) {
      known.supplements.push(supplementView(event, record, decision));
      if (known.crimeArea === CrimeArea.UNSPECIFIED) known.crimeArea = event.crimeArea;
      return;
    }
    const message = inboundMessage(event, record, decision, views);
    inbound.set(key, message);
    origins.add(message.origin);
    traffic.received(from, message.receivedMs);
    references.add(message);
    if (decision.outcome !== Outcome.REFUSED) open.add(key);
  };

  const holdResolved = (event: HoldResolved, atMs: EpochMs): void => {
    const key = messageKey(event.origin, event.envelopeId);
    const holdOf = (decision: DecisionView): HoldView => ({
      decision,
      resolution: event.resolution,
      by: event.by,
      role: event.role,
      reason: event.reason,
      atMs,
    });
    if (event.direction === Direction.OUTBOUND) {
      const message = outbound.get(key);
      const copy = message?.copies.get(event.peer as OfficeId);
      if (message === undefined || copy === undefined) return;
      copy.hold = holdOf(copy.decision);
      if (event.crossing !== null) {
        copy.decision = views.decision(event.crossing.decision);
        if (event.crossing.crossing !== null) releaseCopy(message, copy, event.crossing, atMs);
      }
      closeWhenDone(message);
      return;
    }
    const message = inbound.get(key);
    if (message === undefined) return;
    message.hold = holdOf(message.decision);
    if (event.decision !== null) message.decision = views.decision(event.decision);
    if (event.resolution === HoldResolution.RELEASED && message.decision.outcome === Outcome.RELEASED)
      message.deliveredMs = atMs;
    else open.delete(key);
  };

  const closeWhenDone = (message: OutboundMessage): void => {
    for (const copy of message.copies.values()) if (!copyIsDone(copy)) return;
    open.delete(messageKey(message.origin, message.id));
  };

  const receipt = (signed: SignedReceipt | null, record: LedgerRecord, number: number, from: OfficeId | null): void => {
    if (signed === null) return;
    const decoded = receiptCodec.decode(signed.receipt);
    const view = receiptView(decoded, record);
    if (from !== null && view.kind === ReceiptKind.DELIVERY) traffic.delivered(from, view.recordedMs);
    const key = messageKey(decoded.origin, decoded.envelopeId);
    if (from === null && number > 0) {
      lanes.enqueue(decoded.addressee as OfficeId, Lane.RECEIPTS, {
        number,
        bytes: signedReceiptCodec.encode(signed),
        message: key,
      });
    }
    const copyAdded = added.byCrossing(decoded.crossingDigest);
    if (copyAdded?.to === (from ?? decoded.addressee) && (from !== null || number === 0)) {
      copyAdded.receipts.push(view);
      if (view.kind === ReceiptKind.NON_DELIVERY && from === null)
        lanes.voided(copyAdded.to, copyAdded.lane, copyAdded.number);
      added.closeWhenDone(copyAdded);
      return;
    }
    const sent = outbound.get(key);
    // What this office sends on the receipts lane is about something that came in, whatever that claims its origin to be.
    if (sent !== undefined && (from !== null || number === 0)) {
      const copy = sent.copies.get((from ?? decoded.addressee) as OfficeId);
      if (copy === undefined) {
        sent.receipts.push(view);
        return;
      }
      copy.receipts.push(view);
      if (view.kind === ReceiptKind.NON_DELIVERY && from === null && copy.number > 0)
        lanes.voided(copy.to, copy.lane, copy.number);
      closeWhenDone(sent);
      return;
    }
    const message = inbound.get(key);
    const supplement = message?.supplements.find((one) => one.crossingDigest === toHex(decoded.crossingDigest));
    supplement?.receipts.push(view);
    // Another crossing may have claimed the same envelope; the receipt for it says nothing about this one.
    if (message === undefined || toHex(decoded.crossingDigest) !== message.crossingDigest) return;
    message.receipts.push(view);
    if (
      view.kind === ReceiptKind.RETRIEVAL ||
      view.kind === ReceiptKind.NON_RETRIEVAL ||
      view.kind === ReceiptKind.NON_DELIVERY
    )
      open.delete(key);
  };

  let foundedMs: EpochMs | null = null;
  const apply = (record: LedgerRecord): void => {
    const atMs = record.atMs as EpochMs;
    foundedMs ??= atMs;
    if (record.messageAccepted !== null) accepted(record.messageAccepted, record);
    else if (record.holdResolved !== null) holdResolved(record.holdResolved, atMs);
    else if (record.holdApproved !== null) applyApproval(record.holdApproved, atMs, { outbound, inbound });
    else if (record.frameSealed !== null) {
      applyFrame(record.frameSealed, atMs, lanes, copyOf);
    } else if (record.frameRelayed !== null) {
      const { to, lane, last } = record.frameRelayed;
      for (const item of lanes.relayed(to as OfficeId, lane, last, atMs)) {
        const copy = copyOf(to as OfficeId, lane, item);
        if (copy !== undefined) copy.relayedMs = atMs;
      }
    } else if (record.laneConfirmed !== null) {
      lanes.confirmed(record.laneConfirmed.to as OfficeId, record.laneConfirmed.lane, record.laneConfirmed.through);
    } else if (record.frameReceived !== null) {
      const header = frameHeaderCodec.decode(record.frameReceived.header);
      arrivals.frame(header.from as OfficeId, toHex(header.chain), header.lane, {
        first: header.first,
        last: header.last,
        previous: toHex(header.previous),
        digest: digestOf(record.frameReceived.header),
      });
    } else if (record.laneVoided !== null) {
      const { from, chain, lane, numbers } = record.laneVoided;
      if (numbers !== null) arrivals.voided(from as OfficeId, toHex(chain), lane, numbers.first, numbers.last);
    } else if (record.crossingReceived !== null) received(record.crossingReceived, record);
    else if (record.receiptIssued !== null)
      receipt(record.receiptIssued.receipt, record, record.receiptIssued.number, null);
    else if (record.receiptReceived !== null) {
      const { receipt: signed, from, number, chain } = record.receiptReceived;
      arrivals.received(from as OfficeId, toHex(chain), Lane.RECEIPTS, number);
      receipt(signed, record, number, from as OfficeId);
    } else if (record.messageRetrieved !== null) {
      const { origin, envelopeId, by } = record.messageRetrieved;
      inbound.get(messageKey(origin, envelopeId))?.retrievals.push({ by, atMs });
    } else if (record.frameQuarantined !== null) {
      quarantine.push(quarantineView(record.frameQuarantined, record));
    } else if (record.crossingAdded !== null) {
      const { copy, item } = added.add(record.crossingAdded, record);
      if (item !== undefined) lanes.enqueue(copy.to, copy.lane, item);
    } else if (record.contentErased !== null) {
      const erasure = applyErasure(record.contentErased, record, { outbound, inbound, triage });
      if (erasure !== undefined) erasures.push(erasure);
    } else if (record.searchMatched !== null) matches.add(record.searchMatched);
    else if (record.messageTriaged !== null) triage.add(record.messageTriaged, record);
    else if (record.custodyRecorded !== null) custody.add(record.custodyRecorded, record);
    else if (record.messageRejected !== null) countRejection(rejections, record.messageRejected);
    else if (record.headWitnessed !== null) {
      applyHead(record.headWitnessed, atMs, witnessed);
    } else if (record.documentInstalled !== null) {
      const { kind, id, version, digest } = record.documentInstalled;
      documents.set(`${kind}/${id}`, { version, digest: toHex(digest), atMs });
    } else region.apply(record);
  };

  return {
    apply,
    foundedMs: () => foundedMs,
    outbound,
    inbound,
    origins,
    lanes,
    arrivals,
    quarantine,
    erasures,
    open,
    witnessed,
    submissionOf: (key) => submissions.get(key),
    documents,
    rejections,
    added,
    copyOf,
    about: references.about,
    ofKind: references.ofKind,
    supersededBy: references.supersededBy,
    emergencies: references.emergencies,
    matchesOf: matches.of,
    custody,
    region,
    triage,
    traffic: traffic.all,
  };
}
