import { type EpochMs, ownLine, rfc3339 } from '../foundation/index.ts';
import { type Agency, isAgencyId } from './agencies.ts';
import { AccessError } from './errors.ts';
import { type FileReader, fileReader } from './file-reader.ts';
import { isOfficerRole, isPrincipalName } from './names.ts';
import type { OfficerRecord, OfficersTable, PasskeyRecord, PasswordHash } from './officers.ts';
import type { AgencyId, PrincipalName } from './types.ts';

const VERSION = 1;

/** Most agencies of an office, most people, most passkeys of one of them, and most crime areas of an agency. */
export const OFFICER_BOUNDS = { agencies: 64, officers: 512, passkeys: 8, crimeAreas: 64 } as const;

/**
 * The people in the text of an officers.json, taken whole or not at all: nobody keeps or loses access because a part of
 * the file could not be read.
 *
 * @throws AccessError ACCESS_FILE_INVALID; `context.faults` names every place.
 */
export function parseOfficersFile(text: string, crimeAreas: ReadonlySet<string>): OfficersTable {
  const reader = fileReader(text);
  const root = reader.root(['version', 'agencies', 'officers'], VERSION);
  const agencies = new Map<AgencyId, Agency>();
  for (const entry of root.list('agencies', OFFICER_BOUNDS.agencies)) {
    const agency = readAgency(entry, crimeAreas);
    if (agencies.has(agency.id)) entry.fault('id', 'entry-repeated');
    agencies.set(agency.id, agency);
  }
  const officers = new Map<PrincipalName, OfficerRecord>();
  for (const entry of root.list('officers', OFFICER_BOUNDS.officers)) {
    const officer = readOfficer(entry, agencies);
    if (officers.has(officer.name)) entry.fault('name', 'entry-repeated');
    officers.set(officer.name, officer);
  }
  const faults = reader.faults();
  if (faults.length === 0) return { agencies, officers };
  throw new AccessError('ACCESS_FILE_INVALID', {
    context: { count: faults.length, faults: faults.slice(0, 20).join('; ') },
  });
}

/** The text of an officers.json that holds exactly these people. */
export function formatOfficersFile({ agencies, officers }: OfficersTable): string {
  const text = {
    version: VERSION,
    agencies: [...agencies.values()],
    officers: [...officers.values()].map((officer) => ({
      name: officer.name,
      role: officer.role,
      agencies: officer.agencies,
      ...(officer.displayName === '' ? {} : { displayName: officer.displayName }),
      ...(officer.password === undefined ? {} : { password: officer.password }),
      ...(officer.oneTimeUntil === undefined ? {} : { oneTimeUntil: rfc3339(officer.oneTimeUntil) }),
      passkeys: officer.passkeys.map((passkey) => ({ ...passkey, addedAt: rfc3339(passkey.addedAt) })),
      ...(officer.oidcSubject === undefined ? {} : { oidcSubject: officer.oidcSubject }),
      generation: officer.generation,
      createdAt: rfc3339(officer.createdAt),
      ...(officer.disabledAt === undefined ? {} : { disabledAt: rfc3339(officer.disabledAt) }),
    })),
  };
  return `${JSON.stringify(text, null, 2)}\n`;
}

function readAgency(entry: FileReader, crimeAreas: ReadonlySet<string>): Agency {
  entry.only(['id', 'name', 'crimeAreas']);
  return {
    id: entry.value('id', isAgencyId, 'id-invalid') ?? ('' as AgencyId),
    name: entry.value('name', isLine, 'name-invalid') ?? '',
    crimeAreas: readDistinct(entry, 'crimeAreas', (value): value is string => crimeAreas.has(value as string)),
  };
}

