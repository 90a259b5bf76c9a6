import { describe, expect, it } from 'vitest';
import { OfficerAct } from '../../../../services/core/wire/index.ts';
import { type IssuerFault, type OidcIssuer, startOidcIssuer } from '../../../support/oidc-issuer.ts';
import { type Answered, type FakeOffice, fakeOffice } from '../fake-office.ts';
import { COOKIE, FROM_CONSOLE, signedIn, tryPassword } from './sessions-of.ts';

async function world(): Promise<{ readonly office: FakeOffice; readonly issuer: OidcIssuer }> {
  const issuer = await startOidcIssuer();
  const office = fakeOffice({
    people: [
      { name: 'desk-1', role: 'officer' },
      { name: 'op-1', role: 'operator' },
    ],
    oidc: {
      config: { issuer: issuer.url, clientId: issuer.clientId, clientSecretFile: '', label: 'Ministry' },
      secret: issuer.clientSecret,
      failed: () => undefined,
    },
  });
  const op = await signedIn(office, 'op-1');
  await office.ask('POST', '/v1/officers/desk-1/change', {
    role: null,
    headers: op.page,
    body: { oidcSubject: 'sub-of-desk-1' },
  });
  office.people.acts.splice(0);
  return { office, issuer };
}

const begin = (office: FakeOffice, query = '') => office.ask('GET', `/v1/sign-in/oidc${query}`, { role: null });
const cookieOf = (answer: Answered): string => String(answer.headers['set-cookie']).split(';')[0] ?? '';
const comeBack = (office: FakeOffice, back: URL, cookie: string) =>
  // As the browser does it: sent by another site's page.
  office.ask('GET', `${back.pathname}${back.search}`, {
    role: null,
    headers: { cookie, 'sec-fetch-site': 'cross-site' },
  });

async function signIn(
  { office, issuer }: { office: FakeOffice; issuer: OidcIssuer },
  subject: string,
  fault?: IssuerFault,
  authTimeMs?: number,
) {
  const begun = await begin(office);
  const back = issuer.signIn(String(begun.headers['location']), subject, fault, authTimeMs);
  return comeBack(office, back, cookieOf(begun));
}

/** Whether that session may change how its officer signs in. */
async function mayChange(office: FakeOffice, answer: Answered): Promise<boolean> {
  const cookie = cookieOf(answer);
  const { csrf } = (await office.ask('GET', '/v1/session', { role: null, headers: { cookie } })).json;
  const headers = { ...FROM_CONSOLE, cookie, 'x-liaison-csrf': csrf };
  return (await office.ask('POST', '/v1/session/passkeys/options', { role: null, headers })).status === 200;
}

