import { createHash, createHmac, randomBytes } from 'node:crypto';
import { type DurationMs, type EpochMs, sameBytes, toBase64url, toHex, utf8 } from '../foundation/index.ts';
import { AccessError } from './errors.ts';
import type { OfficerRecord, OfficersTable } from './officers.ts';
import type { Principal, PrincipalName, SessionId } from './types.ts';

/** By which means somebody signed in. */
export const SIGN_IN_MEANS = ['password', 'passkey', 'oidc'] as const;

/** One of the means. */
export type SignInMeans = (typeof SIGN_IN_MEANS)[number];

/** What is kept of a session: enough to recognise it, not to use it. */
export interface SessionRecord {
  readonly id: SessionId;
  /** SHA-256 of the session's secret, in hexadecimal. */
  readonly hash: string;
  readonly name: PrincipalName;
  /** The officer's generation when it began. */
  readonly generation: number;
  readonly means: SignInMeans;
  readonly beganAt: EpochMs;
  /** When they last proved who they are: at the sign-in or since; long ago where nobody knows. */
  readonly provedAt: EpochMs;
  readonly seenAt: EpochMs;
}

/** When a session ends by itself. */
export interface SessionLimits {
  /** So long after its last request. */
  readonly idleMs: DurationMs;
  /** So long after it began, whatever happens. */
  readonly absoluteMs: DurationMs;
}

/** The sessions of an office, by the hash of their secrets. */
export type SessionTable = ReadonlyMap<string, SessionRecord>;

/** The most sessions of one officer; a further one ends the oldest. */
export const MAX_SESSIONS_EACH = 16;

const SECRET = /^[A-Za-z0-9_-]{43}$/;
const SECRET_BYTES = 32;

/** So long after a proof somebody may change how people sign in: enough to do it, too short for who finds the page open. */
const PROOF_MS = 10 * 60_000;

/** A session, and its secret, which is nowhere else. */
export interface NewSession {
  readonly secret: string;
  readonly record: SessionRecord;
}

/** A session that begins now, of somebody who proved at `provedAt` who they are. */
export function newSession(
  { name, generation }: OfficerRecord,
  means: SignInMeans,
  now: EpochMs,
  provedAt: EpochMs = now,
): NewSession {
  return underNewSecret({ name, generation, means, beganAt: now, seenAt: now, provedAt });
}

/**
 * The same session after its officer proved again who they are, under another secret: whoever may have taken the one of
 * before has nothing of the proof.
 */
export function provedSession({ id: _, hash: __, ...session }: SessionRecord, now: EpochMs): NewSession {
  return underNewSecret({ ...session, seenAt: now, provedAt: now });
}

/** Whether they proved who they are a short while ago. */
export function isProvedLately({ provedAt }: SessionRecord, now: EpochMs): boolean {
  return provedAt <= now && now - provedAt < PROOF_MS;
}

/** Whether nothing may be done under it but to choose a password: it began with one that somebody else knows. */
export function mustChoosePassword({ means }: SessionRecord, { oneTimeUntil }: OfficerRecord): boolean {
  return means === 'password' && oneTimeUntil !== undefined;
}

function underNewSecret(session: Omit<SessionRecord, 'id' | 'hash'>): NewSession {
  const secret = toBase64url(randomBytes(SECRET_BYTES));
  const hash = hashOf(secret);
  return { secret, record: { ...session, id: hash.slice(0, 16) as SessionId, hash } };
}

/** The session with that secret. @throws AccessError ACCESS_SESSION_INVALID. */
export function findSession(table: SessionTable, secret: string): SessionRecord {
  // Looked up by its hash: what is found out about a key of the map by its timing is of no use to anybody.
  const record = SECRET.test(secret) ? table.get(hashOf(secret)) : undefined;
  if (record === undefined) throw new AccessError('ACCESS_SESSION_INVALID');
  return record;
}

/**
 * Whose session it is, as the people are now: nobody who was disabled, changed role or got another password goes on.
 *
 * @throws AccessError ACCESS_SESSION_INVALID, ACCESS_SESSION_EXPIRED.
 */
export function principalOfSession(
  record: SessionRecord,
  { officers }: OfficersTable,
  limits: SessionLimits,
  now: EpochMs,
): { readonly principal: Principal; readonly officer: OfficerRecord } {
  const officer = officers.get(record.name);
  if (officer === undefined || isDisabled(officer, now) || officer.generation !== record.generation)
    throw new AccessError('ACCESS_SESSION_INVALID');
  if (now >= endOfSession(record, limits)) throw new AccessError('ACCESS_SESSION_EXPIRED');
  const { name, role } = officer;
  const agencies = role === 'officer' ? officer.agencies : null;
  return { principal: { kind: 'session', id: record.id, role, name, agencies }, officer };
}

/** When a session ends, if nothing more is asked under it. */
export function endOfSession({ beganAt, seenAt }: SessionRecord, { idleMs, absoluteMs }: SessionLimits): EpochMs {
  return Math.min(seenAt + idleMs, beganAt + absoluteMs) as EpochMs;
}

/** Whether an officer is let in no more. */
export function isDisabled({ disabledAt }: OfficerRecord, now: EpochMs): boolean {
  return disabledAt !== undefined && disabledAt <= now;
}

/** What a page of this session sends with what it changes; another site that makes a browser ask cannot know it. */
export function csrfOf(secret: string): string {
  return toBase64url(createHmac('sha256', secret).update('csrf', 'ascii').digest());
}

/** Whether that is the page's own word; the comparison takes the same time wherever the first difference is. */
export function isCsrfOf(secret: string, given: string): boolean {
  return sameBytes(utf8(csrfOf(secret)), utf8(given));
}

function hashOf(secret: string): string {
  return toHex(createHash('sha256').update(secret, 'ascii').digest());
}
