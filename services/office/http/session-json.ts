import { ACTIONS, type Action, mustChoosePassword, type OfficerRecord, reachOf } from '../../core/access/index.ts';
import { nationOf, rfc3339, sha256, toHex, utf8 } from '../../core/foundation/index.ts';
import { OfficeError } from '../errors.ts';
import type { LiveSession } from '../people/session-keeper.ts';
import type { Door } from './door.ts';
import type { Asker } from './route.ts';

/** The session of a person who is signed in. @throws OfficeError OFFICE_SESSION_NEEDED with a token. */
export function ownSession({ session }: Asker): LiveSession {
  if (session === undefined) throw new OfficeError('OFFICE_SESSION_NEEDED');
  return session;
}

/** What a page needs to know of whoever is signed in. */
export function sessionJson(
  door: Door,
  { officer, record, csrf, endsAt }: LiveSession,
): Readonly<Record<string, unknown>> {
  const mustChangePassword = mustChoosePassword(record, officer);
  const actions: readonly Action[] = mustChangePassword
    ? ['keep-own-account']
    : ACTIONS.filter((action) => reachOf(officer.role, action) !== undefined);
  return {
    officer: { ...officerJson(officer), mustChangePassword },
    csrf,
    office: door.office,
    officeName: officeName(door),
    nation: nationOf(door.office),
    agencies: agenciesJson(door),
    actions,
    lastEventId: actions.includes('follow-events') ? String(door.feed.lastId()) : null,
    means: record.means,
    beganAt: rfc3339(record.beganAt),
    expiresAt: rfc3339(endsAt),
    hasPassword: door.people.accounts.needsCurrent(record),
    ministry: door.people.oidc === null || officer.oidcSubject === undefined ? null : { label: door.people.oidc.label },
    passkeys: officer.passkeys.map(({ id, label, addedAt }) => ({
      id: passkeyName(id),
      label,
      createdAt: rfc3339(addedAt),
    })),
  };
}

/** An officer as colleagues see them. */
export function officerJson({ name, displayName, role, agencies }: OfficerRecord): Readonly<Record<string, unknown>> {
  return { name, displayName: displayName === '' ? null : displayName, role, agencies };
}

/** The agencies of the office. */
export function agenciesJson(door: Door): readonly unknown[] {
  return [...door.people.officers.table().agencies.values()];
}

/** Names a passkey shortly, in addresses: 16 hexadecimal digits. */
export function passkeyName(id: string): string {
  return toHex(sha256(utf8(id))).slice(0, 16);
}

/** How the office is called, by its nation's directory. */
export function officeName({ office, trust }: Door): string {
  return trust().directoryOf(nationOf(office))?.offices.get(office)?.entry?.name ?? office;
}
