import { describe, expect, it } from 'vitest';
import { LedgerError } from '../../../../services/core/ledger/index.ts';
import { OfficerAct } from '../../../../services/core/wire/index.ts';
import { type FakeOfficeOptions, fakeOffice, SELF } from '../fake-office.ts';
import { PASSWORD } from '../fake-people.ts';
import { COOKIE, FROM_CONSOLE, sessionOf, signedIn, tryPassword } from './sessions-of.ts';

const HOUR = 3_600_000;
const PEOPLE = [
  { name: 'desk-1', role: 'officer', agencies: ['narcotics'] },
  { name: 'chief', role: 'supervisor' },
  { name: 'op-1', role: 'operator' },
  { name: 'op-2', role: 'operator' },
] as const;
const AGENCIES = [{ id: 'narcotics', name: 'Narcotics', crimeAreas: ['CRIME_AREA_DRUGS'] }] as never;
const staffed = (more: FakeOfficeOptions = {}) => fakeOffice({ people: PEOPLE, agencies: AGENCIES, ...more });

describe('GET /v1/sign-in', () => {
  it('says how people sign in', async () => {
    expect((await staffed().ask('GET', '/v1/sign-in', { role: null })).json).toEqual({
      office: SELF,
      officeName: SELF,
      nation: 'TH',
      firstRun: false,
      secure: true,
      ways: { password: true, passkey: true, oidc: null },
    });
  });

  it('offers no way where others could read along', async () => {
    const { json } = await staffed({ secure: false }).ask('GET', '/v1/sign-in', { role: null });
    expect(json).toMatchObject({ secure: false, ways: { password: false, passkey: false, oidc: null } });
  });
});

