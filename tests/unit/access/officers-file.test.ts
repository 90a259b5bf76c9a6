import { describe, expect, it } from 'vitest';
import {
  type AccessError,
  addAgency,
  addOfficer,
  addPasskey,
  changeOfficer,
  disableOfficer,
  formatOfficersFile,
  formatSessionsFile,
  NO_OFFICERS,
  newSession,
  officerIn,
  oneTimeEnd,
  parseOfficersFile,
  parseSessionsFile,
  setPassword,
} from '../../../services/core/access/index.ts';
import type { EpochMs } from '../../../services/core/foundation/index.ts';

const NOW = Date.UTC(2026, 0, 1) as EpochMs;
const AREAS = new Set(['CRIME_AREA_DRUGS', 'CRIME_AREA_TIMBER']);
const HASH = { cost: 16, blockSize: 8, parallelization: 1, salt: 'A'.repeat(22), hash: 'B'.repeat(43) };

function full() {
  let table = addAgency(NO_OFFICERS, { id: 'narcotics', name: 'Narcotics', crimeAreas: ['CRIME_AREA_DRUGS'] }, AREAS);
  table = addOfficer(table, 'op-1', { role: 'operator' }, NOW);
  table = addOfficer(table, 'desk-1', { role: 'officer', agencies: ['narcotics'], displayName: 'กองปราบ' }, NOW);
  table = setPassword(table, 'desk-1', HASH, oneTimeEnd(NOW));
  table = addPasskey(table, 'desk-1', {
    id: 'C'.repeat(43),
    publicKey: 'D'.repeat(64),
    counter: 3,
    label: 'Key',
    addedAt: NOW,
  });
  table = changeOfficer(table, 'desk-1', { oidcSubject: 'abc|1' });
  return disableOfficer(table, 'desk-1', NOW);
}

const faultsOf = (text: string, parse: (text: string) => unknown): string => {
  try {
    parse(text);
  } catch (error) {
    expect((error as AccessError).code).toBe('ACCESS_FILE_INVALID');
    return String((error as AccessError).context['faults']);
  }
  return '';
};

// biome-ignore lint/suspicious/noExplicitAny: a file to be spoilt
const spoilt = (change: (file: any) => void): string => {
  const file = JSON.parse(formatOfficersFile(full()));
  change(file);
  return faultsOf(JSON.stringify(file), (text) => parseOfficersFile(text, AREAS));
};

describe('parseOfficersFile', () => {
  it('reads back what was written', () => {
    expect(parseOfficersFile(formatOfficersFile(full()), AREAS)).toEqual(full());
  });

  it.each([
    ['what is no JSON', '{', 'not-json'],
    ['a list', '[]', 'type-wrong'],
    ['another version', '{"version":2,"agencies":[],"officers":[]}', 'version version-unknown'],
    ['a file without officers', '{"version":1,"agencies":[]}', 'officers required'],
  ])('refuses %s', (_, text, fault) => {
    expect(faultsOf(text, (each) => parseOfficersFile(each, AREAS))).toContain(fault);
  });

  // biome-ignore lint/suspicious/noExplicitAny: a file to be spoilt
  it.each<[string, (file: any) => void, string]>([
    ['a field that it does not know', (file) => (file.officers[1].admin = true), 'officers[1].admin field-unknown'],
    ['a system', (file) => (file.officers[1].role = 'system'), 'officers[1].role role-unknown'],
    ['a name that is none', (file) => (file.officers[1].name = 'Desk'), 'officers[1].name name-invalid'],
    ['a name twice', (file) => (file.officers[1].name = 'op-1'), 'officers[1].name entry-repeated'],
    [
      'an agency that is not there',
      (file) => (file.officers[1].agencies = ['x']),
      'officers[1].agencies entry-unknown',
    ],
    ['an agency twice', (file) => file.agencies.push(file.agencies[0]), 'agencies[1].id entry-repeated'],
    ['an unknown crime area', (file) => (file.agencies[0].crimeAreas = ['X']), 'agencies[0].crimeAreas entry-unknown'],
    [
      'a cost that takes all memory',
      (file) => (file.officers[1].password.cost = 2 ** 24),
      'password.cost number-invalid',
    ],
    [
      'a cost that is no power of two',
      (file) => (file.officers[1].password.cost = 1000),
      'password.cost number-invalid',
    ],
    ['half a hash', (file) => (file.officers[1].password.hash = 'B'.repeat(20)), 'password.hash bytes-invalid'],
    [
      'nine passkeys',
      (file) => (file.officers[1].passkeys = Array(9).fill(file.officers[1].passkeys[0])),
      'passkeys type-wrong',
    ],
    [
      'a passkey twice',
      (file) => file.officers[1].passkeys.push(file.officers[1].passkeys[0]),
      'passkeys entry-repeated',
    ],
    ['another form of time', (file) => (file.officers[1].createdAt = '2026-01-01'), 'createdAt time-invalid'],
    ['another form of an end', (file) => (file.officers[1].oneTimeUntil = 'never'), 'oneTimeUntil time-invalid'],
    ['false where true or nothing is said', (file) => (file.officers[1].mustChangePassword = false), 'type-wrong'],
    ['no generation', (file) => delete file.officers[1].generation, 'generation required'],
  ])('refuses %s', (_, change, fault) => {
    expect(spoilt(change)).toContain(fault);
  });
});

describe('a password for one sign-in', () => {
  it('has ended where a file of before does not say when it was made', () => {
    const file = JSON.parse(formatOfficersFile(full()));
    delete file.officers[1].oneTimeUntil;
    file.officers[1].mustChangePassword = true;
    expect(officerIn(parseOfficersFile(JSON.stringify(file), AREAS), 'desk-1').oneTimeUntil).toBe(0);
  });
});

describe('addOfficer', () => {
  it('takes as many as a file may hold', () => {
    let table = NO_OFFICERS;
    for (let i = 0; i < 512; i++) table = addOfficer(table, `desk-${i}`, { role: 'officer' }, NOW);
    expect(() => addOfficer(table, 'more', { role: 'officer' }, NOW)).toThrow(
      expect.objectContaining({ code: 'ACCESS_TABLE_FULL' }),
    );
  });

  it('refuses a subject that somebody else has', () => {
    expect(() => addOfficer(full(), 'desk-2', { role: 'officer', oidcSubject: 'abc|1' }, NOW)).toThrow(
      expect.objectContaining({ code: 'ACCESS_TERMS_INVALID' }),
    );
  });
});

describe('parseSessionsFile', () => {
  const { secret, record } = newSession(officerIn(full(), 'op-1'), 'passkey', NOW);
  const text = formatSessionsFile([record]);

  it('reads back what was written, which holds no secret', () => {
    expect([...parseSessionsFile(text).values()]).toEqual([record]);
    expect(text).not.toContain(secret);
  });

  it('takes a session of before for one whose officer proved nothing lately', () => {
    const before = text.replace(/,\s*"provedAt": "[^"]*"/, '');
    expect([...parseSessionsFile(before).values()]).toEqual([{ ...record, provedAt: 0 }]);
  });

  it.each([
    ['{', 'not-json'],
    [text.replace('"passkey"', '"magic"'), 'means means-unknown'],
    [text.replace(record.hash, 'x'), 'hash hash-invalid'],
    [text.replace('"generation"', '"generations"'), 'generation required'],
  ])('refuses what is not of that form', (spoiltText, fault) => {
    expect(faultsOf(spoiltText, parseSessionsFile)).toContain(fault);
  });
});
