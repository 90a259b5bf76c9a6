import { describe, expect, it } from 'vitest';
import { type DurationMs, durationMs } from '../../../services/core/foundation/index.ts';
import { createMetrics, createMetricsRegistry, type Metrics } from '../../../services/core/telemetry/index.ts';

const created = () => createMetrics({ registry: createMetricsRegistry(), peers: ['la-houayxay'], ofProcess: false });
async function lines(metrics: Metrics, start: string): Promise<string[]> {
  return (await metrics.text()).split('\n').filter((line) => line.startsWith(start));
}
const ms = (value: number): DurationMs => durationMs(value);

/** Calls every metric once with words of its own. */
function touchAll(metrics: Metrics): void {
  metrics.submission('accepted');
  metrics.decision('export', 'held');
  metrics.holdResolved('outbound', 'released');
  metrics.crossings('outbound', 'flash', 'la-houayxay', 3);
  metrics.frame('outbound', 'flash', 'la-houayxay', 3, 900);
  metrics.receipt('inbound', 'delivery');
  metrics.quarantined('la-houayxay', 'ENVELOPE_SIGNATURE_INVALID');
  metrics.duplicate('la-houayxay');
  metrics.expired('inbound');
  metrics.retrieved();
  metrics.recalled('inbound');
  metrics.crossingAdded('outbound', 'onward', 'released');
  metrics.erased();
  metrics.requestChanged('la-houayxay', 'asking', 'delivered');
  metrics.requestAcknowledged('la-houayxay', 'asking', ms(60_000));
  metrics.requestAnswered('la-houayxay', 'asking', ms(120_000));
  metrics.linkChange('la-houayxay', true);
  metrics.documentInstalled('agreement');
  metrics.review('overdue');
  metrics.search('inbound', 'la-houayxay', 'hit');
  metrics.alarm('LEDGER_CLOSED');
  metrics.ledgerAppend(5, ms(2));
  metrics.contentPut(700, ms(1));
  metrics.submitDuration(ms(3));
  metrics.stepDuration('seal', ms(1));
  metrics.http('GET', '/v1/inbox', 200, ms(4));
  metrics.watch({
    outbox: () => [{ peer: 'la-houayxay', lane: 'routine', depth: 7, oldestAgeMs: ms(1500) }],
    holds: () => [{ direction: 'inbound', depth: 2, oldestAgeMs: ms(500) }],
    reviews: () => [{ state: 'overdue', depth: 1 }],
    recalls: () => [{ peer: 'la-houayxay', direction: 'outbound', unanswered: 2, overdue: 1 }],
    requests: () => [{ peer: 'la-houayxay', side: 'asked', open: 3, overdue: 1 }],
    links: () => [
      { peer: 'la-houayxay', up: true, roundTripMs: 40 },
      { peer: 'hub-mekong', up: false },
    ],
    ledgerHead: () => 42,
    ledgerOpen: () => true,
    subscribers: () => 1,
  });
}

