import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { openOffices } from '../relay/searches/search-offices.ts';
import type { TwoOffices } from '../relay/two-offices.ts';
import { LA } from '../trust/fixtures.ts';
import { type FakeOffice, fakeOffice, NAMES, PEER, SELF } from './fake-office.ts';

// The doors of th, over its real relay; la answers.
let offices: TwoOffices;
let th: FakeOffice;

beforeEach(async () => {
  offices = await openOffices();
  th = fakeOffice({ real: { relay: offices.th.relay, clock: offices.th.clock } });
});
afterEach(async () => offices.close());

const plate = (registration: string) => ({
  role: 'SUBJECT_ROLE_MEANS',
  vehicle: { registration, registrationNation: 'TH' },
});
const envelope = { purpose: 'PURPOSE_INVESTIGATION', handling: 'HANDLING_CODE_H1' };
const searchOf = (subjects: readonly unknown[], more: object = {}) => ({
  ...envelope,
  recipients: [PEER],
  precedence: 'PRECEDENCE_IMMEDIATE',
  search: { crimeArea: 'CRIME_AREA_STOLEN_VEHICLES', subjects },
  ...more,
});
const lookoutOf = (subjects: readonly unknown[], more: object = {}) => ({
  ...envelope,
  caseReference: 'TH-2026-1',
  lookout: { crimeArea: 'CRIME_AREA_STOLEN_VEHICLES', subjects },
  ...more,
});

