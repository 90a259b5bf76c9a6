import { describe, expect, it } from 'vitest';
import { type PrincipalName, parseOfficersFile } from '../../../../services/core/access/index.ts';
import { OfficerAct } from '../../../../services/core/wire/index.ts';
import { OfficeError } from '../../../../services/office/errors.ts';
import { CRIME_AREAS } from '../../../../services/office/people/officers-keeper.ts';
import { type FakeOffice, fakeOffice } from '../fake-office.ts';
import { PASSWORD } from '../fake-people.ts';
import { FROM_CONSOLE, type SignedIn, sessionOf, signedIn, tryPassword } from './sessions-of.ts';

const AGENCIES = [{ id: 'narcotics', name: 'Narcotics', crimeAreas: ['CRIME_AREA_DRUGS'] }] as never;
const staffed = () =>
  fakeOffice({
    agencies: AGENCIES,
    people: [
      { name: 'op-1', role: 'operator' },
      { name: 'desk-1', role: 'officer', agencies: ['narcotics'] },
    ],
  });
const post = (office: FakeOffice, who: SignedIn, path: string, body?: object) =>
  office.ask('POST', path, { role: null, headers: who.page, ...(body === undefined ? {} : { body }) });

describe('an operator', () => {
  it('adds a person, who signs in with what the operator is told, and chooses a password before anything else', async () => {
    const office = staffed();
    const op = await signedIn(office, 'op-1');
    const terms = { name: 'desk-2', role: 'officer', agencies: ['narcotics'], displayName: 'តុ\u200bទីពីរ' };
    const added = await post(office, op, '/v1/officers', terms);
    expect([added.status, added.json.name]).toEqual([201, 'desk-2']);
    expect(office.people.acts.slice(1)).toMatchObject([
      { officer: 'desk-2', act: OfficerAct.ADDED, by: 'op-1', role: 'officer', agencies: ['narcotics'] },
      { officer: 'desk-2', act: OfficerAct.PASSWORD_SET, by: 'op-1' },
    ]);
    const first = await signedIn(office, 'desk-2', added.json.password);
    const inbox = await office.ask('GET', '/v1/inbox', { role: null, headers: { cookie: first.cookie } });
    expect([inbox.status, inbox.json.code]).toEqual([403, 'ACCESS_PASSWORD_MUST_CHANGE']);
    const seen = await office.ask('GET', '/v1/session', { role: null, headers: { cookie: first.cookie } });
    expect([seen.json.officer.mustChangePassword, seen.json.actions]).toEqual([true, ['keep-own-account']]);
    const next = { current: added.json.password, next: 'nine quiet otters swim' };
    const own = sessionOf(await post(office, first, '/v1/session/password', next));
    expect((await office.ask('GET', '/v1/inbox', { role: null, headers: { cookie: own.cookie } })).status).toBe(200);
  });

  it.each([
    ['a name that is none', { name: 'Desk 2', role: 'officer' }, 422, 'ACCESS_NAME_INVALID', 'name'],
    ['a name that somebody has', { name: 'desk-1', role: 'officer' }, 409, 'ACCESS_OFFICER_EXISTS', 'name'],
    ['the role of a system', { name: 'desk-2', role: 'system' }, 422, 'ACCESS_ROLE_INVALID', 'role'],
    [
      'an agency that is not there',
      { name: 'desk-2', role: 'officer', agencies: ['x'] },
      422,
      'ACCESS_AGENCY_UNKNOWN',
      'agencies',
    ],
    [
      'a display name that deceives',
      { name: 'desk-2', role: 'officer', displayName: ' x' },
      422,
      'ACCESS_TERMS_INVALID',
      'displayName',
    ],
    [
      'a display name that hides something',
      { name: 'desk-2', role: 'officer', displayName: 'Second\u200bdesk' },
      422,
      'OFFICE_REQUEST_INVALID',
      'displayName',
    ],
    ['a field that is none', { name: 'desk-2', role: 'officer', rolle: 'x' }, 422, 'OFFICE_REQUEST_INVALID', 'rolle'],
  ])('adds nobody with %s', async (_, body, status, code, field) => {
    const office = staffed();
    const answer = await post(office, await signedIn(office, 'op-1'), '/v1/officers', body);
    expect([answer.status, answer.json.code, answer.json.faults[0]?.field]).toEqual([status, code, field]);
    expect(parseOfficersFile(office.people.files.officers.text ?? '', CRIME_AREAS).officers.size).toBe(2);
  });

  it('changes, disables and enables, each on record', async () => {
    const office = staffed();
    const op = await signedIn(office, 'op-1');
    office.people.acts.splice(0);
    const changed = await post(office, op, '/v1/officers/desk-1/change', { role: 'supervisor', agencies: [] });
    expect(changed.json).toMatchObject({ name: 'desk-1', role: 'supervisor', agencies: [], hasPassword: true });
    expect((await post(office, op, '/v1/officers/desk-1/disable')).json.disabledAt).not.toBeNull();
    expect((await office.ask('GET', '/v1/officers', { role: 'auditor' })).json.items).toHaveLength(1);
    expect((await post(office, op, '/v1/officers/desk-1/enable')).json.disabledAt).toBeNull();
    expect(office.people.acts.map(({ officer, act, by }) => [officer, act, by])).toEqual([
      ['desk-1', OfficerAct.CHANGED, 'op-1'],
      ['desk-1', OfficerAct.DISABLED, 'op-1'],
      ['desk-1', OfficerAct.ENABLED, 'op-1'],
    ]);
    expect((await office.ask('GET', '/v1/accounts', { role: 'operator' })).json.items).toHaveLength(2);
  });

  it('links nobody to somebody else at the ministry, and no agency to a matter, unless that is on record', async () => {
    const office = staffed();
    const op = await signedIn(office, 'op-1');
    office.people.acts.splice(0);
    await post(office, op, '/v1/officers/desk-1/change', { oidcSubject: 'sub-of-op-1' });
    await post(office, op, '/v1/agencies', { id: 'customs', name: 'Customs', crimeAreas: ['CRIME_AREA_TIMBER'] });
    await post(office, op, '/v1/agencies/customs/remove');
    expect(office.people.acts).toEqual([
      {
        officer: 'desk-1',
        act: OfficerAct.CHANGED,
        by: 'op-1',
        role: 'officer',
        agencies: ['narcotics'],
        what: 'ministry-subject',
      },
      { officer: '', act: OfficerAct.CHANGED, by: 'op-1', role: '', agencies: ['customs'], what: 'agency-added' },
      { officer: '', act: OfficerAct.CHANGED, by: 'op-1', role: '', agencies: ['customs'], what: 'agency-removed' },
    ]);
  });

  it('is not the last one to go', async () => {
    const office = staffed();
    const op = await signedIn(office, 'op-1');
    for (const [path, body] of [
      ['/v1/officers/op-1/disable', undefined],
      ['/v1/officers/op-1/change', { role: 'officer' }],
    ] as const)
      expect((await post(office, op, path, body)).json.code).toBe('ACCESS_LAST_OPERATOR');
  });

  it.each(['change', 'disable', 'enable', 'reset'])('cannot %s somebody who is not there', async (verb) => {
    const office = staffed();
    const op = await signedIn(office, 'op-1');
    const answer = await post(office, op, `/v1/officers/nobody/${verb}`, verb === 'change' ? {} : undefined);
    expect([answer.status, answer.json.code]).toEqual([404, 'ACCESS_OFFICER_UNKNOWN']);
  });

  it('adds and removes agencies that nobody belongs to', async () => {
    const office = staffed();
    const op = await signedIn(office, 'op-1');
    const customs = { id: 'customs', name: 'Customs', crimeAreas: ['CRIME_AREA_TIMBER'] };
    expect((await post(office, op, '/v1/agencies', customs)).status).toBe(201);
    expect(office.people.people.claims().get('CRIME_AREA_TIMBER')).toEqual(new Set(['customs']));
    expect((await post(office, op, '/v1/agencies', customs)).json.code).toBe('ACCESS_AGENCY_EXISTS');
    for (const wrong of [{ id: 'A' }, { name: '' }, { crimeAreas: ['CRIME_AREA_NONE'] }])
      expect((await post(office, op, '/v1/agencies', { ...customs, id: 'other', ...wrong })).json.code).toBe(
        'ACCESS_AGENCY_INVALID',
      );
    expect((await post(office, op, '/v1/agencies/narcotics/remove')).json.code).toBe('ACCESS_AGENCY_IN_USE');
    expect((await post(office, op, '/v1/agencies/customs/remove')).status).toBe(204);
    expect((await post(office, op, '/v1/agencies/customs/remove')).json.code).toBe('ACCESS_AGENCY_UNKNOWN');
    expect((await office.ask('GET', '/v1/agencies', { role: 'officer' })).json.items).toHaveLength(1);
  });

  it('changes nothing while somebody else does, or in a file that cannot be read', async () => {
    const office = staffed();
    const op = await signedIn(office, 'op-1');
    const { officers } = office.people.files;
    const { alone, text } = officers;
    officers.alone = () => Promise.reject(new OfficeError('OFFICE_PEOPLE_BUSY'));
    expect((await post(office, op, '/v1/officers/desk-1/disable')).json.code).toBe('OFFICE_PEOPLE_BUSY');
    officers.alone = alone;
    officers.text = '{';
    const answer = await post(office, op, '/v1/officers/desk-1/disable');
    expect([answer.status, answer.json.code]).toEqual([503, 'OFFICE_PEOPLE_UNREADABLE']);
    officers.text = text;
    expect((await post(office, op, '/v1/officers/desk-1/disable')).status).toBe(200);
  });
});

