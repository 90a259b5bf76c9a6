import type { OfficeId } from '../core/foundation/index.ts';
import { messageKey, type OfficeProjection } from '../core/ledger/index.ts';
import type { RelayEvents } from '../core/relay/index.ts';
import type { BusinessEvents, Label, Logger, Metrics } from '../core/telemetry/index.ts';
import { Lane, OperationAction, Outcome, RecallOutcome, ReceiptKind, TriageAction } from '../core/wire/index.ts';
import { matterOf } from './event-matter.ts';

/** What the relay's events are told to. */
export interface RelayTelemetryParts {
  readonly self: OfficeId;
  readonly projection: Pick<OfficeProjection, 'outbound' | 'inbound'>;
  readonly business: BusinessEvents;
  readonly metrics: Metrics;
  readonly log: Logger;
}

const LANES: Readonly<Record<Lane, Label<'lane'>>> = {
  [Lane.UNSPECIFIED]: 'status',
  [Lane.FLASH]: 'flash',
  [Lane.IMMEDIATE]: 'immediate',
  [Lane.PRIORITY]: 'priority',
  [Lane.ROUTINE]: 'routine',
  [Lane.RECEIPTS]: 'receipts',
  [Lane.STATUS]: 'status',
  [Lane.BULK]: 'bulk',
};

const OUTCOMES: Readonly<Record<Outcome, Label<'outcome'>>> = {
  [Outcome.UNSPECIFIED]: 'refused',
  [Outcome.RELEASED]: 'released',
  [Outcome.HELD]: 'held',
  [Outcome.REFUSED]: 'refused',
};

const RECEIPTS: Readonly<Record<ReceiptKind, Label<'receiptKind'>>> = {
  [ReceiptKind.UNSPECIFIED]: 'relay-failure',
  [ReceiptKind.SUBMISSION_ACCEPTANCE]: 'submission-acceptance',
  [ReceiptKind.SUBMISSION_REJECTION]: 'submission-rejection',
  [ReceiptKind.RELAY_ACCEPTANCE]: 'relay-acceptance',
  [ReceiptKind.RELAY_FAILURE]: 'relay-failure',
  [ReceiptKind.DELIVERY]: 'delivery',
  [ReceiptKind.NON_DELIVERY]: 'non-delivery',
  [ReceiptKind.RETRIEVAL]: 'retrieval',
  [ReceiptKind.NON_RETRIEVAL]: 'non-retrieval',
};

const DIRECTIONS = { in: 'inbound', out: 'outbound' } as const;

const RECALL_OUTCOMES: Readonly<Record<RecallOutcome, Label<'recallOutcome'>>> = {
  [RecallOutcome.UNSPECIFIED]: 'refused',
  [RecallOutcome.DONE]: 'done',
  [RecallOutcome.PARTLY]: 'partly',
  [RecallOutcome.REFUSED]: 'refused',
};

const ACTIONS: Readonly<Partial<Record<OperationAction, Label<'operationAction'>>>> = {
  [OperationAction.SIGN]: 'sign',
  [OperationAction.DECLINE]: 'decline',
  [OperationAction.OPEN]: 'open',
  [OperationAction.LEAVE]: 'leave',
  [OperationAction.REMOVE]: 'remove',
  [OperationAction.SUSPEND]: 'suspend',
  [OperationAction.RESUME]: 'resume',
  [OperationAction.CLOSE]: 'close',
  [OperationAction.CONTRIBUTE]: 'contribute',
  [OperationAction.SIGN_REPORT]: 'sign-report',
};

const TRIAGE: Readonly<Partial<Record<TriageAction, Label<'triageAction'>>>> = {
  [TriageAction.ASSIGN]: 'assign',
  [TriageAction.CASE]: 'case',
  [TriageAction.NOTE]: 'note',
  [TriageAction.CLOSE]: 'close',
  [TriageAction.REOPEN]: 'reopen',
  [TriageAction.RESTRICT]: 'restrict',
};

/** The word of a lane in logs, metrics and events. */
export function laneWord(lane: Lane): Label<'lane'> {
  return LANES[lane];
}

