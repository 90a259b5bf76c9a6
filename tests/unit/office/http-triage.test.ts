import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgencyId, OfficerRecord, OfficersTable, PrincipalName } from '../../../services/core/access/index.ts';
import type { EnvelopeId, EpochMs } from '../../../services/core/foundation/index.ts';
import { submission, type TwoOffices, twoOffices } from '../relay/two-offices.ts';
import { decision, type FakeOffice, fakeOffice, inbound } from './fake-office.ts';

let offices: TwoOffices;
let th: FakeOffice;
let id: EnvelopeId;

const officer = (name: string, role: OfficerRecord['role'], disabled = false): [PrincipalName, OfficerRecord] => [
  name as PrincipalName,
  {
    name: name as PrincipalName,
    role,
    agencies: [],
    displayName: '',
    password: undefined,
    oneTimeUntil: undefined,
    passkeys: [],
    oidcSubject: undefined,
    generation: 0,
    createdAt: 0 as EpochMs,
    disabledAt: disabled ? (1 as EpochMs) : undefined,
  },
];
const PEOPLE: OfficersTable = {
  agencies: new Map([
    ['narcotics' as AgencyId, { id: 'narcotics' as AgencyId, name: 'Narcotics', crimeAreas: ['CRIME_AREA_DRUGS'] }],
  ]),
  officers: new Map([
    officer('officer-2', 'officer'),
    officer('auditor-2', 'auditor'),
    officer('officer-gone', 'officer', true),
  ]),
};

beforeEach(async () => {
  offices = await twoOffices();
  th = fakeOffice({ real: { relay: offices.th.relay, clock: offices.th.clock }, officers: PEOPLE });
  id = (await offices.th.relay.submit(submission())).id;
});
afterEach(async () => {
  await th.http.close();
  await offices.close();
});

const url = (): string => `/v1/messages/${id}/triage`;
const take = (body: Record<string, unknown>, role: 'officer' | 'supervisor' = 'officer') =>
  th.ask('POST', url(), { role, body });

describe('POST /v1/messages/{id}/triage', () => {
  it('takes a step and shows how the message stands', async () => {
    const assigned = await take({ action: 'TRIAGE_ACTION_ASSIGN', assignee: 'officer-2', step: 0 });
    expect(assigned.status).toBe(200);
    expect(assigned.json.triage).toMatchObject({ step: 1, assignee: 'officer-2', outcome: null, closedBy: null });
    const words = { action: 'TRIAGE_ACTION_NOTE', note: 'Seen at the pier', noteLanguage: 'en', step: 1 };
    const noted = await take(words, 'supervisor');
    expect(noted.json.steps[1]).toMatchObject({
      step: 2,
      officer: 'supervisor-1',
      note: { state: 'present', text: 'Seen at the pier', language: 'en' },
    });
    const closed = await take({ action: 'TRIAGE_ACTION_CLOSE', outcome: 'TRIAGE_OUTCOME_ARREST', step: 2 });
    expect(closed.json.triage).toMatchObject({ outcome: 'TRIAGE_OUTCOME_ARREST', closedBy: 'officer-1', notes: 1 });
    const read = await th.ask('GET', url(), { role: 'auditor' });
    expect(read.json).toEqual(closed.json);
    const message = await th.ask('GET', `/v1/messages/${id}`);
    expect(message.json.triage).toEqual(closed.json.triage);
  });

  it('tells the second of two officers who did what and when', async () => {
    await take({ action: 'TRIAGE_ACTION_ASSIGN', assignee: 'officer-2' });
    const second = await take({ action: 'TRIAGE_ACTION_CASE', caseReference: 'NK-7' }, 'supervisor');
    expect(second.status).toBe(409);
    expect(second.json).toMatchObject({
      code: 'TRIAGE_CONFLICT',
      conflict: { officer: 'officer-1', action: 'TRIAGE_ACTION_ASSIGN', step: 1 },
    });
    expect(Date.parse(second.json.conflict.at)).toBeGreaterThan(0);
  });

  it('names nobody in a conflict where nobody did anything', async () => {
    const refused = await take({ action: 'TRIAGE_ACTION_ASSIGN', step: 4 });
    expect([refused.status, refused.json.code, refused.json.conflict]).toEqual([409, 'TRIAGE_CONFLICT', undefined]);
  });

  it.each(['auditor-2', 'officer-gone', 'nobody'])('gives nothing to %s', async (assignee) => {
    const refused = await take({ action: 'TRIAGE_ACTION_ASSIGN', assignee });
    expect(refused.status).toBe(422);
    expect(refused.json).toMatchObject({ code: 'TRIAGE_ASSIGNEE_UNKNOWN', faults: [{ field: 'assignee' }] });
  });

  it('takes back an assignment', async () => {
    await take({ action: 'TRIAGE_ACTION_ASSIGN', assignee: 'officer-2' });
    expect((await take({ action: 'TRIAGE_ACTION_ASSIGN', step: 1 })).json.triage.assignee).toBeNull();
  });

  it('restricts to agencies of the office only', async () => {
    const refused = await take({ action: 'TRIAGE_ACTION_RESTRICT', agencies: ['customs'] });
    expect([refused.status, refused.json.code]).toEqual([422, 'TRIAGE_AGENCY_UNKNOWN']);
    const taken = await take({ action: 'TRIAGE_ACTION_RESTRICT', agencies: ['narcotics'] });
    expect(taken.json.triage.restrictedTo).toEqual(['narcotics']);
  });

  it.each([
    [{ action: 'TRIAGE_ACTION_NOTE', note: 'x' }, 'noteLanguage'],
    [{ action: 'TRIAGE_ACTION_CLOSE' }, 'outcome'],
    [{ action: 'TRIAGE_ACTION_NOTE' }, 'note'],
    [{}, 'action'],
  ])('names the field that is wrong in %j', async (body, field) => {
    const refused = await take(body);
    expect([refused.status, refused.json.faults[0].field]).toEqual([422, field]);
  });

  it('has nothing to do with what was not let in', async () => {
    const fake = fakeOffice();
    fake.put(inbound(1, { decision: decision(2) }));
    const held = await fake.ask('GET', `/v1/messages/${inbound(1).id}/triage`);
    expect(held.json).toMatchObject({ steps: [], triage: { step: 0, last: null } });
  });
});
