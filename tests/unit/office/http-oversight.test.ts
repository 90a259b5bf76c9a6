import { describe, expect, it } from 'vitest';
import type { Digest, OfficeId } from '../../../services/core/foundation/index.ts';
import { baselineBundle } from '../../../services/core/policy/index.ts';
import type { LinkView } from '../../../services/core/relay/index.ts';
import { witnessesJson } from '../../../services/office/views/ledger-json.ts';
import { policyBundleJson } from '../../../services/office/views/policy-json.ts';
import { fakeOffice, NOW, OTHER, PEER } from './fake-office.ts';

const DIGEST = 'ab'.repeat(32) as Digest;

describe('POST /v1/ledger/check', () => {
  it('answers what was found, where the ledger stands, and who asked', async () => {
    const office = fakeOffice();
    const { status, json } = await office.ask('POST', '/v1/ledger/check', { role: 'auditor' });
    expect([status, json.state, json.by]).toEqual([200, 'done', 'auditor-1']);
    expect(json.report).toMatchObject({ intact: false, head: { number: 0, digest: '' }, counts: { records: 0 } });
    expect(json.report.findings).toMatchObject([{ code: 'LEDGER_FIRST_NOT_FOUNDED', weight: 'broken', record: 1 }]);
  });

  it.each(['officer', 'supervisor', 'oversight', 'operator', 'system'] as const)('is not for %s', async (role) => {
    expect((await fakeOffice().ask('POST', '/v1/ledger/check', { role })).status).toBe(403);
  });
});

describe('GET /v1/ledger/check', () => {
  it('has none before the first, and then the last', async () => {
    const office = fakeOffice();
    expect((await office.ask('GET', '/v1/ledger/check', { role: 'auditor' })).json).toEqual({ check: null });
    await office.ask('POST', '/v1/ledger/check', { role: 'auditor' });
    expect((await office.ask('GET', '/v1/ledger/check', { role: 'auditor' })).json.check.state).toBe('done');
  });
});

describe('GET /v1/ledger/witnesses', () => {
  it('has an entry for each neighbour, also for one that has said nothing', async () => {
    const { json } = await fakeOffice().ask('GET', '/v1/ledger/witnesses', { role: 'supervisor' });
    expect(json.head).toEqual({ number: 7, digest: '00'.repeat(32) });
    expect(json.items[0]).toMatchObject({ office: PEER, ofOurs: null, ofTheirs: null, faults: [] });
  });
});

describe('witnessesJson', () => {
  const link = (office: OfficeId, more: Partial<LinkView>): LinkView =>
    ({ office, heardMs: null, historyFaults: [], ownHead: null, ...more }) as LinkView;

  it('says how what a neighbour saw compares, and how many records came since', () => {
    const ownHead = { number: 5, digest: DIGEST, comparison: 'same', atMs: NOW } as const;
    const json = witnessesJson(
      { number: 9, digest: new Uint8Array(32) },
      [
        link(PEER, { ownHead, heardMs: NOW }),
        link(OTHER, {
          ownHead: { ...ownHead, number: 12, comparison: 'ahead' },
          historyFaults: ['RELAY_OWN_HISTORY_DIFFERS'],
        }),
      ],
      new Map([[PEER, { chain: 'cd'.repeat(16), number: 3, digest: DIGEST, atMs: NOW }]]),
    );
    expect(json['items']).toMatchObject([
      {
        heardAt: '2026-03-01T08:00:00.000Z',
        ofOurs: { number: 5, comparison: 'same', behind: 4, at: '2026-03-01T08:00:00.000Z' },
        ofTheirs: { number: 3, chain: 'cd'.repeat(16), at: '2026-03-01T08:00:00.000Z' },
      },
      {
        heardAt: null,
        ofOurs: { comparison: 'ahead', behind: 0 },
        ofTheirs: null,
        faults: ['RELAY_OWN_HISTORY_DIFFERS'],
      },
    ]);
  });
});

describe('GET /v1/policies', () => {
  it('has every policy with the sentence that it gives as its reason', async () => {
    const office = fakeOffice({ bundles: [baselineBundle()] });
    const { json } = await office.ask('GET', '/v1/policies', { role: 'officer' });
    expect(json.items[0]).toMatchObject({ name: 'baseline', nation: null, since: null });
    expect(json.items[0].policies.length).toBeGreaterThan(5);
    for (const policy of json.items[0].policies)
      expect([policy.sentence !== '', policy.text !== '']).toEqual([true, true]);
  });

  it.each(['operator', 'system'] as const)('is not for %s', async (role) => {
    expect((await fakeOffice().ask('GET', '/v1/policies', { role })).status).toBe(403);
  });
});

describe('policyBundleJson', () => {
  const bundle = baselineBundle();

  it('says since when a bundle is in use only where that very bundle is on record', () => {
    const digest = Buffer.from(bundle.digest).toString('hex');
    expect(policyBundleJson(bundle, { version: 1, digest, atMs: NOW })).toMatchObject({
      since: '2026-03-01T08:00:00.000Z',
    });
    expect(policyBundleJson(bundle, { version: 1, digest: DIGEST, atMs: NOW })).toMatchObject({ since: null });
  });
});