describe('createMetrics', () => {
  it('prints every metric with its words', async () => {
    const metrics = created();
    touchAll(metrics);
    const text = await metrics.text();
    const values = text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#') && !line.includes('_bucket') && !line.includes('_sum'));
    expect(values).toEqual([
      'liaison_submissions_total{outcome="accepted"} 1',
      'liaison_decisions_total{gate="export",outcome="held"} 1',
      'liaison_holds_resolved_total{direction="outbound",resolution="released"} 1',
      'liaison_searches_total{direction="inbound",peer="la-houayxay",outcome="hit"} 1',
      'liaison_reviews_total{event="overdue"} 1',
      'liaison_crossings_total{direction="outbound",lane="flash",peer="la-houayxay"} 3',
      'liaison_frames_total{direction="outbound",lane="flash",peer="la-houayxay"} 1',
      'liaison_frame_items_count{direction="outbound"} 1',
      'liaison_link_bytes_total{direction="outbound",peer="la-houayxay"} 900',
      'liaison_receipts_total{direction="inbound",kind="delivery"} 1',
      'liaison_quarantined_total{peer="la-houayxay",code="ENVELOPE_SIGNATURE_INVALID"} 1',
      'liaison_duplicates_total{peer="la-houayxay"} 1',
      'liaison_expired_total{direction="inbound"} 1',
      'liaison_retrievals_total 1',
      'liaison_recalls_total{direction="inbound"} 1',
      'liaison_crossings_added_total{direction="outbound",occasion="onward",outcome="released"} 1',
      'liaison_erasures_total 1',
      'liaison_request_changes_total{peer="la-houayxay",side="asking",state="delivered"} 1',
      'liaison_request_acknowledge_seconds_count{peer="la-houayxay",side="asking"} 1',
      'liaison_request_answer_seconds_count{peer="la-houayxay",side="asking"} 1',
      'liaison_link_changes_total{peer="la-houayxay",state="up"} 1',
      'liaison_documents_installed_total{kind="agreement"} 1',
      'liaison_alarms_total{code="LEDGER_CLOSED"} 1',
      'liaison_ledger_append_seconds_count 1',
      'liaison_ledger_records_total 5',
      'liaison_content_put_seconds_count 1',
      'liaison_content_bytes_total 700',
      'liaison_submit_seconds_count 1',
      'liaison_step_seconds_count{step="seal"} 1',
      'liaison_http_request_seconds_count{method="GET",route="/v1/inbox",status="200"} 1',
      'liaison_outbox_items{peer="la-houayxay",lane="routine"} 7',
      'liaison_outbox_oldest_age_seconds{peer="la-houayxay",lane="routine"} 1.5',
      'liaison_hold_queue_items{direction="inbound"} 2',
      'liaison_hold_queue_oldest_age_seconds{direction="inbound"} 0.5',
      'liaison_requests_open{peer="la-houayxay",side="asked"} 3',
      'liaison_requests_overdue{peer="la-houayxay",side="asked"} 1',
      'liaison_recalls_unanswered{peer="la-houayxay",direction="outbound"} 2',
      'liaison_recalls_overdue{peer="la-houayxay",direction="outbound"} 1',
      'liaison_reviews_open{state="overdue"} 1',
      'liaison_link_up{peer="la-houayxay"} 1',
      'liaison_link_up{peer="other"} 0',
      'liaison_link_round_trip_seconds{peer="la-houayxay"} 0.04',
      'liaison_ledger_head_number 42',
      'liaison_ledger_open 1',
      'liaison_event_subscribers 1',
    ]);
  });

  it('has a help line and a type for each, and a name by the house rule', async () => {
    const metrics = created();
    touchAll(metrics);
    const text = await metrics.text();
    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type] as const);
    expect(types.length).toBe([...text.matchAll(/^# HELP \S+ \S/gm)].length);
    for (const [name, type] of types) {
      expect(name).toMatch(/^liaison_[a-z_]+$/);
      if (type === 'counter') expect(name).toMatch(/_total$/);
      if (type === 'histogram') expect(name).toMatch(/_(seconds|items)$/);
      if (type === 'gauge') expect(name).not.toMatch(/_total$/);
    }
  });

  it('counts a histogram into every bucket that is not below the value', async () => {
    const metrics = created();
    for (const value of [1, 4, 5, 4_000_000]) metrics.submitDuration(ms(value));
    const buckets = await lines(metrics, 'liaison_submit_seconds_bucket');
    const of = (le: string): string | undefined => buckets.find((line) => line.includes(`le="${le}"`))?.split(' ')[1];
    expect(['0.0005', '0.001', '0.004', '0.008', '3600', '+Inf'].map(of)).toEqual(['0', '1', '2', '3', '3', '4']);
    expect(await lines(metrics, 'liaison_submit_seconds_sum')).toEqual(['liaison_submit_seconds_sum 4000.01']);
    expect(await lines(metrics, 'liaison_submit_seconds_count')).toEqual(['liaison_submit_seconds_count 4']);
  });

  it('has no label that a peer can choose', async () => {
    const metrics = created();
    for (const peer of ['Somchai', 'xx-unknown', 'la-houayxay"} 1\nx{a="']) {
      metrics.duplicate(peer);
      metrics.quarantined(peer, peer);
      metrics.http(peer, `/v1/${peer} `, 200, ms(1));
    }
    expect(await lines(metrics, 'liaison_duplicates')).toEqual(['liaison_duplicates_total{peer="other"} 3']);
    expect(await lines(metrics, 'liaison_quarantined')).toEqual([
      'liaison_quarantined_total{peer="other",code="other"} 3',
    ]);
    expect(await lines(metrics, 'liaison_http_request_seconds_count')).toEqual([
      'liaison_http_request_seconds_count{method="other",route="other",status="200"} 3',
    ]);
  });

  it('keeps a bounded number of series, and counts the rest together', async () => {
    const metrics = created();
    for (let at = 0; at < 3000; at++) metrics.alarm(`CODE_N${at}`);
    const alarms = await lines(metrics, 'liaison_alarms_total');
    expect(alarms.length).toBe(1001);
    expect(alarms).toContain('liaison_alarms_total{code="other"} 2000');
  });

  it('leaves out a gauge that cannot be read, not the others', async () => {
    const metrics = created();
    const empty = {
      outbox: () => [],
      holds: () => [],
      reviews: () => [],
      links: () => [],
      recalls: () => [],
      requests: () => [],
      ledgerOpen: () => false,
      subscribers: () => 0,
    };
    metrics.watch({
      ...empty,
      ledgerHead: () => {
        throw new RangeError('no');
      },
    });
    expect(await lines(metrics, 'liaison_ledger')).not.toContain('liaison_ledger_head_number');
    expect(await lines(metrics, 'liaison_ledger_open')).toEqual(['liaison_ledger_open 0']);
  });

  it('adds the process itself where it is asked to', async () => {
    const metrics = createMetrics({ registry: createMetricsRegistry(), peers: [], ofProcess: true });
    expect((await lines(metrics, 'process_resident_memory_bytes')).length).toBe(1);
    expect(metrics.contentType).toContain('text/plain');
  });
});