describe("the ministry's sign-in", () => {
  it('signs in whom the office has an account for, on record, and goes to the console', async () => {
    const both = await world();
    expect((await both.office.ask('GET', '/v1/sign-in', { role: null })).json.ways.oidc).toEqual({ label: 'Ministry' });
    const answer = await signIn(both, 'sub-of-desk-1');
    expect([answer.status, answer.headers['location']]).toEqual([302, '/console/']);
    expect(String(answer.headers['set-cookie'])).toMatch(new RegExp(`^${COOKIE}=.*SameSite=Strict`));
    expect(both.office.people.acts).toMatchObject([{ officer: 'desk-1', act: OfficerAct.SIGNED_IN, what: 'oidc' }]);
    const session = await both.office.ask('GET', '/v1/session', { role: null, headers: { cookie: cookieOf(answer) } });
    expect([session.json.officer.name, session.json.means]).toEqual(['desk-1', 'oidc']);
  });

  it('lets nobody in whom the office has no account for', async () => {
    const answer = await signIn(await world(), 'sub-of-somebody');
    expect(answer.headers['location']).toBe('/console/?refused=ACCESS_SIGN_IN_REFUSED');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it.each<[string, IssuerFault]>([
    ['another nonce', { nonce: 'other' }],
    ['another issuer', { issuer: 'https://evil.example' }],
    ['another audience', { audience: 'another-client' }],
    ['a key that is not published', { strangeKey: true }],
    ['a time that is over', { expired: true }],
  ])('is refused with %s', async (_, fault) => {
    const answer = await signIn(await world(), 'sub-of-desk-1', fault);
    expect(answer.headers['location']).toBe('/console/?refused=ACCESS_SIGN_IN_REFUSED');
  });

  it('comes back once, in the browser that went, with the state that it went with', async () => {
    const { office, issuer } = await world();
    const begun = await begin(office);
    const back = issuer.signIn(String(begun.headers['location']), 'sub-of-desk-1');
    const elsewhere = await comeBack(office, back, 'other=1');
    expect(elsewhere.headers['location']).toBe('/console/?refused=OFFICE_CHALLENGE_INVALID');
    const other = new URL(back);
    other.searchParams.set('state', 'other');
    const forged = await comeBack(office, other, cookieOf(begun));
    expect(forged.headers['location']).toBe('/console/?refused=ACCESS_SIGN_IN_REFUSED');
    const again = await comeBack(office, back, cookieOf(begun));
    expect(again.headers['location']).toBe('/console/?refused=OFFICE_CHALLENGE_INVALID');
  });

  it('is refused for who is disabled', async () => {
    const both = await world();
    const op = await signedIn(both.office, 'op-1');
    await both.office.ask('POST', '/v1/officers/desk-1/disable', { role: null, headers: op.page });
    expect((await signIn(both, 'sub-of-desk-1')).headers['location']).toContain('ACCESS_SIGN_IN_REFUSED');
  });

  it('is a proof as long as the ministry says that they proved it lately', async () => {
    const both = await world();
    const now = both.office.clock.nowMs;
    expect(await mayChange(both.office, await signIn(both, 'sub-of-desk-1', {}, now - 9 * 60_000))).toBe(true);
    expect(await mayChange(both.office, await signIn(both, 'sub-of-desk-1', {}, now - 10 * 60_000))).toBe(false);
    expect(await mayChange(both.office, await signIn(both, 'sub-of-desk-1', { silent: true }, now))).toBe(false);
  });

  it('is asked for a proof although they are signed in there, and comes back to the page', async () => {
    const { office, issuer } = await world();
    const plain = new URL(String((await begin(office)).headers['location'])).searchParams;
    expect([plain.get('prompt'), plain.get('max_age')]).toEqual([null, null]);
    const begun = await begin(office, '?again=true&page=/console/settings');
    const location = String(begun.headers['location']);
    const { searchParams } = new URL(location);
    expect([searchParams.get('prompt'), searchParams.get('max_age')]).toEqual(['login', '0']);
    const back = await comeBack(office, issuer.signIn(location, 'sub-of-desk-1'), cookieOf(begun));
    expect(back.headers['location']).toBe('/console/settings');
  });

  it.each(['https://evil.example/', '//evil.example', '/console/\\evil', '/v1/inbox'])(
    'comes back to no other page: %s',
    async (page) => {
      const { office } = await world();
      const answer = await begin(office, `?page=${encodeURIComponent(page)}`);
      expect([answer.status, answer.headers['location']]).toEqual([422, undefined]);
    },
  );

  it('asks for no password that somebody else made', async () => {
    const both = await world();
    const op = await signedIn(both.office, 'op-1');
    const reset = await both.office.ask('POST', '/v1/officers/desk-1/reset', { role: null, headers: op.page });
    const seenBy = async (cookie: string) =>
      (await both.office.ask('GET', '/v1/session', { role: null, headers: { cookie } })).json;
    const mine = await seenBy(cookieOf(await signIn(both, 'sub-of-desk-1')));
    expect([mine.officer.mustChangePassword, mine.ministry]).toEqual([false, { label: 'Ministry' }]);
    const typed = await seenBy(cookieOf(await tryPassword(both.office, 'desk-1', reset.json.password)));
    expect(typed.officer.mustChangePassword).toBe(true);
  });

  it('is not there where the office uses none', async () => {
    const answer = await begin(fakeOffice());
    expect([answer.status, answer.json.code]).toEqual([404, 'OFFICE_OIDC_ABSENT']);
  });

  it('says that it fails where the issuer does not answer', async () => {
    const office = fakeOffice({
      oidc: {
        config: { issuer: new URL('http://127.0.0.1:9'), clientId: 'x', clientSecretFile: '', label: 'x' },
        secret: 'x',
        failed: () => undefined,
      },
    });
    const answer = await begin(office);
    expect([answer.status, answer.json.code]).toEqual([503, 'OFFICE_OIDC_FAILED']);
  });
});
