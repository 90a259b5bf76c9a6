import { describe, expect, it } from 'vitest';
import { OfficerAct } from '../../../../services/core/wire/index.ts';
import {
  type Misbehaviour,
  type SoftwareAuthenticator,
  softwareAuthenticator,
} from '../../../support/software-authenticator.ts';
import { type Answered, type FakeOffice, fakeOffice } from '../fake-office.ts';
import { ORIGIN } from '../fake-people.ts';
import { FROM_CONSOLE, type SignedIn, signedIn, tryPassword } from './sessions-of.ts';

const staffed = () =>
  fakeOffice({
    people: [
      { name: 'desk-1', role: 'officer' },
      { name: 'desk-2', role: 'officer' },
      { name: 'op-1', role: 'operator' },
    ],
  });

const challengeIn = (answer: Answered): string => String(answer.headers['set-cookie']).split(';')[0] ?? '';

/** The passkey is asked for, and answered. */
async function add(
  office: FakeOffice,
  who: SignedIn,
  key: SoftwareAuthenticator,
  wrong: Misbehaviour = {},
): Promise<Answered> {
  const asked = await office.ask('POST', '/v1/session/passkeys/options', { role: null, headers: who.page });
  const cookie = `${who.cookie}; ${challengeIn(asked)}`;
  return office.ask('POST', '/v1/session/passkeys', {
    role: null,
    headers: { ...who.page, cookie },
    body: { label: 'Telephone', response: key.create(asked.json, wrong) },
  });
}

const begin = (office: FakeOffice) =>
  office.ask('POST', '/v1/sign-in/passkey/options', { role: null, headers: FROM_CONSOLE });

const finish = (office: FakeOffice, body: unknown, cookie: string) =>
  office.ask('POST', '/v1/sign-in/passkey', { role: null, body, headers: { ...FROM_CONSOLE, cookie } });

async function signIn(office: FakeOffice, key: SoftwareAuthenticator, wrong: Misbehaviour = {}): Promise<Answered> {
  const asked = await begin(office);
  return finish(office, key.get(asked.json, wrong), challengeIn(asked));
}