describe("one's own password", () => {
  it('is changed with the one until now; every other session is over, and this one goes on under another secret', async () => {
    const office = staffed();
    const here = await signedIn(office, 'desk-1');
    const there = await signedIn(office, 'desk-1');
    const next = { current: PASSWORD, next: 'nine quiet otters swim' };
    const after = sessionOf(await post(office, here, '/v1/session/password', next));
    const status = async ({ cookie }: SignedIn) =>
      (await office.ask('GET', '/v1/session', { role: null, headers: { cookie } })).status;
    expect(after.cookie).not.toBe(here.cookie);
    expect([await status(after), await status(here), await status(there)]).toEqual([200, 401, 401]);
    expect((await tryPassword(office, 'desk-1', PASSWORD)).status).toBe(401);
  });

  it('stays as an operator set it while it was being changed', async () => {
    const office = staffed();
    await office.people.ready();
    const { accounts } = office.people.people;
    const session = { name: 'desk-1' as PrincipalName, means: 'password' } as const;
    const own = { session, current: PASSWORD, next: 'nine quiet otters swim', address: '127.0.0.1' };
    const changing = accounts.changeOwn(own);
    const [outcome, { password }] = await Promise.all([
      changing.then(
        () => 'changed',
        (error: { code: string }) => error.code,
      ),
      accounts.reset('op-1', 'desk-1'),
    ]);
    expect([outcome, (await tryPassword(office, 'desk-1', password)).status]).toEqual(['ACCESS_SESSION_INVALID', 200]);
  });

  it.each([
    [
      'the one until now is wrong',
      { current: 'x', next: 'nine quiet otters swim' },
      'ACCESS_PASSWORD_WRONG',
      'current',
      'not-right',
    ],
    ['it is too short', { current: PASSWORD, next: 'otters swim' }, 'ACCESS_PASSWORD_WEAK', 'next', 'too-short'],
    ['it is too common', { current: PASSWORD, next: 'Password1234!' }, 'ACCESS_PASSWORD_WEAK', 'next', 'too-common'],
    ['it holds the name', { current: PASSWORD, next: 'otters at desk-1' }, 'ACCESS_PASSWORD_WEAK', 'next', 'has-name'],
    ['it is the same', { current: PASSWORD, next: PASSWORD }, 'ACCESS_PASSWORD_WEAK', 'next', 'same-as-before'],
  ])('stays where %s', async (_, body, code, field, reason) => {
    const office = staffed();
    const answer = await post(office, await signedIn(office, 'desk-1'), '/v1/session/password', body);
    expect([answer.status, answer.json.code]).toEqual([422, code]);
    expect(answer.json.faults).toMatchObject([{ field, reason }]);
    expect((await tryPassword(office, 'desk-1', PASSWORD)).status).toBe(200);
  });
});

