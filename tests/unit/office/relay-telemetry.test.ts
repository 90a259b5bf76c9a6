import { describe, expect, it } from 'vitest';
import type { EpochMs, HubId } from '../../../services/core/foundation/index.ts';
import { messageKey } from '../../../services/core/ledger/index.ts';
import {
  createBusinessEvents,
  createEventFeed,
  createLoggers,
  createMetrics,
  createMetricsRegistry,
} from '../../../services/core/telemetry/index.ts';
import {
  Lane,
  MessageKind,
  Outcome,
  Precedence,
  RecallOutcome,
  ReceiptKind,
  TriageAction,
} from '../../../services/core/wire/index.ts';
import { relayTelemetry } from '../../../services/office/relay-telemetry.ts';
import { copyTo, decision, idOf, inbound, NOW, OTHER, outbound, PEER, SELF, someDigest } from './fake-office.ts';

function telemetry() {
  const clock = { now: () => NOW };
  const lines: string[] = [];
  const feed = createEventFeed({ clock });
  const metrics = createMetrics({ registry: createMetricsRegistry(), peers: [PEER, OTHER], ofProcess: false });
  const loggers = createLoggers({
    destination: { write: (line) => void lines.push(line) },
    level: 'debug',
    clock,
    office: SELF,
  });
  const business = createBusinessEvents({ log: loggers('events'), metrics, feed });
  const messages = { outbound: new Map(), inbound: new Map() };
  const first = feed.lastId();
  const events = relayTelemetry({ self: SELF, projection: messages, business, metrics, log: loggers('relay') });
  return {
    events,
    messages,
    lines,
    facts: () => feed.since(first).events.map(({ event }) => event),
    told: () =>
      feed.since(first).events.map(({ event }) => ('peer' in event ? `${event.type} ${event.peer ?? ''}` : event.type)),
    text: metrics.text,
  };
}

const recipient = (to: typeof PEER, outcome: Outcome) => ({ to, outcome, withheld: [], decision: decision(outcome) });

