import { describe, expect, it } from 'vitest';
import { OfficerAct } from '../../../../services/core/wire/index.ts';
import { OFFICE_ROUTES } from '../../../../services/office/http/office-routes.ts';
import { type SoftwareAuthenticator, softwareAuthenticator } from '../../../support/software-authenticator.ts';
import { type Answered, type FakeOffice, fakeOffice } from '../fake-office.ts';
import { ORIGIN, PASSWORD } from '../fake-people.ts';
import { FROM_CONSOLE, type SignedIn, sessionOf, signedIn, tryPassword } from './sessions-of.ts';

const MINUTE = 60_000;
const staffed = () =>
  fakeOffice({
    people: [
      { name: 'desk-1', role: 'officer' },
      { name: 'desk-2', role: 'officer' },
      { name: 'op-1', role: 'operator' },
    ],
  });
const post = (office: FakeOffice, who: SignedIn, path: string, body?: object) =>
  office.ask('POST', path, { role: null, headers: who.page, ...(body === undefined ? {} : { body }) });
const challengeIn = (answer: Answered): string => String(answer.headers['set-cookie']).split(';')[0] ?? '';
const withCookie = (who: SignedIn, asked: Answered) => ({
  ...who.page,
  cookie: `${who.cookie}; ${challengeIn(asked)}`,
});
const status = async (office: FakeOffice, { cookie }: SignedIn) =>
  (await office.ask('GET', '/v1/session', { role: null, headers: { cookie } })).status;

async function addPasskey(office: FakeOffice, who: SignedIn): Promise<SoftwareAuthenticator> {
  const key = softwareAuthenticator(ORIGIN);
  const asked = await post(office, who, '/v1/session/passkeys/options');
  const body = { label: 'Telephone', response: key.create(asked.json) };
  await office.ask('POST', '/v1/session/passkeys', { role: null, headers: withCookie(who, asked), body });
  return key;
}

async function prove(office: FakeOffice, who: SignedIn, key: SoftwareAuthenticator): Promise<Answered> {
  const asked = await post(office, who, '/v1/session/proof/passkey/options');
  const headers = withCookie(who, asked);
  return office.ask('POST', '/v1/session/proof/passkey', { role: null, headers, body: key.get(asked.json) });
}

/** What changes how somebody signs in, by whom, with a body where there is one. */
const CHANGES = [
  ['desk-1', '/v1/session/passkeys/options', undefined],
  ['desk-1', '/v1/session/passkeys', { label: 'x', response: {} }],
  ['desk-1', `/v1/session/passkeys/${'0'.repeat(16)}/remove`, undefined],
  ['op-1', '/v1/officers', { name: 'desk-3', role: 'officer' }],
  ['op-1', '/v1/officers/desk-2/change', { oidcSubject: 'sub' }],
  ['op-1', '/v1/officers/desk-2/reset', undefined],
  ['op-1', '/v1/officers/desk-2/enable', undefined],
] as const;

describe('what changes how people sign in', () => {
  it.each(CHANGES)('is not done by %s ten minutes after the sign-in: %s', async (name, path, body) => {
    const office = staffed();
    const who = await signedIn(office, name);
    office.people.acts.splice(0);
    office.clock.nowMs += 10 * MINUTE;
    const answer = await post(office, who, path, body);
    expect([answer.status, answer.json.code]).toEqual([403, 'ACCESS_PROOF_NEEDED']);
    expect([office.people.acts, await status(office, who)]).toEqual([[], 200]);
  });

  it.each(CHANGES)('is asked nothing more of %s before: %s', async (name, path, body) => {
    const office = staffed();
    const who = await signedIn(office, name);
    office.clock.nowMs += 10 * MINUTE - 1;
    expect((await post(office, who, path, body)).json?.code).not.toBe('ACCESS_PROOF_NEEDED');
  });

  it('is every route that says so, and every one of those listed', () => {
    const said = OFFICE_ROUTES.filter(({ proof }) => proof).map(({ path }) => path);
    const listed = CHANGES.map(([, path]) => path.replace('desk-2', '{name}').replace('0'.repeat(16), '{id}'));
    expect(said.sort()).toEqual([...listed].sort());
  });

  it('asks nothing more of a token, which is a proof each time', async () => {
    const office = staffed();
    const answer = await office.ask('POST', '/v1/officers/desk-2/reset', { role: 'operator' });
    expect(answer.status).toBe(200);
  });

  it('still lets an operator shut somebody out at once', async () => {
    const office = staffed();
    const op = await signedIn(office, 'op-1');
    office.clock.nowMs += 60 * MINUTE;
    expect((await post(office, op, '/v1/officers/desk-2/disable')).status).toBe(200);
  });

  it('is no first password of somebody who has none', async () => {
    const office = staffed();
    const key = await addPasskey(office, await signedIn(office, 'desk-1'));
    const file = JSON.parse(office.people.files.officers.text ?? '');
    for (const officer of file.officers) if (officer.name === 'desk-1') delete officer.password;
    office.people.files.officers.text = JSON.stringify(file);
    await office.people.people.scan();
    const asked = await office.ask('POST', '/v1/sign-in/passkey/options', { role: null, headers: FROM_CONSOLE });
    const headers = { ...FROM_CONSOLE, cookie: challengeIn(asked) };
    const body = key.get(asked.json);
    const who = sessionOf(await office.ask('POST', '/v1/sign-in/passkey', { role: null, headers, body }));
    office.clock.nowMs += 10 * MINUTE;
    const own = { current: '', next: 'nine quiet otters swim' };
    expect((await post(office, who, '/v1/session/password', own)).json.code).toBe('ACCESS_PROOF_NEEDED');
    const proved = sessionOf(await prove(office, who, key));
    expect((await post(office, proved, '/v1/session/password', own)).status).toBe(200);
  });
});

