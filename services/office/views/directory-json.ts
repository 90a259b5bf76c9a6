import { type EpochMs, epochMs, rfc3339 } from '../../core/foundation/index.ts';
import type { DatedKey, InstalledAgreement, InstalledDirectory, InstalledOffice } from '../../core/trust/index.ts';
import { agreementCodec, type DutyShift, directoryCodec, type Timestamp, toJson } from '../../core/wire/index.ts';

type Json = Readonly<Record<string, unknown>>;

const DAY_MS = 86_400_000;
/** A roster may be a year long; who is next is asked for, and not who comes after. */
const MOST_NEXT = 3;

/** A nation's directory as it was signed, and what it comes to at that moment. */
export function directoryItem(installed: InstalledDirectory, now: EpochMs): Json {
  const { nation, document, directory, expiresMs } = installed;
  return {
    nation,
    digest: document.digest,
    current: expiresMs > now,
    sequence: directory.sequence,
    issuedAt: timeOf(directory.issued),
    expiresAt: rfc3339(expiresMs),
    daysLeft: daysUntil(expiresMs, now),
    rootKid: installed.root.kid,
    directory: toJson(directoryCodec, directory),
    offices: [...installed.offices.values()].map((office) => officeJson(office, installed, now)),
  };
}

function officeJson(office: InstalledOffice, { revokedMs }: InstalledDirectory, now: EpochMs): Json {
  const roster = office.entry.dutyRoster.toSorted((a, b) => msOf(a.from) - msOf(b.from));
  const keyJson = (use: string, { key, notBeforeMs, notAfterMs }: DatedKey<{ readonly kid: string }>): Json => {
    const revoked = [...revokedMs].find(([kid]) => kid === key.kid)?.[1];
    return {
      use,
      kid: key.kid,
      notBefore: rfc3339(notBeforeMs),
      notAfter: rfc3339(notAfterMs),
      ageDays: Math.max(0, Math.floor((now - notBeforeMs) / DAY_MS)),
      daysLeft: daysUntil(notAfterMs, now),
      state: keyState(notBeforeMs, notAfterMs, revoked, now),
      revokedAt: revoked === undefined ? null : rfc3339(revoked),
    };
  };
  return {
    office: office.office,
    onDuty: roster.filter((shift) => msOf(shift.from) <= now && now < msOf(shift.until)).map(shiftJson),
    next: roster
      .filter((shift) => msOf(shift.from) > now)
      .slice(0, MOST_NEXT)
      .map(shiftJson),
    keys: [
      ...[...office.signing.values()].map((key) => keyJson('KEY_USE_SIGNING', key)),
      ...office.sealing.map((key) => keyJson('KEY_USE_SEALING', key)),
      ...[...office.drillSigning.values()].map((key) => keyJson('KEY_USE_DRILL_SIGNING', key)),
      ...office.drillSealing.map((key) => keyJson('KEY_USE_DRILL_SEALING', key)),
    ],
  };
}

/** The states of a key at a moment. */
export const KEY_STATES = ['good', 'not-yet', 'ended', 'revoked'] as const;

function keyState(
  notBeforeMs: EpochMs,
  notAfterMs: EpochMs,
  revoked: EpochMs | undefined,
  now: EpochMs,
): (typeof KEY_STATES)[number] {
  if (revoked !== undefined && revoked <= now) return 'revoked';
  if (now < notBeforeMs) return 'not-yet';
  return now < notAfterMs ? 'good' : 'ended';
}

function shiftJson({ from, until, contact }: DutyShift): Json {
  return { from: timeOf(from), until: timeOf(until), contact };
}

/** The states of an agreement at a moment. */
export const AGREEMENT_STATES = ['in-force', 'not-yet', 'ended', 'replaced'] as const;

/** An agreement as all parties signed it, and whether it is in force at that moment. */
export function agreementItem(installed: InstalledAgreement, all: Iterable<InstalledAgreement>, now: EpochMs): Json {
  const { agreement, document, validFromMs, validUntilMs } = installed;
  const replacement = [...all].find(
    (other) => other.agreement.replaces.includes(agreement.id) && other.validFromMs <= now && now < other.validUntilMs,
  );
  const current = validFromMs <= now && now < validUntilMs;
  return {
    id: agreement.id,
    version: agreement.version,
    digest: document.digest,
    current,
    state: now < validFromMs ? 'not-yet' : !current ? 'ended' : replacement === undefined ? 'in-force' : 'replaced',
    replacedBy: replacement?.agreement.id ?? null,
    daysLeft: daysUntil(validUntilMs, now),
    agreement: toJson(agreementCodec, agreement),
  };
}

function msOf(time: Timestamp | null): EpochMs {
  if (time === null) throw new TypeError('a required time is absent');
  return epochMs(time.seconds * 1000 + Math.floor(time.nanos / 1_000_000));
}

function timeOf(time: Timestamp | null): string {
  return rfc3339(msOf(time));
}

/** Whole days that are left; 0 on the last day and afterwards. */
function daysUntil(at: EpochMs, now: EpochMs): number {
  return Math.max(0, Math.floor((at - now) / DAY_MS));
}
