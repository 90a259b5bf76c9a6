import { describe, expect, it } from 'vitest';
import {
  createToken,
  formatTokenFile,
  parseTokenFile,
  renewPrincipal,
  revokeToken,
  type TokenTable,
  verifyToken,
} from '../../../services/core/access/index.ts';
import { type EpochMs, isLiaisonError } from '../../../services/core/foundation/index.ts';

const NOW = Date.parse('2026-03-01T08:00:00.000Z') as EpochMs;
const plus = (ms: number): EpochMs => (NOW + ms) as EpochMs;
const empty: TokenTable = new Map();

interface FileShape {
  [key: string]: unknown;
  tokens?: unknown;
}

/** The tokens of a file, to be spoilt. */
function tokenAt(file: FileShape, index: number): Record<string, unknown> {
  return (file.tokens as Record<string, unknown>[])[index] as Record<string, unknown>;
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return isLiaisonError(error) ? error.code : String(error);
  }
  return 'nothing thrown';
}

describe('createToken', () => {
  it('makes a token that is verified as the role and name it was made for', () => {
    const { table, text, record } = createToken(empty, { role: 'officer', name: 'duty-1', now: NOW });
    expect(verifyToken(table, text, NOW)).toEqual({
      kind: 'token',
      id: record.id,
      role: 'officer',
      name: 'duty-1',
      agencies: null,
    });
  });

  it('keeps nothing of the secret', () => {
    const { table, text } = createToken(empty, { role: 'officer', name: 'duty-1', now: NOW });
    const secret = text.split('_').slice(2).join('_');
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(formatTokenFile(table)).not.toContain(secret);
  });

  it('leaves the table it was given as it was', () => {
    createToken(empty, { role: 'officer', name: 'duty-1', now: NOW });
    expect(empty.size).toBe(0);
  });

  it('takes 32 bytes of randomness for the secret and makes no two tokens alike', () => {
    const sizes: number[] = [];
    createToken(empty, {
      role: 'system',
      name: 'x',
      now: NOW,
      random: (size) => {
        sizes.push(size);
        return new Uint8Array(size);
      },
    });
    expect(sizes).toEqual([8, 32]);
    const texts = Array.from({ length: 50 }, () => createToken(empty, { role: 'system', name: 'x', now: NOW }).text);
    expect(new Set(texts).size).toBe(50);
  });

  it.each([
    [{ role: 'admin', name: 'duty-1' }, 'ACCESS_ROLE_INVALID'],
    [{ role: 'constructor', name: 'duty-1' }, 'ACCESS_ROLE_INVALID'],
    [{ role: 'officer', name: 'Somchai Jaidee' }, 'ACCESS_NAME_INVALID'],
    [{ role: 'officer', name: '' }, 'ACCESS_NAME_INVALID'],
    [{ role: 'officer', name: 'a'.repeat(65) }, 'ACCESS_NAME_INVALID'],
    [{ role: 'officer', name: 'duty-1\n' }, 'ACCESS_NAME_INVALID'],
    [{ role: 'officer', name: 'node' }, 'ACCESS_NAME_INVALID'],
    [{ role: 'officer', name: 'command-line' }, 'ACCESS_NAME_INVALID'],
    [{ role: 'officer', name: 'duty-1', expiresAt: NOW }, 'ACCESS_EXPIRY_INVALID'],
  ])('refuses %j', (request, code) => {
    expect(codeOf(() => createToken(empty, { ...request, now: NOW }))).toBe(code);
  });
});

describe('verifyToken', () => {
  const { table, text, record } = createToken(empty, {
    role: 'officer',
    name: 'duty-1',
    now: NOW,
    expiresAt: plus(1000),
  });

  it('refuses a secret that differs in its last character', () => {
    const other = text.slice(0, -1) + (text.endsWith('A') ? 'E' : 'A');
    expect(codeOf(() => verifyToken(table, other, NOW))).toBe('ACCESS_TOKEN_INVALID');
  });

  it('refuses an id that is not in the table', () => {
    expect(codeOf(() => verifyToken(empty, text, NOW))).toBe('ACCESS_TOKEN_INVALID');
  });

  it('refuses the secret of another token', () => {
    const second = createToken(table, { role: 'supervisor', name: 'duty-2', now: NOW });
    const mixed = `blo_${second.record.id}_${text.slice(21)}`;
    expect(codeOf(() => verifyToken(second.table, mixed, NOW))).toBe('ACCESS_TOKEN_INVALID');
  });

  it.each(['', 'blo', 'blo_x_y', `Bearer ${text}`, `${text} `, `${text}\n`, text.toUpperCase(), 'constructor'])(
    'refuses the text %j',
    (other) => {
      expect(codeOf(() => verifyToken(table, other, NOW))).toBe('ACCESS_TOKEN_INVALID');
    },
  );

  it('takes it one millisecond before it expires and refuses it from then on', () => {
    expect(verifyToken(table, text, plus(999)).name).toBe('duty-1');
    expect(codeOf(() => verifyToken(table, text, plus(1000)))).toBe('ACCESS_TOKEN_EXPIRED');
  });

  it('refuses it from the moment it is revoked', () => {
    const revoked = revokeToken(table, record.id, plus(10));
    expect(verifyToken(revoked, text, plus(9)).name).toBe('duty-1');
    expect(codeOf(() => verifyToken(revoked, text, plus(10)))).toBe('ACCESS_TOKEN_REVOKED');
  });

  it('tells nobody who lacks the secret that a token was revoked', () => {
    const revoked = revokeToken(table, record.id, NOW);
    const other = text.slice(0, 22) + 'A'.repeat(42);
    expect(codeOf(() => verifyToken(revoked, other, NOW))).toBe('ACCESS_TOKEN_INVALID');
  });
});