describe('a passkey', () => {
  it.each(['ES256', 'EdDSA'] as const)('of %s is added and signs in, without a name, on record', async (algorithm) => {
    const office = staffed();
    const key = softwareAuthenticator(ORIGIN, algorithm);
    const added = await add(office, await signedIn(office, 'desk-1'), key);
    expect([added.status, added.json.passkeys]).toEqual([
      201,
      [{ id: expect.stringMatching(/^[0-9a-f]{16}$/), label: 'Telephone', createdAt: expect.any(String) }],
    ]);
    const answer = await signIn(office, key);
    expect([answer.status, answer.json.officer.name, answer.json.means]).toEqual([200, 'desk-1', 'passkey']);
    expect(office.people.acts.map(({ act, what }) => [act, what])).toEqual([
      [OfficerAct.SIGNED_IN, 'password'],
      [OfficerAct.PASSKEY_ADDED, ''],
      [OfficerAct.SIGNED_IN, 'passkey'],
    ]);
  });

  it('works while wrong passwords have locked the name', async () => {
    const office = staffed();
    const key = softwareAuthenticator(ORIGIN);
    await add(office, await signedIn(office, 'desk-1'), key);
    for (let i = 0; i < 10; i++) {
      await tryPassword(office, 'desk-1', 'not the password');
      office.clock.nowMs += 61_000;
    }
    expect((await tryPassword(office, 'desk-1', 'not the password')).json.code).toBe('ACCESS_LOCKED_OUT');
    expect((await signIn(office, key)).status).toBe(200);
  });

  it.each<[string, Misbehaviour]>([
    ['for a page of another origin', { origin: 'http://localhost:8102' }],
    ['for another host', { rpId: 'example.org' }],
    ['without asking the person', { unverified: true }],
    ['with another key', { wrongKey: true }],
    ['with a count that went back, as a copy does', { counter: 1 }],
    ["for somebody else's account", { userHandle: Buffer.alloc(32).toString('base64url') }],
  ])('that signs %s is refused', async (_, wrong) => {
    const office = staffed();
    const key = softwareAuthenticator(ORIGIN);
    await add(office, await signedIn(office, 'desk-1'), key, { counter: 5 });
    const answer = await signIn(office, key, wrong);
    expect([answer.status, answer.json.code, answer.headers['set-cookie']]).toEqual([
      401,
      'ACCESS_SIGN_IN_REFUSED',
      undefined,
    ]);
  });

  it('that nobody has is refused', async () => {
    const answer = await signIn(staffed(), softwareAuthenticator(ORIGIN));
    expect(answer.json.code).toBe('ACCESS_SIGN_IN_REFUSED');
  });

  it.each([{}, { id: 7 }, { id: 'x', response: null }])('answer of another form is refused: %j', async (body) => {
    const office = staffed();
    const asked = await begin(office);
    expect((await finish(office, body, challengeIn(asked))).json.code).toBe('ACCESS_SIGN_IN_REFUSED');
  });

  it('is refused once its officer is disabled', async () => {
    const office = staffed();
    const key = softwareAuthenticator(ORIGIN);
    await add(office, await signedIn(office, 'desk-1'), key);
    const op = await signedIn(office, 'op-1');
    await office.ask('POST', '/v1/officers/desk-1/disable', { role: null, headers: op.page });
    expect((await signIn(office, key)).json.code).toBe('ACCESS_SIGN_IN_REFUSED');
  });

  it('answers once, within five minutes, in the browser that was asked', async () => {
    const office = staffed();
    const key = softwareAuthenticator(ORIGIN);
    await add(office, await signedIn(office, 'desk-1'), key);
    const asked = await begin(office);
    const answer = key.get(asked.json);
    expect((await finish(office, answer, challengeIn(await begin(office)))).json.code).toBe('ACCESS_SIGN_IN_REFUSED');
    expect((await finish(office, answer, 'other=1')).json.code).toBe('OFFICE_CHALLENGE_INVALID');
    expect((await finish(office, answer, challengeIn(asked))).status).toBe(200);
    expect((await finish(office, answer, challengeIn(asked))).json.code).toBe('OFFICE_CHALLENGE_INVALID');
    const late = await begin(office);
    office.clock.nowMs += 300_000;
    expect((await finish(office, key.get(late.json), challengeIn(late))).json.code).toBe('OFFICE_CHALLENGE_INVALID');
  });

  it.each<[string, Misbehaviour]>([
    ['for a page of another origin', { origin: 'http://evil.example' }],
    ['without asking the person', { unverified: true }],
    ["with a maker's certificate", { attestation: 'maker' }],
    ['in the format of another age', { attestation: 'fido-u2f' }],
  ])('made %s is not added', async (_, wrong) => {
    const office = staffed();
    const answer = await add(office, await signedIn(office, 'desk-1'), softwareAuthenticator(ORIGIN), wrong);
    expect([answer.status, answer.json.code]).toEqual([422, 'ACCESS_PASSKEY_REFUSED']);
  });

  it('that vouches for itself alone is added and signs in', async () => {
    const office = staffed();
    const key = softwareAuthenticator(ORIGIN);
    const added = await add(office, await signedIn(office, 'desk-1'), key, { attestation: 'self' });
    expect([added.status, (await signIn(office, key)).status]).toEqual([201, 200]);
  });

  it('asked for by one is not added for another', async () => {
    const office = staffed();
    const one = await signedIn(office, 'desk-1');
    const other = await signedIn(office, 'desk-2');
    const asked = await office.ask('POST', '/v1/session/passkeys/options', { role: null, headers: one.page });
    const answer = await office.ask('POST', '/v1/session/passkeys', {
      role: null,
      headers: { ...other.page, cookie: `${other.cookie}; ${challengeIn(asked)}` },
      body: { label: 'x', response: softwareAuthenticator(ORIGIN).create(asked.json) },
    });
    expect(answer.json.code).toBe('ACCESS_PASSKEY_REFUSED');
  });

  it('is added once, and eight are the most', async () => {
    const office = staffed();
    const who = await signedIn(office, 'desk-1');
    const key = softwareAuthenticator(ORIGIN);
    expect((await add(office, who, key)).status).toBe(201);
    expect((await add(office, who, key)).json.code).toBe('ACCESS_PASSKEY_EXISTS');
    for (let i = 0; i < 7; i++) await add(office, who, softwareAuthenticator(ORIGIN));
    expect((await add(office, who, softwareAuthenticator(ORIGIN))).json.code).toBe('ACCESS_PASSKEYS_FULL');
  });

  it('is removed by its owner alone, on record, and then refused', async () => {
    const office = staffed();
    const who = await signedIn(office, 'desk-1');
    const key = softwareAuthenticator(ORIGIN);
    const [{ id }] = (await add(office, who, key)).json.passkeys;
    const remove = (page: Record<string, string>) =>
      office.ask('POST', `/v1/session/passkeys/${id}/remove`, { role: null, headers: page });
    expect((await remove((await signedIn(office, 'desk-2')).page)).json.code).toBe('ACCESS_PASSKEY_UNKNOWN');
    expect((await remove(who.page)).status).toBe(204);
    expect(office.people.acts.at(-1)).toMatchObject({ officer: 'desk-1', act: OfficerAct.PASSKEY_REMOVED });
    expect((await signIn(office, key)).json.code).toBe('ACCESS_SIGN_IN_REFUSED');
  });
});

