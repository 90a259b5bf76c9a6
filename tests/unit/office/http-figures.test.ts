import { describe, expect, it } from 'vitest';
import { OfficerAct, Outcome } from '../../../services/core/wire/index.ts';
import { copyTo, type FakeOffice, fakeOffice, inbound, NOW, outbound, PEER } from './fake-office.ts';

function withMessages(): FakeOffice {
  const office = fakeOffice();
  office.put(outbound(1, [copyTo(PEER, Outcome.RELEASED)]));
  office.put(inbound(2));
  office.clock.nowMs = NOW + 60_000;
  return office;
}
const exportsOf = ({ people }: FakeOffice): readonly (string | undefined)[] =>
  people.acts.filter(({ act }) => act === OfficerAct.EXPORTED).map(({ what }) => what);
const auditor = { role: 'auditor' } as const;

describe('GET /v1/figures', () => {
  it('counts the last 91 days where nothing else is asked for', async () => {
    const { status, json } = await withMessages().ask('GET', '/v1/figures', auditor);
    expect(status).toBe(200);
    expect([json.from, json.until]).toEqual(['2025-11-30T08:01:00.000Z', '2026-03-01T08:01:00.000Z']);
    expect(json.real.byNeighbour).toMatchObject([
      { direction: 'outbound', of: PEER, count: 1, outcomes: { 'under-way': 1 } },
      { direction: 'inbound', of: PEER, count: 1, toOpen: { count: 0, medianSeconds: 0 } },
    ]);
    expect(json.real.months).toHaveLength(5);
    expect(json.drills.all).toEqual([]);
  });

  it('counts the period that is asked for', async () => {
    const { json } = await withMessages().ask(
      'GET',
      '/v1/figures?from=2026-01-01T00:00:00Z&until=2026-02-01T00:00:00Z',
      auditor,
    );
    expect(json.real.all).toEqual([]);
  });

  it.each([
    'from=2026-02-01T00:00:00Z&until=2026-02-01T00:00:00Z',
    'from=2026-02-02T00:00:00Z&until=2026-02-01T00:00:00Z',
    'from=2020-01-01T00:00:00Z&until=2026-02-01T00:00:00Z',
  ])('refuses %s, and says what a period is', async (query) => {
    const { status, json } = await withMessages().ask('GET', `/v1/figures?${query}`, auditor);
    expect([status, json.faults[0].field]).toEqual([422, 'from']);
  });

  it('is a file where a format is asked for, and that it left is on record', async () => {
    const office = withMessages();
    const csv = await office.ask('GET', '/v1/figures?format=csv', auditor);
    expect(csv.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="figures-th-chiang-khong-2025-11-30-2026-03-01.csv"',
    });
    expect(csv.text).toContain('neighbour,no,,outbound,la-houayxay,count,1\r\n');
    const json = await office.ask('GET', '/v1/figures?format=json', auditor);
    expect(json.headers['content-disposition']).toContain('.json"');
    expect(json.json.real.all).toHaveLength(2);
    expect(exportsOf(office)).toEqual(['figures', 'figures']);
  });

  it('records nothing where figures are only looked at', async () => {
    const office = withMessages();
    await office.ask('GET', '/v1/figures', auditor);
    expect(exportsOf(office)).toEqual([]);
  });

  it.each(['officer', 'operator', 'system'] as const)('is not for %s', async (role) => {
    expect((await withMessages().ask('GET', '/v1/figures', { role })).status).toBe(403);
  });
});

describe('GET /v1/figures/public', () => {
  it('tells the last twelve months where nothing else is asked for', async () => {
    const { status, json } = await withMessages().ask('GET', '/v1/figures/public', { role: 'supervisor' });
    expect([status, json.from, json.until, json.step]).toEqual([200, '2025-04', '2026-03', 5]);
    expect(json.months).toHaveLength(12);
    expect(json.months.at(-1).tables.flatMap((table: { categories: unknown[] }) => table.categories)).toEqual([]);
  });

  it.each([
    ['csv', 'text/csv; charset=utf-8'],
    ['json', 'application/json'],
    ['html', 'text/html; charset=utf-8'],
  ])('is a file as %s, and that it left is on record', async (format, type) => {
    const office = withMessages();
    const { status, headers } = await office.ask('GET', `/v1/figures/public?format=${format}`, { role: 'oversight' });
    expect([status, headers['content-type']]).toEqual([200, expect.stringContaining(type)]);
    expect(exportsOf(office)).toEqual(['public-figures']);
  });

  it('lets nothing stand in its page but its own style', async () => {
    const { headers } = await withMessages().ask('GET', '/v1/figures/public?format=html', auditor);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });

  it.each(['from=2026-03&until=2026-02', 'from=2020-01&until=2026-02', 'from=2026-13', 'until=last'])(
    'refuses %s',
    async (query) => {
      expect((await withMessages().ask('GET', `/v1/figures/public?${query}`, auditor)).status).toBe(422);
    },
  );
});