describe('POST /v1/hits', () => {
  it('answers with what was decided, and GET /v1/hits/{id} with what came of it', async () => {
    const sent = await th.ask('POST', '/v1/hits', { body: searchOf([plate('กข 1234')]) });
    expect(sent.status).toBe(201);
    expect(sent.json).toMatchObject({ origin: SELF, recipients: [{ office: PEER, outcome: 'released' }] });
    expect(sent.headers['location']).toBe(`/v1/hits/${sent.json.id}`);
    await eventually(async () => {
      const { json } = await th.ask('GET', `/v1/hits/${sent.json.id}`);
      expect(json).toMatchObject({
        side: 'asking',
        officer: NAMES.officer,
        subjects: 1,
        offices: [
          {
            office: PEER,
            state: 'answered',
            result: { refusal: null, findings: [{ subject: 1, outcome: 'SEARCH_OUTCOME_NO_HIT' }] },
          },
        ],
      });
    });
    const { json } = await th.ask('GET', '/v1/hits?found=hit');
    expect(json.items).toEqual([]);
    expect((await th.ask('GET', `/v1/hits?peer=${PEER}`)).json.items).toMatchObject([{ id: sent.json.id }]);
  });

  it('names the subject that has nothing to search for', async () => {
    const nothing = { role: 'SUBJECT_ROLE_SUSPECT', person: { givenNames: 'Somchai' } };
    const { status, json } = await th.ask('POST', '/v1/hits', { body: searchOf([plate('กข 1234'), nothing]) });
    expect(status).toBe(422);
    expect(json).toMatchObject({
      code: 'SEARCHES_NOTHING_TO_SEARCH',
      faults: [{ field: 'search.subjects[1]', reason: 'required' }],
    });
  });

  it('says when the officer may come back once the hour is used up', async () => {
    const all = Array.from({ length: 16 }, (_, at) => plate(`AA ${100 + at}`));
    expect((await th.ask('POST', '/v1/hits', { body: searchOf(all) })).status).toBe(201);
    const { status, json, headers } = await th.ask('POST', '/v1/hits', { body: searchOf(all) });
    expect({ status, code: json.code }).toEqual({ status: 429, code: 'SEARCHES_QUOTA_SPENT' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(3_000);
    const figures = await th.ask('GET', '/v1/hits/figures', { role: 'auditor' });
    expect(figures.json.refusedHere).toEqual([{ officer: NAMES.officer, searches: 1 }]);
  });

  it.each([
    [{ recipients: ['vn-lao-bao'] }, 'recipients[0]'],
    [{ handling: 'HANDLING_CODE_H3' }, 'caveat'],
    [{ search: { crimeArea: 'CRIME_AREA_DRUGS', subjects: [{ role: 'SUBJECT_ROLE_OTHER' }] } }, 'search.subjects[0]'],
    [{ search: { crimeArea: 'CRIME_AREA_DRUGS', subjects: [] } }, 'search.subjects'],
    [{ searches: 1 }, 'searches'],
  ])('refuses %j and names the field', async (more, field) => {
    const { status, json } = await th.ask('POST', '/v1/hits', { body: searchOf([plate('กข 1234')], more) });
    expect(status).toBe(422);
    expect(json.faults.map((fault: { field: string }) => fault.field)).toContain(field);
  });

  it('is for officers, supervisors and systems; a system sees its own searches only', async () => {
    const mine = await th.ask('POST', '/v1/hits', { body: searchOf([plate('กข 1234')]) });
    const theirs = await th.ask('POST', '/v1/hits', { role: 'system', body: searchOf([plate('กข 5678')]) });
    expect(theirs.status).toBe(201);
    for (const role of ['auditor', 'oversight', 'operator'] as const)
      expect((await th.ask('POST', '/v1/hits', { role, body: searchOf([plate('กข 1')]) })).status).toBe(403);
    const { json } = await th.ask('GET', '/v1/hits', { role: 'system' });
    expect(json.items.map(({ id }: { id: string }) => id)).toEqual([theirs.json.id]);
    expect((await th.ask('GET', `/v1/hits/${mine.json.id}`, { role: 'system' })).status).toBe(404);
    expect((await th.ask('GET', `/v1/hits/${theirs.json.id}`, { role: 'system' })).status).toBe(200);
  });

  it('knows the same submission by its key', async () => {
    const body = searchOf([plate('กข 1234')], { idempotencyKey: 'k-1' });
    const first = await th.ask('POST', '/v1/hits', { body });
    const again = await th.ask('POST', '/v1/hits', { body });
    expect(again.json).toMatchObject({ id: first.json.id, repeated: true });
    const other = await th.ask('POST', '/v1/hits', { body: { ...body, search: searchOf([plate('กข 9999')]).search } });
    expect(other.status).toBe(409);
  });
});

describe('GET /v1/hits?side=asked', () => {
  it("shows a neighbour's hit with its owner, and the figures that both auditors see", async () => {
    const added = await th.ask('POST', '/v1/lookouts', { role: 'system', body: lookoutOf([plate('กข 1234')]) });
    expect(added.status).toBe(201);
    const la = fakeOffice({ real: { relay: offices.la.relay, clock: offices.la.clock } });
    const subjects = [plate('กข 1234'), plate('กข 5678')];
    const body = { ...searchOf(subjects), recipients: [SELF] };
    // The fake office is one of th, so la's search goes in by its relay.
    expect(la.tokens.officer).toBeDefined();
    const { searchSubmissionCodec, parseJsonText } = await import('../../../services/core/wire/index.ts');
    const { searchInput } = await import('../../../services/office/submissions/search-input.ts');
    const parsed = parseJsonText(searchSubmissionCodec, new TextEncoder().encode(JSON.stringify(body)), 100_000);
    const { id } = await offices.la.relay.searches.submit(searchInput(parsed, 'la-officer' as never, ''));
    const asked = async (query: string, role: 'officer' | 'system' = 'officer') =>
      (await th.ask('GET', `/v1/hits?side=asked${query}`, { role })).json.items;
    await eventually(async () => expect(await asked('&found=hit')).toHaveLength(1));
    expect(await asked('')).toMatchObject([
      {
        id,
        side: 'asked',
        origin: LA,
        officer: 'la-officer',
        offices: [
          {
            office: SELF,
            found: [{ subject: 1, origin: SELF, messageId: added.json.id, owner: NAMES.system }],
            result: { findings: [{ subject: 1, caseReference: 'TH-2026-1' }, { subject: 2 }] },
          },
        ],
      },
    ]);
    const [seen, ...more] = await asked('', 'system');
    expect(more).toEqual([]);
    // Of what it did not enter itself a system sees nothing.
    expect(seen.offices[0].result.findings).toMatchObject([{ subject: 1, caseReference: 'TH-2026-1' }]);
    expect(await asked(`&owner=${NAMES.system}`)).toHaveLength(1);
    expect(await asked('&owner=somebody-else')).toEqual([]);
    await eventually(async () => {
      const { json } = await th.ask('GET', '/v1/hits/figures', { role: 'auditor' });
      expect(json.items).toEqual([
        {
          peer: LA,
          side: 'asked',
          officer: 'la-officer',
          searches: 1,
          subjects: 2,
          hits: 1,
          noHits: 1,
          notSearched: 0,
          quotaSpent: 0,
        },
      ]);
    });
    expect((await th.ask('GET', '/v1/hits/figures')).status).toBe(403);
  });
});

describe('/v1/lookouts', () => {
  it('are added, listed and ended', async () => {
    const added = await th.ask('POST', '/v1/lookouts', { body: lookoutOf([plate('กข 1234')]) });
    expect(added).toMatchObject({ status: 201, json: { recipients: [] } });
    const listed = async (query = '', role: 'officer' | 'system' = 'officer') =>
      (await th.ask('GET', `/v1/lookouts${query}`, { role })).json.items;
    expect(await listed()).toMatchObject([
      { id: added.json.id, caseReference: 'TH-2026-1', submittedBy: NAMES.officer, state: 'active', endedBy: null },
    ]);
    expect(await listed('', 'system')).toEqual([]);
    const end = `/v1/lookouts/${added.json.id}/end`;
    expect((await th.ask('POST', end, { role: 'system' })).status).toBe(404);
    expect((await th.ask('POST', end, { role: 'auditor' })).status).toBe(403);
    const ended = await th.ask('POST', end, { role: 'supervisor' });
    expect(ended).toMatchObject({ status: 200, json: { state: 'ended', endedBy: NAMES.supervisor } });
    expect((await th.ask('POST', end)).json.code).toBe('SEARCHES_LOOKOUT_OVER');
    expect(await listed()).toEqual([]);
    expect(await listed('?state=ended')).toHaveLength(1);
  });

  it.each([
    [{ caseReference: '' }, 'caseReference'],
    [{ expires: '2020-01-01T00:00:00Z' }, 'expires'],
    [{ lookout: { crimeArea: 'CRIME_AREA_DRUGS', subjects: [] } }, 'lookout.subjects'],
  ])('refuses %j and names the field', async (more, field) => {
    const { status, json } = await th.ask('POST', '/v1/lookouts', { body: lookoutOf([plate('กข 1234')], more) });
    expect(status).toBe(422);
    expect(json.faults.map((fault: { field: string }) => fault.field)).toContain(field);
  });
});
