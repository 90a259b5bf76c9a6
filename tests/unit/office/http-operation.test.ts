import { describe, expect, it } from 'vitest';
import { type EpochMs, rfc3339 } from '../../../services/core/foundation/index.ts';
import { fakeOffice, NOW, PEER, SELF } from './fake-office.ts';

describe('what tells how the node stands', () => {
  it('says that the process lives', async () => {
    expect((await fakeOffice().ask('GET', '/healthz', { role: null })).json).toEqual({
      status: 'alive',
      office: SELF,
      release: '0.1.0',
    });
  });

  it('answers HEAD where nobody is asked who they are', async () => {
    const answer = await fakeOffice().ask('HEAD', '/healthz', { role: null });
    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  it('says that it is ready, with what to look at', async () => {
    const office = fakeOffice();
    office.setReadiness({ ready: true, reasons: [], warnings: [{ code: 'CONTENT_DAMAGED', detail: 'x' }] });
    const answer = await office.ask('GET', '/readyz', { role: null });
    expect([answer.status, answer.json.ready, answer.json.warnings]).toEqual([
      200,
      true,
      [{ code: 'CONTENT_DAMAGED', detail: 'x' }],
    ]);
  });

  it('says why it is not ready', async () => {
    const office = fakeOffice();
    office.setReadiness({ ready: false, reasons: [{ code: 'LEDGER_CLOSED', detail: 'x' }], warnings: [] });
    const answer = await office.ask('GET', '/readyz', { role: null });
    expect([answer.status, answer.json.reasons]).toEqual([503, [{ code: 'LEDGER_CLOSED', detail: 'x' }]]);
  });

  it('gives the metrics as text', async () => {
    const answer = await fakeOffice().ask('GET', '/metrics', { role: 'operator' });
    expect(answer.text).toBe('liaison_up 1\n');
    expect(answer.headers['content-type']).toContain('text/plain');
  });

  it('shows the links with all of their lanes', async () => {
    const { json } = await fakeOffice().ask('GET', '/v1/links', { role: 'operator' });
    expect(json.items[0]).toMatchObject({
      office: PEER,
      up: true,
      silent: false,
      historyFaults: [],
      lanes: [{ lane: 'LANE_FLASH', waiting: 2, sentThrough: 3 }],
      since: rfc3339(NOW),
      ways: [{ over: PEER, up: true, since: rfc3339(NOW) }],
      waits: [{ precedence: 'PRECEDENCE_FLASH', count: 2, oldestAt: rfc3339((NOW - 10) as EpochMs) }],
      receivedAt: null,
      deliveredAt: null,
    });
    expect(json.hubs).toEqual([]);
  });

  it('says beside the links whether the node does its work, and how its hubs are', async () => {
    const standing = { hub: 'hub-mekong', heardMs: NOW, cursor: 4, through: 4, size: 9, waiting: 2 };
    const region = { standing: () => ({ hubs: [standing], findings: [], forks: [] }) } as never;
    const office = fakeOffice({ region });
    const reason = { code: 'DISK_LOW', detail: 'There is little room.' };
    office.setReadiness({ ready: false, reasons: [reason], warnings: [] });
    const { json } = await office.ask('GET', '/v1/links', { role: 'oversight' });
    expect(json.node).toEqual({ ready: false, reasons: [reason], warnings: [], at: rfc3339(NOW) });
    const hub = { hub: 'hub-mekong', up: true, since: rfc3339(NOW), heardAt: rfc3339(NOW), waiting: 2, toFetch: 5 };
    expect(json.hubs).toEqual([hub]);
  });

  it('shows of the quarantine what happened and nothing of what came', async () => {
    const { json } = await fakeOffice().ask('GET', '/v1/quarantine', { role: 'operator' });
    expect(json.items).toEqual([
      expect.objectContaining({ from: PEER, code: 'ENVELOPE_SEAL_INVALID', bytes: 12, kept: false }),
    ]);
  });
});

describe('GET /v1/ledger', () => {
  const batches = [1, 2, 3].map((seq) => ({ seq, bytes: new Uint8Array([seq, seq]) }));

  it('gives every batch as it is on disk, one line each', async () => {
    const answer = await fakeOffice({ batches }).ask('GET', '/v1/ledger', { role: 'auditor' });
    expect(answer.headers['content-type']).toContain('application/x-ndjson');
    expect(answer.text).toBe('{"seq":1,"batch":"AQE="}\n{"seq":2,"batch":"AgI="}\n{"seq":3,"batch":"AwM="}\n');
  });

  it('begins where asked', async () => {
    expect((await fakeOffice({ batches }).ask('GET', '/v1/ledger?from=3', { role: 'auditor' })).text).toBe(
      '{"seq":3,"batch":"AwM="}\n',
    );
  });

  it('shows its head', async () => {
    const { json } = await fakeOffice().ask('GET', '/v1/ledger/head', { role: 'operator' });
    expect(json).toEqual({ office: SELF, chain: '00'.repeat(16), number: 7, digest: '00'.repeat(32) });
  });
});
