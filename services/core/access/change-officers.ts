import type { EpochMs } from '../foundation/index.ts';
import { type Agency, isAgencyId } from './agencies.ts';
import { AccessError } from './errors.ts';
import { isOfficerRole, isPrincipalName } from './names.ts';
import type { OfficerRecord, OfficerRole, OfficersTable, PasskeyRecord, PasswordHash } from './officers.ts';
import { isLine, isSubject, OFFICER_BOUNDS } from './officers-file.ts';
import type { AgencyId, PrincipalName } from './types.ts';

/** What somebody is to be; what is left out stays, or is none. */
export interface OfficerTerms {
  readonly role?: string;
  readonly agencies?: readonly string[];
  readonly displayName?: string;
  /** Empty: they no longer use the ministry's sign-in. */
  readonly oidcSubject?: string;
}

/**
 * A person more, who cannot sign in until they have a password, a passkey or a subject.
 *
 * @throws AccessError ACCESS_NAME_INVALID, ACCESS_ROLE_INVALID, ACCESS_AGENCY_UNKNOWN, ACCESS_TERMS_INVALID,
 * ACCESS_OFFICER_EXISTS, ACCESS_TABLE_FULL.
 */
export function addOfficer(
  table: OfficersTable,
  name: string,
  terms: OfficerTerms & { readonly role: string },
  now: EpochMs,
): OfficersTable {
  if (!isPrincipalName(name)) throw new AccessError('ACCESS_NAME_INVALID');
  if (table.officers.has(name)) throw new AccessError('ACCESS_OFFICER_EXISTS');
  if (table.officers.size >= OFFICER_BOUNDS.officers) throw new AccessError('ACCESS_TABLE_FULL');
  const officer: OfficerRecord = {
    name,
    role: 'auditor',
    agencies: [],
    displayName: '',
    password: undefined,
    oneTimeUntil: undefined,
    passkeys: [],
    oidcSubject: undefined,
    generation: 0,
    createdAt: now,
    disabledAt: undefined,
  };
  return withOfficer(table, { ...officer, ...readTerms(table, officer, terms) });
}

/**
 * They are something else from now on; with another role, every session of theirs is over.
 *
 * @throws AccessError ACCESS_OFFICER_UNKNOWN, ACCESS_ROLE_INVALID, ACCESS_AGENCY_UNKNOWN, ACCESS_TERMS_INVALID,
 * ACCESS_LAST_OPERATOR.
 */
export function changeOfficer(table: OfficersTable, name: string, terms: OfficerTerms): OfficersTable {
  const officer = officerIn(table, name);
  const next = { ...officer, ...readTerms(table, officer, terms) };
  const isOther = next.role !== officer.role || next.oidcSubject !== officer.oidcSubject;
  return keepsOperator(table, withOfficer(table, isOther ? { ...next, generation: next.generation + 1 } : next));
}

/** They are let in no more; every session of theirs is over. @throws AccessError ACCESS_OFFICER_UNKNOWN, ACCESS_LAST_OPERATOR. */
export function disableOfficer(table: OfficersTable, name: string, now: EpochMs): OfficersTable {
  const officer = officerIn(table, name);
  if (officer.disabledAt !== undefined) return table;
  return keepsOperator(table, withOfficer(table, { ...officer, disabledAt: now, generation: officer.generation + 1 }));
}

/** They are let in again, with a sign-in of their own. @throws AccessError ACCESS_OFFICER_UNKNOWN. */
export function enableOfficer(table: OfficersTable, name: string): OfficersTable {
  return withOfficer(table, { ...officerIn(table, name), disabledAt: undefined });
}

/**
 * They have another password, their own or one that is good for one sign-in until then; every session of before is over.
 *
 * @throws AccessError ACCESS_OFFICER_UNKNOWN.
 */
export function setPassword(
  table: OfficersTable,
  name: string,
  password: PasswordHash,
  oneTimeUntil: EpochMs | undefined,
): OfficersTable {
  const officer = officerIn(table, name);
  return withOfficer(table, { ...officer, password, oneTimeUntil, generation: officer.generation + 1 });
}

/**
 * Nothing that could sign them in before does but the ministry: another password, no passkeys, every session over. Whoever
 * asks for a reset has reason not to trust what was there.
 *
 * @throws AccessError ACCESS_OFFICER_UNKNOWN.
 */
export function resetSignIn(
  table: OfficersTable,
  name: string,
  password: PasswordHash,
  oneTimeUntil: EpochMs | undefined,
): OfficersTable {
  const reset = setPassword(table, name, password, oneTimeUntil);
  return withOfficer(reset, { ...officerIn(reset, name), passkeys: [] });
}

/** They have a passkey more. @throws AccessError ACCESS_OFFICER_UNKNOWN, ACCESS_PASSKEYS_FULL, ACCESS_PASSKEY_EXISTS. */
export function addPasskey(table: OfficersTable, name: string, passkey: PasskeyRecord): OfficersTable {
  const officer = officerIn(table, name);
  if (officer.passkeys.length >= OFFICER_BOUNDS.passkeys) throw new AccessError('ACCESS_PASSKEYS_FULL');
  if (ownerOfPasskey(table, passkey.id) !== undefined) throw new AccessError('ACCESS_PASSKEY_EXISTS');
  return withOfficer(table, { ...officer, passkeys: [...officer.passkeys, passkey] });
}