describe('renewPrincipal', () => {
  const { table, text, record } = createToken(empty, {
    role: 'officer',
    name: 'duty-1',
    now: NOW,
    expiresAt: plus(1000),
  });
  const principal = verifyToken(table, text, NOW);

  it('gives the same principal while the token is good', () => {
    expect(renewPrincipal(table, principal, plus(1))).toEqual(principal);
  });

  it.each([
    ['revoked', revokeToken(table, record.id, NOW), plus(1), 'ACCESS_TOKEN_REVOKED'],
    ['expired', table, plus(1000), 'ACCESS_TOKEN_EXPIRED'],
    ['gone', empty, NOW, 'ACCESS_TOKEN_INVALID'],
  ])('refuses it once the token is %s', (_, current, now, code) => {
    expect(codeOf(() => renewPrincipal(current, principal, now))).toBe(code);
  });
});

describe('revokeToken', () => {
  const { table, record } = createToken(empty, { role: 'officer', name: 'duty-1', now: NOW });

  it('refuses an id that is not in the table', () => {
    expect(codeOf(() => revokeToken(table, 'f'.repeat(16), NOW))).toBe('ACCESS_TOKEN_UNKNOWN');
  });

  it('never puts a revocation later', () => {
    const once = revokeToken(table, record.id, NOW);
    expect(revokeToken(once, record.id, plus(5)).get(record.id)?.revokedAt).toBe(NOW);
  });
});

describe('parseTokenFile', () => {
  const made = createToken(empty, { role: 'officer', name: 'duty-1', now: NOW, expiresAt: plus(1000) });
  const two = createToken(made.table, { role: 'system', name: 'border-control', now: NOW });
  const full = revokeToken(two.table, made.record.id, plus(5));
  const file = JSON.parse(formatTokenFile(full)) as FileShape;
  const changed = (change: (copy: FileShape) => void): string => {
    const copy = structuredClone(file);
    change(copy);
    return JSON.stringify(copy);
  };
  const faultsOf = (text: string): string => {
    try {
      parseTokenFile(text);
    } catch (error) {
      if (isLiaisonError(error) && error.code === 'ACCESS_FILE_INVALID') return String(error.context['faults']);
      throw error;
    }
    return '';
  };

  it('gives back what formatTokenFile wrote', () => {
    expect(parseTokenFile(formatTokenFile(full))).toEqual(full);
    expect(parseTokenFile(formatTokenFile(empty))).toEqual(empty);
  });

  it.each([
    ['no JSON', '{', ' not-json'],
    ['a list', '[]', ' type-wrong'],
    ['null', 'null', ' type-wrong'],
    ['an unknown key', changed((f) => (f.more = 1)), 'more field-unknown'],
    ['a key that every object inherits', `{"version":1,"tokens":[],"__proto__":1}`, '__proto__ field-unknown'],
    ['another version', changed((f) => (f.version = 2)), 'version version-unknown'],
    ['no tokens', changed((f) => delete f.tokens), 'tokens type-wrong'],
    ['a token that is no object', changed((f) => ((f.tokens as unknown[])[0] = [])), 'tokens[0] type-wrong'],
    ['an unknown key of a token', changed((f) => (tokenAt(f, 1)['secret'] = 'x')), 'tokens[1].secret field-unknown'],
    ['a token without a role', changed((f) => delete tokenAt(f, 1)['role']), 'tokens[1].role required'],
    ['an unknown role', changed((f) => (tokenAt(f, 0)['role'] = 'root')), 'tokens[0].role role-unknown'],
    ['a personal name', changed((f) => (tokenAt(f, 0)['name'] = 'A B')), 'tokens[0].name name-invalid'],
    ['a short hash', changed((f) => (tokenAt(f, 0)['hash'] = 'ab')), 'tokens[0].hash hash-invalid'],
    ['an odd id', changed((f) => (tokenAt(f, 0)['id'] = 'AB')), 'tokens[0].id id-invalid'],
    [
      'a time without milliseconds',
      changed((f) => (tokenAt(f, 0)['createdAt'] = '2026-03-01T08:00:00Z')),
      'tokens[0].createdAt time-invalid',
    ],
    [
      'a day that does not exist',
      changed((f) => (tokenAt(f, 0)['revokedAt'] = '2026-02-30T00:00:00.000Z')),
      'tokens[0].revokedAt time-invalid',
    ],
    [
      'an id that stands twice',
      changed((f) => (tokenAt(f, 1)['id'] = tokenAt(f, 0)['id'])),
      'tokens[1].id entry-repeated',
    ],
  ])('refuses %s', (_, text, faults) => {
    expect(faultsOf(text)).toBe(faults);
  });

  it('names all faults at once', () => {
    const text = changed((f) => {
      f.more = 1;
      tokenAt(f, 0)['role'] = 'root';
      tokenAt(f, 1)['hash'] = '';
    });
    expect(faultsOf(text)).toBe('more field-unknown; tokens[0].role role-unknown; tokens[1].hash hash-invalid');
  });
});
