import { describe, expect, it } from 'vitest';
import {
  hashPassword,
  newPassword,
  PASSWORD_COST,
  passwordFault,
  verifyPassword,
} from '../../../services/core/access/index.ts';

const CHEAP = { cost: 2, blockSize: 1, parallelization: 1 };

describe('hashPassword', () => {
  it('says what it cost, and is never the same twice', async () => {
    const one = await hashPassword('seven grey herons', CHEAP);
    const other = await hashPassword('seven grey herons', CHEAP);
    expect(one).toMatchObject(CHEAP);
    expect(one.hash).not.toBe(other.hash);
  });

  it('is scrypt as RFC 7914 §12 has it', async () => {
    const cost = { cost: 16, blockSize: 1, parallelization: 1 };
    const { hash } = await hashPassword('', cost, () => new Uint8Array());
    expect(Buffer.from(hash, 'base64url').toString('hex')).toBe(
      '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442',
    );
  });

  it('costs what OWASP asks for', () => {
    expect(PASSWORD_COST).toEqual({ cost: 131_072, blockSize: 8, parallelization: 1 });
  });
});

describe('verifyPassword', () => {
  it('knows the password again, however it was typed', async () => {
    const kept = await hashPassword('sieben häßliche Reiher', CHEAP);
    expect(await verifyPassword('sieben häßliche Reiher'.normalize('NFD'), kept)).toBe(true);
    expect(await verifyPassword('sieben häßliche reiher', kept)).toBe(false);
  });

  it('is never right where there is none', async () => {
    expect(await verifyPassword('', undefined, CHEAP)).toBe(false);
    expect(await verifyPassword('x', { ...CHEAP, salt: 'AAAAAAAAAAAAAAAAAAAAAA', hash: '' }, CHEAP)).toBe(false);
  });
});

describe('passwordFault', () => {
  it.each([
    ['elevenchars', 'too-short'],
    ['é'.repeat(6), 'too-short'],
    ['x y'.repeat(100), 'too-long'],
    ['my desk-1 is here', 'has-name'],
    ['my DESK-1 is here', 'has-name'],
    ['Password2026!!', 'too-common'],
    ['aaaaaaaaaaaaaaaa', 'too-common'],
    ['abcdefghijklmnop', 'too-common'],
    ['123456789012', 'too-common'],
    ['12341234123412341234', 'too-common'],
    ['correcthorsebatterystaple', 'too-common'],
    ['seven grey herons', undefined],
    ['七只灰鹭在稻田里慢慢走过去', undefined],
    ['ๆๆๆ นกกระสาเจ็ดตัว', undefined],
  ])('says of %s: %s', (password, fault) => {
    expect(passwordFault(password, 'desk-1')).toBe(fault);
  });
});

describe('newPassword', () => {
  it('is five words that can be said, never the same, and good', () => {
    const made = new Set(Array.from({ length: 50 }, () => newPassword()));
    expect(made.size).toBe(50);
    for (const password of made) {
      expect(password).toMatch(/^([bdfghjklmnprstvz][aeio]){2}(-([bdfghjklmnprstvz][aeio]){2}){4}$/);
      expect(passwordFault(password, 'desk-1')).toBeUndefined();
    }
  });
});