describe('the first run', () => {
  const begin = async (office: FakeOffice, more: object = {}) => {
    await office.people.ready();
    const code = office.people.files.firstRun.text?.trim() ?? '';
    const body = { code, name: 'op-1', password: PASSWORD, ...more };
    return office.ask('POST', '/v1/first-run', { role: null, headers: FROM_CONSOLE, body });
  };

  it('makes the first operator with the code, once, on record', async () => {
    const office = fakeOffice();
    expect((await office.ask('GET', '/v1/sign-in', { role: null })).json.firstRun).toBe(true);
    const made = await begin(office);
    expect([made.status, made.json]).toEqual([
      201,
      { name: 'op-1', displayName: null, role: 'operator', agencies: [] },
    ]);
    expect(office.people.acts).toMatchObject([
      { officer: 'op-1', act: OfficerAct.ADDED, by: 'op-1', role: 'operator' },
      { officer: 'op-1', act: OfficerAct.PASSWORD_SET },
    ]);
    expect((await office.ask('GET', '/v1/sign-in', { role: null })).json.firstRun).toBe(false);
    const again = await begin(office, { name: 'op-2' });
    expect([again.status, again.json.code]).toEqual([403, 'OFFICE_FIRST_RUN_REFUSED']);
    expect((await tryPassword(office, 'op-1', PASSWORD)).status).toBe(200);
  });

  it.each([
    ['another code', { code: 'aaaaa-bbbbb-ccccc-ddddd-eeeee' }, 'OFFICE_FIRST_RUN_REFUSED'],
    ['a password that is too weak', { password: 'password' }, 'ACCESS_PASSWORD_WEAK'],
    ['a name that is none', { name: 'The Boss' }, 'ACCESS_NAME_INVALID'],
  ])('makes nobody with %s', async (_, more, code) => {
    const office = fakeOffice();
    expect((await begin(office, more)).json.code).toBe(code);
    expect((await office.ask('GET', '/v1/sign-in', { role: null })).json.firstRun).toBe(true);
  });

  it('makes one of two who have the code', async () => {
    const office = fakeOffice();
    const both = await Promise.all([begin(office), begin(office, { name: 'op-2' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 403]);
  });

  it('is not there where the file of people cannot be read', async () => {
    const office = fakeOffice();
    office.people.files.officers.text = '{';
    await office.people.people.scan();
    expect((await office.ask('GET', '/v1/sign-in', { role: null })).json.firstRun).toBe(false);
  });
});