describe('relayTelemetry', () => {
  it('tells an acceptance and what was decided for each recipient', async () => {
    const { events, messages, told, text } = telemetry();
    messages.outbound.set(messageKey(SELF, idOf(1)), outbound(1, [], { drill: true }));
    events.accepted({
      id: idOf(1),
      precedence: Precedence.FLASH,
      recipients: [recipient(PEER, Outcome.RELEASED), recipient(OTHER, Outcome.HELD)],
      tookMs: 3,
    });
    expect(told()).toEqual(['accepted', `decided ${PEER}`, `decided ${OTHER}`, `held ${OTHER}`]);
    const metrics = await text();
    expect(metrics).toContain('liaison_decisions_total{gate="export",outcome="held"} 1');
    expect(metrics).toContain('liaison_submit_seconds_count 1');
  });

  it('tells of the first of two persons, and of each step of a review', async () => {
    const { events, told, text } = telemetry();
    events.approved({ key: { direction: 'outbound', origin: SELF, id: idOf(1), peer: PEER }, by: 'supervisor-1' });
    for (const event of ['opened', 'overdue', 'closed'] as const) events.review({ event, origin: SELF, id: idOf(1) });
    expect(told()).toEqual([`hold-approved ${PEER}`, 'review-opened', 'review-overdue', 'review-closed']);
    expect(await text()).toContain('liaison_reviews_total{event="overdue"} 1');
  });

  it('tells of a request, and times its acknowledgement and answer unless it is an exercise', async () => {
    const { events, told, text, lines } = telemetry();
    const change = { origin: SELF, id: idOf(1), peer: PEER, side: 'asking', drill: false } as const;
    const times = { acknowledgedAfterMs: 120_000, answeredAfterMs: null };
    events.requestChanged({ ...change, ...times, state: 'acknowledged' });
    events.requestChanged({ ...change, ...times, state: 'answered', answeredAfterMs: 7_200_000 });
    events.requestChanged({ ...change, ...times, state: 'answered', answeredAfterMs: 1, drill: true });
    events.requestDue({ origin: SELF, id: idOf(1), peer: PEER, side: 'asked', due: 'overdue' });
    expect(told()).toEqual([...Array<string>(3).fill(`request-changed ${PEER}`), `request-due ${PEER}`]);
    const metrics = await text();
    expect(metrics).toContain(`liaison_request_acknowledge_seconds_count{peer="${PEER}",side="asking"} 2`);
    expect(metrics).toContain(`liaison_request_answer_seconds_sum{peer="${PEER}",side="asking"} 7200`);
    expect(lines.at(-1)).toContain('"requestDue":"overdue"');
  });

  it.each([
    [Outcome.RELEASED, ['received', 'decided', 'admitted', 'delivered']],
    [Outcome.HELD, ['received', 'decided', 'held']],
    [Outcome.REFUSED, ['received', 'decided']],
  ])('tells an arrival with outcome %i', (outcome, types) => {
    const { events, messages, told } = telemetry();
    messages.inbound.set(messageKey(PEER, idOf(1)), inbound(1, { decision: decision(outcome), lane: Lane.FLASH }));
    events.received({ from: PEER, origin: PEER, id: idOf(1), precedence: Precedence.FLASH, outcome, tookMs: 1 });
    expect(told()).toEqual(types.map((type) => `${type} ${PEER}`));
  });

  it.each([
    ['released', 'outbound', ['released']],
    ['released', 'inbound', ['released', 'delivered']],
    ['rejected', 'outbound', ['rejected']],
    ['expired', 'inbound', ['expired']],
  ] as const)('tells that a held crossing was %s (%s)', (resolution, direction, types) => {
    const { events, messages, told } = telemetry();
    const origin = direction === 'outbound' ? SELF : PEER;
    messages.inbound.set(messageKey(PEER, idOf(1)), inbound(1));
    events.resolved({ key: { direction, origin, id: idOf(1), peer: PEER }, resolution, by: 'supervisor-1' });
    expect(told()).toEqual(types.map((type) => `${type} ${PEER}`));
  });

  it('times the steps of a delivery by its own clock', async () => {
    const { events, messages, text } = telemetry();
    const at = (ms: number): EpochMs => (NOW + ms) as EpochMs;
    const receipts = [
      {
        kind: ReceiptKind.DELIVERY,
        issuer: PEER,
        atMs: at(0),
        relayedMs: 0,
        reason: '',
        recordedMs: at(70),
        record: 1,
      },
    ];
    messages.outbound.set(
      messageKey(SELF, idOf(1)),
      outbound(1, [
        copyTo(PEER, Outcome.RELEASED, { releasedMs: at(0), framedMs: at(10), relayedMs: at(30), receipts }),
      ]),
    );
    events.receipt({ direction: 'in', peer: PEER, kind: ReceiptKind.DELIVERY, origin: SELF, id: idOf(1) });
    const metrics = await text();
    for (const [step, seconds] of [
      ['accepted-framed', 0.01],
      ['framed-relayed', 0.02],
      ['relayed-delivered', 0.04],
      ['accepted-delivered', 0.07],
    ] as const) {
      expect(metrics).toContain(`liaison_step_seconds_sum{step="${step}"} ${seconds}`);
    }
  });

  it('counts frames, quarantine and alarms', async () => {
    const { events, told, text } = telemetry();
    events.framed({ to: PEER, lane: Lane.FLASH, first: 1, last: 3, bytes: 900 });
    events.relayed({ to: PEER, lane: Lane.FLASH, first: 1, last: 3, tookMs: 2 });
    events.quarantined({ from: PEER, code: 'ENVELOPE_SEAL_INVALID', digest: someDigest('x'), bytes: 9 });
    events.silence({ from: PEER, silent: true });
    events.alarm({ code: 'RELAY_OWN_HISTORY_DIFFERS', office: PEER });
    events.alarm({ code: 'LEDGER_CLOSED', office: SELF });
    expect(told()).toEqual([
      `framed ${PEER}`,
      `relayed ${PEER}`,
      `quarantined ${PEER}`,
      `alarm ${PEER}`,
      `alarm ${PEER}`,
      'alarm',
    ]);
    const metrics = await text();
    expect(metrics).toContain(`liaison_crossings_total{direction="outbound",lane="flash",peer="${PEER}"} 3`);
    expect(metrics).toContain('liaison_alarms_total{code="LINK_SILENT"} 1');
  });

  it('writes a log line for everything, with ids and codes alone', () => {
    const { events, lines } = telemetry();
    events.relayFailed({ to: PEER, lane: Lane.ROUTINE, code: 'BUS_TIMEOUT', attempt: 2 });
    events.failedCrossing({ from: PEER, number: 4, code: 'ENVELOPE_EXPIRED' });
    events.gap({ from: PEER, lane: Lane.FLASH, missing: 2 });
    events.resent({ to: PEER, lane: Lane.FLASH, first: 1, last: 2 });
    events.silence({ from: PEER, silent: false });
    events.documentArrived({ from: PEER, installed: true, code: '' });
    events.documentArrived({ from: PEER, installed: false, code: 'TRUST_DIRECTORY_ROLLBACK' });
    events.retrieved({ origin: PEER, id: idOf(1) });
    expect(lines).toHaveLength(8);
    for (const line of lines) expect(line).not.toContain('characters)');
  });

  it('says of a message what it is about, so that the lists it changes can be found', () => {
    const { events, messages, facts } = telemetry();
    const terms = { recall: { target: { origin: PEER, id: idOf(1), digest: new Uint8Array(32) } } } as never;
    const update = { kind: MessageKind.RECALL, supersedes: idOf(7), terms };
    messages.inbound.set(messageKey(PEER, idOf(2)), inbound(2, update));
    const post = { post: { operation: { operation: 'river-watch', charter: new Uint8Array(32) } } } as never;
    messages.outbound.set(
      messageKey(SELF, idOf(3)),
      outbound(3, [], { kind: MessageKind.OPERATION_POST, terms: post }),
    );
    const outcome = Outcome.RELEASED;
    events.received({ from: PEER, origin: PEER, id: idOf(2), precedence: Precedence.FLASH, outcome, tookMs: 1 });
    events.accepted({ id: idOf(3), precedence: Precedence.FLASH, recipients: [], tookMs: 1 });
    expect(facts()).toContainEqual(
      expect.objectContaining({
        type: 'delivered',
        messageKind: 'recall',
        aboutOrigin: PEER,
        aboutId: idOf(1),
        supersedes: idOf(7),
      }),
    );
    expect(facts()).toContainEqual(
      expect.objectContaining({ type: 'accepted', messageKind: 'operation-post', operation: 'river-watch' }),
    );
  });

  it('tells what officers do with messages, of neighbours heard again and of what is asked of hubs', () => {
    const { events, facts } = telemetry();
    events.triaged({ origin: PEER, id: idOf(1), action: TriageAction.CLOSE });
    events.silence({ from: PEER, silent: false });
    events.subscribed({ hub: 'hub-mekong' as HubId });
    expect(facts()).toEqual([
      { type: 'message-triaged', origin: PEER, envelopeId: idOf(1), triageAction: 'close' },
      { type: 'link-heard', peer: PEER },
      { type: 'subscription-changed', peer: 'hub-mekong' },
    ]);
  });

  it('tells of recalls, their answers and erasures in ids and codes', async () => {
    const { events, told, text, lines } = telemetry();
    events.recalled({ direction: 'in', origin: PEER, id: idOf(2), message: { origin: PEER, id: idOf(1) } });
    events.recallAnswered({ direction: 'out', origin: SELF, id: idOf(2), outcome: RecallOutcome.PARTLY });
    events.erased({ origin: PEER, id: idOf(1) });
    expect(told()).toEqual(['recalled', 'recall-answered', 'erased']);
    expect(await text()).toContain('liaison_recalls_total{direction="inbound"} 1');
    expect(await text()).toContain('liaison_erasures_total 1');
    expect(lines.join('')).toContain('"recallOutcome":"partly"');
  });
});