function readOfficer(entry: FileReader, agencies: ReadonlyMap<AgencyId, Agency>): OfficerRecord {
  entry.only(
    ['name', 'role', 'agencies', 'passkeys', 'generation', 'createdAt'],
    ['displayName', 'password', 'mustChangePassword', 'oneTimeUntil', 'oidcSubject', 'disabledAt'],
  );
  const passkeys = entry.list('passkeys', OFFICER_BOUNDS.passkeys).map(readPasskey);
  if (new Set(passkeys.map(({ id }) => id)).size < passkeys.length) entry.fault('passkeys', 'entry-repeated');
  return {
    name: entry.value('name', isPrincipalName, 'name-invalid') ?? ('' as PrincipalName),
    role: entry.value('role', isOfficerRole, 'role-unknown') ?? 'auditor',
    agencies: readDistinct(entry, 'agencies', (value): value is AgencyId => agencies.has(value as AgencyId)),
    displayName: entry.value('displayName', isLine, 'name-invalid') ?? '',
    password: readPassword(entry),
    oneTimeUntil: readOneTimeUntil(entry),
    passkeys,
    oidcSubject: entry.value('oidcSubject', isSubject, 'subject-invalid'),
    generation: entry.value('generation', isWhole, 'number-invalid') ?? 0,
    createdAt: entry.time('createdAt') ?? (0 as EpochMs),
    disabledAt: entry.time('disabledAt'),
  };
}

function readPassword(entry: FileReader): PasswordHash | undefined {
  const inner = entry.section('password');
  if (inner === undefined) return undefined;
  inner.only(['cost', 'blockSize', 'parallelization', 'salt', 'hash']);
  return {
    // Bounded: a file must not make a sign-in take all the memory there is.
    cost: inner.value('cost', isCost, 'number-invalid') ?? 2,
    blockSize:
      inner.value(
        'blockSize',
        (value): value is number => isWhole(value) && value >= 1 && value <= 16,
        'number-invalid',
      ) ?? 1,
    parallelization:
      inner.value(
        'parallelization',
        (value): value is number => isWhole(value) && value >= 1 && value <= 16,
        'number-invalid',
      ) ?? 1,
    salt: inner.value('salt', isBase64url, 'bytes-invalid') ?? '',
    hash:
      inner.value('hash', (value): value is string => isBase64url(value) && value.length === 43, 'bytes-invalid') ?? '',
  };
}

/** A file of before says only that it was made by somebody else: how long ago nobody knows, so it has ended. */
function readOneTimeUntil(entry: FileReader): EpochMs | undefined {
  const isOneTime = entry.value('mustChangePassword', (value) => value === true, 'type-wrong') === true;
  return entry.time('oneTimeUntil') ?? (isOneTime ? (0 as EpochMs) : undefined);
}

function readPasskey(entry: FileReader): PasskeyRecord {
  entry.only(['id', 'publicKey', 'counter', 'label', 'addedAt']);
  return {
    id: entry.value('id', isBase64url, 'bytes-invalid') ?? '',
    publicKey: entry.value('publicKey', isBase64url, 'bytes-invalid') ?? '',
    counter: entry.value('counter', isWhole, 'number-invalid') ?? 0,
    label: entry.value('label', isLine, 'name-invalid') ?? '',
    addedAt: entry.time('addedAt') ?? (0 as EpochMs),
  };
}

function readDistinct<T extends string>(
  entry: FileReader,
  field: string,
  is: (value: unknown) => value is T,
): readonly T[] {
  const isList = (value: unknown): value is readonly T[] =>
    Array.isArray(value) && value.every(is) && new Set(value).size === value.length;
  return entry.value(field, isList, 'entry-unknown') ?? [];
}

const LINE = ownLine(1, 80);

/** Whether `value` is one line of at most 80 characters that shows what it says. */
export function isLine(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 80 && value.trim() === value && LINE.test(value);
}

/** Whether `value` may be somebody's `sub` at an issuer: at most 255 ASCII characters (OpenID Connect Core §2). */
export function isSubject(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]{1,255}$/.test(value);
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isCost(value: unknown): value is number {
  return isWhole(value) && value >= 2 && value <= 2 ** 18 && Number.isInteger(Math.log2(value));
}

function isBase64url(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{16,2048}$/.test(value);
}