describe('a sign-in with a password', () => {
  it('begins a session, on record, whose cookie no script and no other site gets', async () => {
    const office = staffed();
    const answer = await tryPassword(office, 'desk-1', PASSWORD);
    expect(answer.status).toBe(200);
    const [cookie, ...attributes] = String(answer.headers['set-cookie']).split('; ');
    expect(cookie).toMatch(new RegExp(`^${COOKIE}=[A-Za-z0-9_-]{43}$`));
    expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
    expect(office.people.acts).toMatchObject([
      { officer: 'desk-1', act: OfficerAct.SIGNED_IN, by: 'desk-1', what: 'password' },
    ]);
    expect(office.people.files.sessions.text).not.toContain(cookie?.split('=')[1] ?? '');
  });

  it('shows who is signed in and what they may do', async () => {
    const office = staffed();
    const { cookie, csrf } = await signedIn(office, 'desk-1');
    const { json, status, headers } = await office.ask('GET', '/v1/session', { role: null, headers: { cookie } });
    expect(status).toBe(200);
    expect(headers['content-encoding']).toBeUndefined();
    expect(json).toMatchObject({
      officer: {
        name: 'desk-1',
        displayName: null,
        role: 'officer',
        agencies: ['narcotics'],
        mustChangePassword: false,
      },
      csrf,
      office: SELF,
      nation: 'TH',
      means: 'password',
      hasPassword: true,
      ministry: null,
      passkeys: [],
    });
    expect(json.actions).toContain('submit');
    expect(json.actions).not.toContain('release');
  });

  it('says from where to follow the events, so that nothing is missed between this answer and the next', async () => {
    const office = staffed();
    const { cookie } = await signedIn(office, 'desk-1');
    const ask = async () =>
      (await office.ask('GET', '/v1/session', { role: null, headers: { cookie } })).json.lastEventId;
    const before = await ask();
    expect(before).toBe(String(office.feed.lastId()));
    office.feed.publish({ type: 'officers-changed' });
    expect(Number(await ask())).toBe(Number(before) + 1);
    const { cookie: operator } = await signedIn(office, 'op-1');
    const answer = await office.ask('GET', '/v1/session', { role: null, headers: { cookie: operator } });
    expect(answer.json.lastEventId).toBeNull();
  });

  it.each([
    ['a wrong password', 'desk-1', 'seven grey herons wait'],
    ['a name that nobody has', 'desk-9', PASSWORD],
    ['what cannot be a name', 'Desk 1', PASSWORD],
  ])('refuses %s in the same words', async (_, name, password) => {
    const answer = await tryPassword(staffed(), name, password);
    expect([answer.status, answer.json.code]).toEqual([401, 'ACCESS_SIGN_IN_REFUSED']);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('begins none that is not on record', async () => {
    const office = staffed();
    await office.people.ready();
    office.people.failWith(new LedgerError('LEDGER_APPEND_FAILED'));
    const answer = await tryPassword(office, 'desk-1', PASSWORD);
    expect([answer.status, answer.json.code, answer.headers['set-cookie']]).toEqual([
      503,
      'LEDGER_APPEND_FAILED',
      undefined,
    ]);
  });

  it('is refused where others could read along, and so is a session', async () => {
    const answer = await tryPassword(staffed({ secure: false }), 'desk-1', PASSWORD);
    expect([answer.status, answer.json.code]).toEqual([403, 'OFFICE_SIGN_IN_INSECURE']);
    const cookie = `${COOKIE}=${'A'.repeat(43)}`;
    const asked = await staffed({ secure: false }).ask('GET', '/v1/inbox', { role: null, headers: { cookie } });
    expect(asked.json.code).toBe('OFFICE_SIGN_IN_INSECURE');
  });

  it.each([
    ['from another origin', { origin: 'http://localhost:8102' }],
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from the same site on another port', { 'sec-fetch-site': 'same-site' }],
  ])('is refused %s', async (_, headers) => {
    const answer = await tryPassword(staffed(), 'desk-1', PASSWORD, headers);
    expect([answer.status, answer.json.code]).toEqual([403, 'OFFICE_ORIGIN_FOREIGN']);
  });

  it('is refused where it is not said where it comes from', async () => {
    const body = { name: 'desk-1', password: PASSWORD };
    const answer = await staffed().ask('POST', '/v1/sign-in/password', { role: null, body });
    expect(answer.json.code).toBe('OFFICE_ORIGIN_FOREIGN');
  });

  it('takes no session that somebody else began for it', async () => {
    const office = staffed();
    const planted = await signedIn(office, 'chief');
    const answer = await tryPassword(office, 'desk-1', PASSWORD, { cookie: planted.cookie });
    expect(answer.status).toBe(200);
    expect(sessionOf(answer).cookie).not.toBe(planted.cookie);
  });

  it("ends the session that the browser had until now, on record as the newcomer's doing", async () => {
    const office = staffed();
    const before = await signedIn(office, 'chief');
    const elsewhere = await signedIn(office, 'chief');
    office.people.acts.splice(0);
    await tryPassword(office, 'desk-1', PASSWORD, { cookie: before.cookie });
    const status = async (cookie: string) =>
      (await office.ask('GET', '/v1/session', { role: null, headers: { cookie } })).status;
    expect([await status(before.cookie), await status(elsewhere.cookie)]).toEqual([401, 200]);
    expect(office.people.acts).toMatchObject([
      { officer: 'chief', act: OfficerAct.SIGNED_OUT, by: 'desk-1', what: 'replaced' },
      { officer: 'desk-1', act: OfficerAct.SIGNED_IN, by: 'desk-1' },
    ]);
  });

  it('that is refused ends nothing', async () => {
    const office = staffed();
    const before = await signedIn(office, 'chief');
    await tryPassword(office, 'desk-1', 'not the password', { cookie: before.cookie });
    const { cookie } = before;
    expect((await office.ask('GET', '/v1/session', { role: null, headers: { cookie } })).status).toBe(200);
  });

  it('refuses a body that is not of this form, without trying it', async () => {
    const answer = await staffed().ask('POST', '/v1/sign-in/password', {
      role: null,
      body: { name: 7, pasword: 'x' },
      headers: FROM_CONSOLE,
    });
    expect([answer.status, answer.json.faults.map((fault: { field: string }) => fault.field).sort()]).toEqual([
      422,
      ['name', 'password', 'pasword'],
    ]);
  });
});

describe('a name under which the password was wrong', () => {
  it('is locked for a quarter of an hour after ten times, on record, whatever the password then is', async () => {
    const office = staffed();
    const codes = [];
    for (let i = 0; i < 11; i++) {
      codes.push((await tryPassword(office, 'desk-1', 'not the password')).json.code);
      office.clock.nowMs += 61_000;
    }
    expect(codes).toEqual([...Array(10).fill('ACCESS_SIGN_IN_REFUSED'), 'ACCESS_LOCKED_OUT']);
    expect(office.people.acts).toMatchObject([{ officer: 'desk-1', act: OfficerAct.LOCKED_OUT, by: 'node' }]);
    const locked = await tryPassword(office, 'desk-1', PASSWORD);
    expect([locked.status, locked.json.code]).toEqual([429, 'ACCESS_LOCKED_OUT']);
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(600);
    expect((await tryPassword(office, 'chief', PASSWORD)).status).toBe(200);
    office.clock.nowMs += 15 * 60_000;
    expect((await tryPassword(office, 'desk-1', PASSWORD)).status).toBe(200);
  });

  it('waits longer each time from the third on', async () => {
    const office = staffed();
    const codes = [];
    for (let i = 0; i < 4; i++) codes.push((await tryPassword(office, 'desk-1', 'not the password')).json.code);
    expect(codes.at(-1)).toBe('ACCESS_LOCKED_OUT');
    office.clock.nowMs += 1000;
    expect((await tryPassword(office, 'desk-1', PASSWORD)).status).toBe(200);
  });

  it('is locked whether somebody has it or not', async () => {
    const office = staffed();
    for (let i = 0; i < 10; i++) {
      await tryPassword(office, 'nobody', 'not the password');
      office.clock.nowMs += 61_000;
    }
    expect((await tryPassword(office, 'nobody', PASSWORD)).json.code).toBe('ACCESS_LOCKED_OUT');
    expect(office.people.acts).toEqual([]);
  });
});

describe('a session', () => {
  it('goes on for as long as something is asked, and ends twelve hours after', async () => {
    const office = staffed();
    const { cookie } = await signedIn(office, 'desk-1');
    const ask = () => office.ask('GET', '/v1/session', { role: null, headers: { cookie } });
    office.clock.nowMs += 11 * HOUR;
    expect((await ask()).status).toBe(200);
    office.clock.nowMs += 11 * HOUR;
    expect((await ask()).status).toBe(200);
    office.clock.nowMs += 2 * HOUR;
    const over = await ask();
    expect([over.status, over.json.code]).toEqual([401, 'ACCESS_SESSION_EXPIRED']);
  });

  it('ends when nothing was asked for twelve hours', async () => {
    const office = staffed();
    const { cookie } = await signedIn(office, 'desk-1');
    office.clock.nowMs += 12 * HOUR;
    const over = await office.ask('GET', '/v1/session', { role: null, headers: { cookie } });
    expect(over.json.code).toBe('ACCESS_SESSION_EXPIRED');
  });

  it('ends when its officer signs out, on record, and the browser forgets it', async () => {
    const office = staffed();
    const { cookie, page } = await signedIn(office, 'desk-1');
    const out = await office.ask('POST', '/v1/session/end', { role: null, headers: page });
    expect([out.status, String(out.headers['set-cookie'])]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect(office.people.acts.at(-1)).toMatchObject({ officer: 'desk-1', act: OfficerAct.SIGNED_OUT });
    const over = await office.ask('GET', '/v1/session', { role: null, headers: { cookie } });
    expect([over.status, over.json.code]).toEqual([401, 'ACCESS_SESSION_INVALID']);
  });

  it('is refused together with a token, whichever of them is good', async () => {
    const office = staffed();
    const { cookie } = await signedIn(office, 'desk-1');
    for (const authorization of [`Bearer ${office.tokens.officer}`, 'Bearer x', ''])
      expect((await office.ask('GET', '/v1/inbox', { role: null, headers: { cookie, authorization } })).json.code).toBe(
        'OFFICE_CREDENTIALS_TWO',
      );
  });

  it('is what the account is about, not a token', async () => {
    const answer = await staffed().ask('GET', '/v1/session', { role: 'officer' });
    expect([answer.status, answer.json.code]).toEqual([403, 'OFFICE_SESSION_NEEDED']);
  });

  it("answers no page that says the word of another, whatever it asks: it is somebody else's by now", async () => {
    const office = staffed();
    const before = await signedIn(office, 'chief');
    const { cookie } = await signedIn(office, 'desk-1');
    for (const path of ['/v1/inbox', '/v1/session', '/v1/events']) {
      const answer = await office.ask('GET', path, { role: null, headers: { ...before.page, cookie } });
      expect([answer.status, answer.json.code]).toEqual([403, 'OFFICE_CSRF_REFUSED']);
    }
    expect((await office.ask('GET', '/v1/inbox', { role: null, headers: before.page })).status).toBe(200);
  });

  it('counts against the rate of its role', async () => {
    const slow = { perSecond: 1, burst: 3 };
    const limits = { system: slow, officer: slow, supervisor: slow, oversight: slow, auditor: slow, operator: slow };
    const office = staffed({ limits });
    const { cookie } = await signedIn(office, 'desk-1');
    const statuses = [];
    for (let i = 0; i < 4; i++)
      statuses.push((await office.ask('GET', '/v1/inbox', { role: null, headers: { cookie } })).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it('is over at once when its officer is disabled, changes role or gets another password', async () => {
    const office = staffed();
    const chief = await signedIn(office, 'op-1');
    const act = (path: string, body?: object) =>
      office.ask('POST', path, { role: null, headers: chief.page, ...(body === undefined ? {} : { body }) });
    const isIn = async (cookie: string) =>
      (await office.ask('GET', '/v1/session', { role: null, headers: { cookie } })).status === 200;
    const first = await signedIn(office, 'desk-1');
    expect((await act('/v1/officers/desk-1/change', { role: 'supervisor' })).status).toBe(200);
    expect(await isIn(first.cookie)).toBe(false);
    const second = await signedIn(office, 'desk-1');
    expect((await act('/v1/officers/desk-1/change', { agencies: [] })).status).toBe(200);
    expect(await isIn(second.cookie)).toBe(true);
    const reset = await act('/v1/officers/desk-1/reset');
    expect(await isIn(second.cookie)).toBe(false);
    const third = await signedIn(office, 'desk-1', reset.json.password);
    expect((await act('/v1/officers/desk-1/disable')).status).toBe(200);
    expect(await isIn(third.cookie)).toBe(false);
    expect((await tryPassword(office, 'desk-1', reset.json.password)).json.code).toBe('ACCESS_SIGN_IN_REFUSED');
    expect((await act('/v1/officers/desk-1/enable')).status).toBe(200);
    expect(await isIn(third.cookie)).toBe(false);
  });
});