/** Tells what the relay does to counters, log and live events, in ids, sizes and codes. */
export function relayTelemetry({ self, projection, business, metrics, log }: RelayTelemetryParts): RelayEvents {
  return {
    accepted: ({ id: envelopeId, recipients, tookMs }) => {
      const message = projection.outbound.get(messageKey(self, envelopeId));
      metrics.submitDuration(duration(tookMs));
      business.accepted({
        origin: self,
        envelopeId,
        ...matterOf(message),
        drill: message?.drill ?? false,
        count: recipients.length,
      });
      for (const { to: peer, outcome } of recipients) {
        business.decided({ origin: self, envelopeId, peer, gate: 'export', outcome: OUTCOMES[outcome] });
        if (outcome === Outcome.HELD) business.held({ origin: self, envelopeId, peer, direction: 'outbound' });
      }
    },
    resolved: ({ key: { direction, origin, id: envelopeId, peer }, resolution }) => {
      const copy = { direction, origin, envelopeId, peer };
      if (resolution === 'released') business.released(copy);
      else if (resolution === 'rejected') business.rejected(copy);
      else business.expired(copy, true);
      const message = projection.inbound.get(messageKey(origin, envelopeId));
      if (resolution === 'released' && direction === 'inbound' && message !== undefined) {
        business.delivered({
          origin,
          envelopeId,
          peer,
          lane: LANES[message.lane],
          drill: message.drill,
          ...matterOf(message),
        });
      }
    },
    review: ({ event, origin, id: envelopeId }) => {
      if (event === 'opened') business.reviewOpened({ origin, envelopeId });
      else if (event === 'closed') business.reviewClosed({ origin, envelopeId });
      else business.reviewOverdue({ origin, envelopeId });
    },
    searched: ({ direction, peer, origin, id: envelopeId, word, hits }) =>
      void business.searchAnswered({
        origin,
        envelopeId,
        peer,
        direction: direction === 'in' ? 'inbound' : 'outbound',
        searchOutcome: word,
        count: hits,
      }),
    approved: ({ key: { direction, origin, id: envelopeId, peer } }) =>
      void business.approved({ direction, origin, envelopeId, peer }),
    framed: ({ to: peer, lane, first, last, bytes }) =>
      void business.framed({ peer, lane: LANES[lane], first, last, bytes }),
    relayed: ({ to: peer, lane, last }) => void business.relayed({ peer, lane: LANES[lane], last }),
    relayFailed: ({ to: peer, lane, code, attempt }) =>
      log.info({ peer, lane: LANES[lane], code, attempt }, 'frame not relayed, tried again later'),
    received: ({ from: peer, origin, id: envelopeId, outcome, tookMs }) => {
      const message = projection.inbound.get(messageKey(origin, envelopeId));
      const lane = LANES[message?.lane ?? Lane.UNSPECIFIED];
      const copy = { origin, envelopeId, peer };
      metrics.stepDuration('verify', duration(tookMs));
      business.received({ ...copy, lane, number: message?.number ?? 0 });
      business.decided({ ...copy, gate: 'import', outcome: OUTCOMES[outcome] });
      const arrived = { ...copy, lane, drill: message?.drill ?? false, ...matterOf(message) };
      if (outcome === Outcome.RELEASED) {
        business.admitted(arrived);
        business.delivered(arrived);
      } else if (outcome === Outcome.HELD) business.held({ ...copy, direction: 'inbound' });
    },
    added: ({ direction, peer, origin, id: envelopeId, occasion, outcome }) =>
      void business.crossingAdded({
        origin,
        envelopeId,
        peer,
        direction: direction === 'in' ? 'inbound' : 'outbound',
        occasion,
        outcome: OUTCOMES[outcome],
      }),
    failedCrossing: ({ from: peer, number, code }) => log.warn({ peer, number, code }, 'crossing does not verify'),
    receipt: ({ direction, peer, kind, origin, id: envelopeId }) => {
      const way = direction === 'in' ? 'inbound' : 'outbound';
      business.receipt({ origin, envelopeId, peer, direction: way, receiptKind: RECEIPTS[kind] });
      if (way === 'outbound' && kind === ReceiptKind.NON_DELIVERY && origin === self)
        business.expired({ origin, envelopeId, peer, direction: 'outbound' }, false);
      if (way === 'inbound' && kind === ReceiptKind.DELIVERY) timeSteps(origin, envelopeId, peer);
    },
    retrieved: ({ origin, id: envelopeId }) => void business.retrieved({ origin, envelopeId }),
    quarantined: ({ from: peer, code, digest, bytes }) => void business.quarantined({ peer, code, digest, bytes }),
    gap: ({ from: peer, lane, missing }) =>
      log.warn({ peer, lane: LANES[lane], count: missing }, 'numbers are missing on a lane'),
    resent: ({ to: peer, lane, first, last }) => log.info({ peer, lane: LANES[lane], first, last }, 'frame sent again'),
    silence: ({ from: peer, silent }) => {
      if (silent) business.alarm({ code: 'LINK_SILENT', peer });
      else business.linkHeard(peer);
    },
    documentArrived: ({ from: peer, installed, code }) => {
      if (installed) log.info({ peer }, 'document taken from a neighbour');
      else log.warn({ peer, code }, 'document from a neighbour not taken');
    },
    requestChanged: ({ origin, id: envelopeId, peer, side, state, drill, acknowledgedAfterMs, answeredAfterMs }) => {
      business.requestChanged({ origin, envelopeId, peer, requestSide: side, requestState: state, drill });
      if (drill) return;
      if (acknowledgedAfterMs !== null) metrics.requestAcknowledged(peer, side, duration(acknowledgedAfterMs));
      if (answeredAfterMs !== null) metrics.requestAnswered(peer, side, duration(answeredAfterMs));
    },
    recalled: ({ direction, origin, id: envelopeId, message }) =>
      void business.recalled({
        direction: DIRECTIONS[direction],
        origin,
        envelopeId,
        aboutOrigin: message.origin,
        aboutId: message.id,
      }),
    recallAnswered: ({ direction, origin, id: envelopeId, outcome }) =>
      void business.recallAnswered({
        direction: DIRECTIONS[direction],
        origin,
        envelopeId,
        recallOutcome: RECALL_OUTCOMES[outcome],
      }),
    operationChanged: ({ id: operation, state, drill, lead }) =>
      void business.operationChanged({ operation, operationState: state, drill, origin: lead }),
    operationActed: ({ direction, peer, id: operation, action }) => {
      const operationAction = ACTIONS[action];
      if (operationAction !== undefined)
        business.operationActed({ operation, direction: DIRECTIONS[direction], peer, operationAction });
    },
    triaged: ({ origin, id: envelopeId, action }) => {
      const triageAction = TRIAGE[action];
      if (triageAction !== undefined) business.triaged({ origin, envelopeId, triageAction });
    },
    erased: ({ origin, id: envelopeId }) => void business.erased({ origin, envelopeId }),
    requestDue: ({ origin, id: envelopeId, peer, side, due }) =>
      void business.requestDue({ origin, envelopeId, peer, requestSide: side, requestDue: due }),
    subscribed: ({ hub }) => void business.subscriptionChanged({ peer: hub }),
    region: ({ event: regionEvent, origin, id: envelopeId }) =>
      void business.region({ origin, envelopeId, regionEvent }),
    alarm: ({ code, office }) => void business.alarm(office === self ? { code } : { code, peer: office }),
  };

  function timeSteps(origin: OfficeId, envelopeId: string, peer: OfficeId): void {
    const message = projection.outbound.get(messageKey(origin, envelopeId));
    const copy = message?.copies.get(peer);
    const receipt = copy?.receipts.find(({ kind }) => kind === ReceiptKind.DELIVERY);
    if (message === undefined || copy === undefined || receipt === undefined) return;
    const from = copy.releasedMs ?? message.acceptedMs;
    metrics.stepDuration('accepted-delivered', duration(receipt.recordedMs - from));
    if (copy.framedMs !== null) metrics.stepDuration('accepted-framed', duration(copy.framedMs - from));
    if (copy.framedMs !== null && copy.relayedMs !== null)
      metrics.stepDuration('framed-relayed', duration(copy.relayedMs - copy.framedMs));
    if (copy.relayedMs !== null)
      metrics.stepDuration('relayed-delivered', duration(receipt.recordedMs - copy.relayedMs));
  }
}

/** A clock that was set back must not make a duration that is none. */
function duration(ms: number): Parameters<Metrics['submitDuration']>[0] {
  return Math.max(0, ms) as Parameters<Metrics['submitDuration']>[0];
}
