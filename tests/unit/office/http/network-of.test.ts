import { describe, expect, it } from 'vitest';
import { networkOf } from '../../../../services/office/http/network-of.ts';
import { fakeOffice } from '../fake-office.ts';
import { FROM_CONSOLE } from './sessions-of.ts';

describe('networkOf', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
    ['1::', '1:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('takes %j for %j', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('the limit of what one address may begin', () => {
  const tried = async (addressOf: (number: number) => string): Promise<readonly number[]> => {
    const office = fakeOffice({ people: [{ name: 'desk-1', role: 'officer' }] });
    await office.people.ready();
    const statuses: number[] = [];
    for (let number = 0; number < 31; number++) {
      const { statusCode } = await office.http.app.inject({
        method: 'POST',
        url: '/v1/sign-in/passkey/options',
        headers: FROM_CONSOLE,
        remoteAddress: addressOf(number),
      });
      statuses.push(statusCode);
    }
    return statuses;
  };

  it('counts all that a line of IPv6 can come from together', async () => {
    expect((await tried((number) => `2001:db8:1:2::${number + 1}`)).at(-1)).toBe(429);
  });

  it('counts other networks apart', async () => {
    expect(new Set(await tried((number) => `2001:db8:1:${number + 1}::1`))).toEqual(new Set([200]));
  });
});

describe('the limit of wrong passwords from one address', () => {
  const codes = async (addressOf: (number: number) => string): Promise<readonly string[]> => {
    const office = fakeOffice({ people: [{ name: 'desk-1', role: 'officer' }] });
    await office.people.ready();
    const told: string[] = [];
    for (let number = 0; number < 16; number++) {
      const answer = await office.http.app.inject({
        method: 'POST',
        url: '/v1/sign-in/password',
        headers: FROM_CONSOLE,
        remoteAddress: addressOf(number),
        payload: { name: `nobody-${number}`, password: 'not the password' },
      });
      told.push((answer.json() as { code: string }).code);
    }
    return told;
  };

  it('counts all that a line of IPv6 can come from together, whatever the name', async () => {
    expect((await codes((number) => `2001:db8:1:2::${number + 1}`)).at(-1)).toBe('ACCESS_LOCKED_OUT');
  });

  it('counts other networks apart', async () => {
    const told = await codes((number) => `2001:db8:1:${number + 1}::1`);
    expect(new Set(told)).toEqual(new Set(['ACCESS_SIGN_IN_REFUSED']));
  });
});
