import { describe, expect, it } from 'vitest';
import { OfficerAct } from '../../../../services/core/wire/index.ts';
import { type FakeOffice, fakeOffice, NOW } from '../fake-office.ts';
import { PASSWORD } from '../fake-people.ts';
import { type SignedIn, signedIn, tryPassword } from './sessions-of.ts';

const HOUR = 3_600_000;
const staffed = () =>
  fakeOffice({
    people: [
      { name: 'desk-1', role: 'officer' },
      { name: 'op-1', role: 'operator' },
    ],
  });
const post = (office: FakeOffice, who: SignedIn, path: string, body?: object) =>
  office.ask('POST', path, { role: null, headers: who.page, ...(body === undefined ? {} : { body }) });
const resetOf = async (office: FakeOffice) => {
  const op = await signedIn(office, 'op-1');
  return (await post(office, op, '/v1/officers/desk-1/reset')).json as { password: string; until: string };
};

describe('a password for one sign-in', () => {
  it.each([
    ['/v1/officers/desk-1/reset', undefined],
    ['/v1/officers', { name: 'desk-2', role: 'officer' }],
  ])('comes with the time until when it is good: %s', async (path, body) => {
    const office = staffed();
    const made = await post(office, await signedIn(office, 'op-1'), path, body);
    expect(made.json.until).toBe(new Date(NOW + 72 * HOUR).toISOString());
    const { items } = (await office.ask('GET', '/v1/accounts', { role: 'operator' })).json;
    const account = items.find(({ name }: { name: string }) => name === made.json.name);
    expect(account.oneTimeUntil).toBe(made.json.until);
  });

  it('is good until then', async () => {
    const office = staffed();
    const { password } = await resetOf(office);
    office.clock.nowMs += 72 * HOUR - 1;
    expect((await tryPassword(office, 'desk-1', password)).status).toBe(200);
  });

  it('is refused from then on, in words of its own', async () => {
    const office = staffed();
    const { password } = await resetOf(office);
    office.clock.nowMs += 72 * HOUR;
    const late = await tryPassword(office, 'desk-1', password);
    expect([late.status, late.json.code, late.headers['set-cookie']]).toEqual([
      403,
      'ACCESS_PASSWORD_ENDED',
      undefined,
    ]);
    expect(
      office.people.acts.filter(({ act, officer }) => act === OfficerAct.SIGNED_IN && officer === 'desk-1'),
    ).toEqual([]);
  });

  it('tells nobody who does not know it that it is over', async () => {
    const office = staffed();
    await resetOf(office);
    office.clock.nowMs += 72 * HOUR;
    expect((await tryPassword(office, 'desk-1', PASSWORD)).json.code).toBe('ACCESS_SIGN_IN_REFUSED');
  });

  it('that is over makes no wrong one forgotten, and is none itself', async () => {
    const office = staffed();
    const { password } = await resetOf(office);
    office.clock.nowMs += 72 * HOUR;
    for (let i = 0; i < 9; i++) {
      await tryPassword(office, 'desk-1', 'not the password');
      office.clock.nowMs += 61_000;
      expect((await tryPassword(office, 'desk-1', password)).json.code).toBe('ACCESS_PASSWORD_ENDED');
    }
    await tryPassword(office, 'desk-1', 'not the password');
    expect((await tryPassword(office, 'desk-1', password)).json.code).toBe('ACCESS_LOCKED_OUT');
  });

  it('is chosen another in place of no more once it is over, under the session that it began', async () => {
    const office = staffed();
    const { password } = await resetOf(office);
    office.clock.nowMs += 72 * HOUR - 1;
    const first = await signedIn(office, 'desk-1', password);
    office.clock.nowMs += 1;
    const next = { current: password, next: 'nine quiet otters swim' };
    const late = await post(office, first, '/v1/session/password', next);
    expect([late.status, late.json.code]).toEqual([403, 'ACCESS_PASSWORD_ENDED']);
    const inbox = await office.ask('GET', '/v1/inbox', { role: null, headers: { cookie: first.cookie } });
    expect(inbox.json.code).toBe('ACCESS_PASSWORD_MUST_CHANGE');
  });

  it('does not end once its owner has chosen another', async () => {
    const office = staffed();
    const { password } = await resetOf(office);
    const first = await signedIn(office, 'desk-1', password);
    await post(office, first, '/v1/session/password', { current: password, next: 'nine quiet otters swim' });
    office.clock.nowMs += 1000 * HOUR;
    expect((await tryPassword(office, 'desk-1', 'nine quiet otters swim')).status).toBe(200);
  });
});
