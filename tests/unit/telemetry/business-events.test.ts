import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Digest, EnvelopeId, EpochMs, OfficeId } from '../../../services/core/foundation/index.ts';
import {
  type BusinessEvents,
  createBusinessEvents,
  createEventFeed,
  createLoggers,
  createMetrics,
  createMetricsRegistry,
  type FeedEvent,
} from '../../../services/core/telemetry/index.ts';

const clock = { now: () => Date.UTC(2026, 2, 1, 12) as EpochMs };

function created() {
  const lines: string[] = [];
  const feed = createEventFeed({ clock });
  const metrics = createMetrics({
    registry: createMetricsRegistry(),
    peers: ['la-houayxay', 'hub-mekong'],
    ofProcess: false,
  });
  const log = createLoggers({
    destination: { write: (line) => lines.push(line) },
    level: 'debug',
    clock,
    office: 'th-chiang-khong',
  })('relay');
  return { events: createBusinessEvents({ log, metrics, feed }), feed, metrics, lines, start: feed.lastId() };
}

const origin = 'th-chiang-khong' as OfficeId;
const peer = 'la-houayxay' as OfficeId;
const envelopeId = '019531a0-0000-7000-8000-000000000001' as EnvelopeId;
const digest = 'a'.repeat(64) as Digest;
const copy = { origin, envelopeId, peer };
const outbound = { ...copy, direction: 'outbound' } as const;

const CALLS: readonly [
  type: string,
  level: string,
  metric: string | undefined,
  call: (events: BusinessEvents) => FeedEvent,
][] = [
  [
    'accepted',
    'debug',
    'liaison_submissions_total{outcome="accepted"} 1',
    (e) => e.accepted({ origin, envelopeId, messageKind: 'alert', drill: false, count: 2 }),
  ],
  [
    'submission-rejected',
    'info',
    'liaison_submissions_total{outcome="rejected"} 1',
    (e) => e.submissionRejected({ code: 'WIRE_JSON_INVALID' }),
  ],
  [
    'decided',
    'debug',
    'liaison_decisions_total{gate="export",outcome="held"} 1',
    (e) => e.decided({ ...copy, gate: 'export', outcome: 'held' }),
  ],
  ['held', 'info', undefined, (e) => e.held(outbound)],
  [
    'request-changed',
    'debug',
    'liaison_request_changes_total{peer="la-houayxay",side="asked",state="answered"} 1',
    (e) => e.requestChanged({ ...copy, requestSide: 'asked', requestState: 'answered', drill: false }),
  ],
  ['request-due', 'info', undefined, (e) => e.requestDue({ ...copy, requestSide: 'asking', requestDue: 'overdue' })],
  [
    'released',
    'info',
    'liaison_holds_resolved_total{direction="outbound",resolution="released"} 1',
    (e) => e.released(outbound),
  ],
  [
    'rejected',
    'info',
    'liaison_holds_resolved_total{direction="outbound",resolution="rejected"} 1',
    (e) => e.rejected(outbound),
  ],
  [
    'expired',
    'info',
    'liaison_holds_resolved_total{direction="outbound",resolution="expired"} 1',
    (e) => e.expired(outbound, true),
  ],
  ['expired', 'info', 'liaison_expired_total{direction="outbound"} 1', (e) => e.expired(outbound, false)],
  [
    'framed',
    'debug',
    'liaison_crossings_total{direction="outbound",lane="flash",peer="la-houayxay"} 3',
    (e) => e.framed({ peer, lane: 'flash', first: 4, last: 6, bytes: 900 }),
  ],
  ['relayed', 'debug', undefined, (e) => e.relayed({ peer, lane: 'flash', last: 6 })],
  [
    'frame-received',
    'debug',
    'liaison_frames_total{direction="inbound",lane="flash",peer="la-houayxay"} 1',
    (e) => e.frameReceived({ peer, lane: 'flash', first: 4, last: 6, bytes: 900 }),
  ],
  [
    'received',
    'debug',
    'liaison_crossings_total{direction="inbound",lane="flash",peer="la-houayxay"} 1',
    (e) => e.received({ ...copy, lane: 'flash', number: 4 }),
  ],
  ['admitted', 'debug', undefined, (e) => e.admitted({ ...copy, lane: 'flash', messageKind: 'alert', drill: true })],
  ['delivered', 'debug', undefined, (e) => e.delivered({ ...copy, lane: 'flash', messageKind: 'alert', drill: true })],
  ['retrieved', 'debug', 'liaison_retrievals_total 1', (e) => e.retrieved({ origin, envelopeId })],
  [
    'receipt',
    'debug',
    'liaison_receipts_total{direction="outbound",kind="delivery"} 1',
    (e) => e.receipt({ ...outbound, receiptKind: 'delivery' }),
  ],
  ['duplicate', 'debug', 'liaison_duplicates_total{peer="la-houayxay"} 1', (e) => e.duplicate({ peer })],
  [
    'quarantined',
    'warn',
    'liaison_quarantined_total{peer="la-houayxay",code="ENVELOPE_SIGNATURE_INVALID"} 1',
    (e) => e.quarantined({ peer, code: 'ENVELOPE_SIGNATURE_INVALID', digest, bytes: 9 }),
  ],
  ['link-up', 'info', 'liaison_link_changes_total{peer="la-houayxay",state="up"} 1', (e) => e.linkUp(peer)],
  ['link-down', 'warn', 'liaison_link_changes_total{peer="la-houayxay",state="down"} 1', (e) => e.linkDown(peer)],
  [
    'document-installed',
    'info',
    'liaison_documents_installed_total{kind="agreement"} 1',
    (e) => e.documentInstalled({ documentKind: 'agreement', documentId: 'mou-2026', version: 3 }),
  ],
  ['alarm', 'error', 'liaison_alarms_total{code="LEDGER_CLOSED"} 1', (e) => e.alarm({ code: 'LEDGER_CLOSED' })],
];