describe('a proof', () => {
  it('by password lets them do it for ten minutes more, on record', async () => {
    const office = staffed();
    const op = await signedIn(office, 'op-1');
    office.people.acts.splice(0);
    office.clock.nowMs += 20 * MINUTE;
    const answer = await post(office, op, '/v1/session/proof/password', { password: PASSWORD });
    expect([answer.status, answer.json.officer.name]).toEqual([200, 'op-1']);
    expect(office.people.acts).toMatchObject([
      { officer: 'op-1', act: OfficerAct.SIGNED_IN, by: 'op-1', what: 'proof-password' },
    ]);
    const proved = sessionOf(answer);
    office.clock.nowMs += 10 * MINUTE - 1;
    expect((await post(office, proved, '/v1/officers/desk-2/reset')).status).toBe(200);
    office.clock.nowMs += 1;
    expect((await post(office, proved, '/v1/officers/desk-2/reset')).json.code).toBe('ACCESS_PROOF_NEEDED');
  });

  it('by a passkey of their own does the same', async () => {
    const office = staffed();
    const who = await signedIn(office, 'desk-1');
    const key = await addPasskey(office, who);
    office.clock.nowMs += 20 * MINUTE;
    const answer = await prove(office, who, key);
    expect(answer.status).toBe(200);
    expect(office.people.acts.at(-1)).toMatchObject({ act: OfficerAct.SIGNED_IN, what: 'proof-passkey' });
    expect((await post(office, sessionOf(answer), '/v1/session/passkeys/options')).status).toBe(200);
  });

  it('is worth nothing to whoever has the session of before', async () => {
    const office = staffed();
    const stolen = await signedIn(office, 'desk-1');
    office.clock.nowMs += 20 * MINUTE;
    const proved = sessionOf(await post(office, stolen, '/v1/session/proof/password', { password: PASSWORD }));
    expect([await status(office, stolen), await status(office, proved)]).toEqual([401, 200]);
    expect((await post(office, { ...proved, page: stolen.page }, '/v1/session/passkeys/options')).status).toBe(401);
  });

  it('makes no session longer', async () => {
    const office = staffed();
    const who = await signedIn(office, 'desk-1');
    const { beganAt } = (await office.ask('GET', '/v1/session', { role: null, headers: { cookie: who.cookie } })).json;
    office.clock.nowMs += 60 * MINUTE;
    const proved = await post(office, who, '/v1/session/proof/password', { password: PASSWORD });
    expect(proved.json.beganAt).toBe(beganAt);
  });

  it('that is wrong ends nothing, and counts as at the sign-in', async () => {
    const office = staffed();
    const who = await signedIn(office, 'desk-1');
    office.clock.nowMs += 20 * MINUTE;
    const wrong = await post(office, who, '/v1/session/proof/password', { password: 'not the password' });
    expect([wrong.status, wrong.json.code, wrong.json.faults[0].field]).toEqual([
      422,
      'ACCESS_PASSWORD_WRONG',
      'password',
    ]);
    expect((await post(office, who, '/v1/session/passkeys/options')).json.code).toBe('ACCESS_PROOF_NEEDED');
    for (let i = 0; i < 9; i++) {
      office.clock.nowMs += 61_000;
      await post(office, who, '/v1/session/proof/password', { password: 'not the password' });
    }
    expect((await tryPassword(office, 'desk-1', PASSWORD)).json.code).toBe('ACCESS_LOCKED_OUT');
  });

  it("is not somebody else's passkey", async () => {
    const office = staffed();
    const key = await addPasskey(office, await signedIn(office, 'desk-2'));
    const answer = await prove(office, await signedIn(office, 'desk-1'), key);
    expect([answer.status, answer.json.code]).toEqual([422, 'ACCESS_PASSKEY_REFUSED']);
  });

  it('is not what was signed for a sign-in', async () => {
    const office = staffed();
    const who = await signedIn(office, 'desk-1');
    const key = await addPasskey(office, who);
    const asked = await office.ask('POST', '/v1/sign-in/passkey/options', { role: null, headers: FROM_CONSOLE });
    const headers = withCookie(who, asked);
    const body = key.get(asked.json);
    const answer = await office.ask('POST', '/v1/session/proof/passkey', { role: null, headers, body });
    expect(answer.json.code).toBe('OFFICE_CHALLENGE_INVALID');
  });

  it('brings back no session that was ended meanwhile', async () => {
    const office = staffed();
    const who = await signedIn(office, 'desk-1');
    const [answer] = await Promise.all([
      post(office, who, '/v1/session/proof/password', { password: PASSWORD }),
      post(office, who, '/v1/session/end'),
    ]);
    expect([answer.status, answer.headers['set-cookie']]).toEqual([401, undefined]);
  });
});