describe('a password for one sign-in', () => {
  it('adds no passkey, which would be good when its owner has chosen another password', async () => {
    const office = staffed();
    const op = await signedIn(office, 'op-1');
    const reset = await office.ask('POST', '/v1/officers/desk-1/reset', { role: null, headers: op.page });
    const first = await signedIn(office, 'desk-1', reset.json.password);
    const asked = await office.ask('POST', '/v1/session/passkeys/options', { role: null, headers: first.page });
    expect([asked.status, asked.json.code]).toEqual([403, 'ACCESS_PASSWORD_MUST_CHANGE']);
    const added = await office.ask('POST', '/v1/session/passkeys', {
      role: null,
      headers: first.page,
      body: { label: 'Telephone', response: {} },
    });
    expect(added.json.code).toBe('ACCESS_PASSWORD_MUST_CHANGE');
    const removed = await office.ask('POST', `/v1/session/passkeys/${'0'.repeat(16)}/remove`, {
      role: null,
      headers: first.page,
    });
    expect(removed.json.code).toBe('ACCESS_PASSWORD_MUST_CHANGE');
  });
});

describe('a passkey that is removed', () => {
  it('takes the sessions with it that somebody else may have with what was lost; the one that removed it goes on', async () => {
    const office = staffed();
    const key = softwareAuthenticator(ORIGIN);
    const here = await signedIn(office, 'desk-1');
    const other = await signedIn(office, 'desk-2');
    const [passkey] = (await add(office, here, key)).json.passkeys as readonly { readonly id: string }[];
    const [lost = ''] = String((await signIn(office, key)).headers['set-cookie']).split(';');
    const status = async (cookie: string) =>
      (await office.ask('GET', '/v1/session', { role: null, headers: { cookie } })).status;
    expect(await status(lost)).toBe(200);
    const path = `/v1/session/passkeys/${passkey?.id}/remove`;
    expect((await office.ask('POST', path, { role: null, headers: here.page })).status).toBe(204);
    expect([await status(lost), await status(here.cookie), await status(other.cookie)]).toEqual([401, 200, 200]);
  });
});