describe('createBusinessEvents', () => {
  it.each(CALLS)('tells of %s in the feed and at level %s, and counts it', async (type, level, metric, call) => {
    const { events, feed, metrics, lines, start } = created();
    const told = call(events);
    expect(feed.since(start).events).toEqual([told]);
    expect(told.event.type).toBe(type);
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual([level]);
    expect(JSON.stringify(told) + lines.join()).not.toContain('characters)');
    if (metric !== undefined) expect((await metrics.text()).split('\n')).toContain(metric);
  });

  it('counts an expiry as the end of a hold only where it was held', async () => {
    const { events, metrics } = created();
    events.expired(outbound, false);
    expect(await metrics.text()).not.toContain('resolution="expired"');
  });

  it('counts receipts as frames but not as crossings', async () => {
    const { events, metrics } = created();
    events.framed({ peer, lane: 'receipts', first: 1, last: 2, bytes: 9 });
    expect(await metrics.text()).not.toContain('liaison_crossings_total{');
  });

  it('tells nothing that is no id, size or code, whatever else the facts hold', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 3, unit: 'grapheme' }).map((text) => `${text}\u00a7 `),
        (text) => {
          const { events, feed, lines, start } = created();
          const stuffed = {
            ...outbound,
            ...copy,
            narrative: text,
            code: text,
            documentId: text,
            digest: text,
            lane: text,
            body: { text },
          } as never;
          for (const tell of Object.values(events) as ((facts: never, wasHeld: boolean) => FeedEvent)[])
            tell(stuffed, false);
          const told = JSON.stringify(feed.since(start)) + lines.join('');
          expect(told).not.toContain('\u00a7');
          expect(lines.length).toBe(Object.keys(events).length);
        },
      ),
      { numRuns: 50 },
    );
  });
});