/** That passkey is taken no more. @throws AccessError ACCESS_OFFICER_UNKNOWN, ACCESS_PASSKEY_UNKNOWN. */
export function removePasskey(table: OfficersTable, name: string, id: string): OfficersTable {
  const officer = officerIn(table, name);
  const passkeys = officer.passkeys.filter((passkey) => passkey.id !== id);
  if (passkeys.length === officer.passkeys.length) throw new AccessError('ACCESS_PASSKEY_UNKNOWN');
  return withOfficer(table, { ...officer, passkeys });
}

/** The passkey has signed so often. @throws AccessError ACCESS_OFFICER_UNKNOWN. */
export function countPasskey(table: OfficersTable, name: string, id: string, counter: number): OfficersTable {
  const officer = officerIn(table, name);
  const passkeys = officer.passkeys.map((passkey) => (passkey.id === id ? { ...passkey, counter } : passkey));
  return withOfficer(table, { ...officer, passkeys });
}

/** Whose passkey it is; `undefined` for nobody's. */
export function ownerOfPasskey({ officers }: OfficersTable, id: string): OfficerRecord | undefined {
  return [...officers.values()].find(({ passkeys }) => passkeys.some((passkey) => passkey.id === id));
}

/**
 * An agency more.
 *
 * @throws AccessError ACCESS_AGENCY_INVALID, ACCESS_AGENCY_EXISTS, ACCESS_TABLE_FULL.
 */
export function addAgency(
  table: OfficersTable,
  agency: { readonly id: string; readonly name: string; readonly crimeAreas: readonly string[] },
  crimeAreas: ReadonlySet<string>,
): OfficersTable {
  const { id, name } = agency;
  if (!isAgencyId(id)) throw new AccessError('ACCESS_AGENCY_INVALID', { context: { field: 'id' } });
  if (!isLine(name)) throw new AccessError('ACCESS_AGENCY_INVALID', { context: { field: 'name' } });
  const claimed = new Set(agency.crimeAreas);
  if (claimed.size < agency.crimeAreas.length || ![...claimed].every((area) => crimeAreas.has(area)))
    throw new AccessError('ACCESS_AGENCY_INVALID', { context: { field: 'crimeAreas' } });
  if (table.agencies.has(id)) throw new AccessError('ACCESS_AGENCY_EXISTS');
  if (table.agencies.size >= OFFICER_BOUNDS.agencies) throw new AccessError('ACCESS_TABLE_FULL');
  const made: Agency = { id, name, crimeAreas: [...claimed] };
  return { ...table, agencies: new Map(table.agencies).set(id, made) };
}

/** The agency is no more; what it alone claimed concerns everybody. @throws AccessError ACCESS_AGENCY_UNKNOWN, ACCESS_AGENCY_IN_USE. */
export function removeAgency(table: OfficersTable, id: string): OfficersTable {
  const agencies = new Map(table.agencies);
  if (!agencies.delete(id as AgencyId)) throw new AccessError('ACCESS_AGENCY_UNKNOWN');
  const member = [...table.officers.values()].find((officer) => officer.agencies.includes(id as AgencyId));
  if (member !== undefined) throw new AccessError('ACCESS_AGENCY_IN_USE', { context: { officer: member.name } });
  return { ...table, agencies };
}

/** @throws AccessError ACCESS_OFFICER_UNKNOWN. */
export function officerIn({ officers }: OfficersTable, name: string): OfficerRecord {
  const officer = officers.get(name as PrincipalName);
  if (officer === undefined) throw new AccessError('ACCESS_OFFICER_UNKNOWN');
  return officer;
}

function readTerms(table: OfficersTable, before: OfficerRecord, terms: OfficerTerms): Partial<OfficerRecord> {
  const role = terms.role ?? before.role;
  if (!isOfficerRole(role)) throw new AccessError('ACCESS_ROLE_INVALID');
  const agencies = terms.agencies ?? before.agencies;
  const isKnown = (id: string): id is AgencyId => table.agencies.has(id as AgencyId);
  if (!agencies.every(isKnown) || new Set(agencies).size < agencies.length)
    throw new AccessError('ACCESS_AGENCY_UNKNOWN');
  const displayName = terms.displayName ?? before.displayName;
  if (displayName !== '' && !isLine(displayName))
    throw new AccessError('ACCESS_TERMS_INVALID', { context: { field: 'displayName' } });
  const oidcSubject = terms.oidcSubject === '' ? undefined : (terms.oidcSubject ?? before.oidcSubject);
  const others = [...table.officers.values()].filter(({ name }) => name !== before.name);
  if (
    oidcSubject !== undefined &&
    (!isSubject(oidcSubject) || others.some((other) => other.oidcSubject === oidcSubject))
  )
    throw new AccessError('ACCESS_TERMS_INVALID', { context: { field: 'oidcSubject' } });
  return { role: role as OfficerRole, agencies: agencies as readonly AgencyId[], displayName, oidcSubject };
}

/** An office whose last operator is gone could let nobody in any more. */
function keepsOperator(before: OfficersTable, after: OfficersTable): OfficersTable {
  const hasOne = ({ officers }: OfficersTable): boolean =>
    [...officers.values()].some(({ role, disabledAt }) => role === 'operator' && disabledAt === undefined);
  if (hasOne(before) && !hasOne(after)) throw new AccessError('ACCESS_LAST_OPERATOR');
  return after;
}

function withOfficer(table: OfficersTable, officer: OfficerRecord): OfficersTable {
  return { ...table, officers: new Map(table.officers).set(officer.name, officer) };
}
