import {
  type DurationMs,
  type EpochMs,
  type KeyId,
  later,
  type NationCode,
  type OfficeId,
} from '../foundation/index.ts';
import {
  type Directory,
  KeyUse,
  type OfficeEntry,
  type OfficeKey,
  type PublicKey,
  type RevokedKey,
} from '../wire/index.ts';
import { msOf, timestampOf } from './document-text.ts';
import { generateSealingKey, generateSigningKey } from './private-key.ts';
import { thumbprintOf } from './public-key.ts';
import type { NewKey, RandomBytes } from './types.ts';

/** A nation's root key: its private part never leaves the machine that signs directories and agreements. */
export function createNation(
  nation: NationCode,
  random: RandomBytes,
): { readonly nation: NationCode; readonly root: NewKey } {
  return { nation, root: generateSigningKey(random) };
}

/** The time in which keys are good. */
export interface KeyValidity {
  readonly from: EpochMs;
  readonly signingForMs: DurationMs;
  /** Shorter: whoever gets hold of a sealing key can read what was sealed to it (no forward secrecy). */
  readonly sealingForMs: DurationMs;
}

/** The keys of an office and the entry that publishes them. */
export interface NewOffice {
  readonly entry: OfficeEntry;
  readonly signingKey: NewKey;
  readonly sealingKey: NewKey;
  /** For exercises and nothing else. */
  readonly drillSigningKey: NewKey;
  /** For exercises and nothing else. */
  readonly drillSealingKey: NewKey;
}

function officeKey(use: KeyUse, key: PublicKey, from: EpochMs, forMs: DurationMs): OfficeKey {
  return { use, key, notBefore: timestampOf(from), notAfter: timestampOf(later(from, forMs)) };
}

function newKeys(
  { from, signingForMs, sealingForMs }: KeyValidity,
  random: RandomBytes,
): Omit<NewOffice, 'entry'> & { readonly keys: readonly OfficeKey[] } {
  const signingKey = generateSigningKey(random);
  const sealingKey = generateSealingKey(random);
  const drillSigningKey = generateSigningKey(random);
  const drillSealingKey = generateSealingKey(random);
  const keys = [
    officeKey(KeyUse.SIGNING, signingKey.publicKey, from, signingForMs),
    officeKey(KeyUse.SEALING, sealingKey.publicKey, from, sealingForMs),
    officeKey(KeyUse.DRILL_SIGNING, drillSigningKey.publicKey, from, signingForMs),
    officeKey(KeyUse.DRILL_SEALING, drillSealingKey.publicKey, from, sealingForMs),
  ];
  return { signingKey, sealingKey, drillSigningKey, drillSealingKey, keys };
}

/** A fresh office: one signing and one sealing key for what is real, one of each for exercises, and its entry for the directory. */
export function createOffice(office: OfficeId, name: string, validity: KeyValidity, random: RandomBytes): NewOffice {
  const { keys, ...fresh } = newKeys(validity, random);
  return { entry: { office, name, keys, focalPoints: [], dutyRoster: [], position: null }, ...fresh };
}

/**
 * The entry with fresh keys beside those it has, which stay good for `overlapMs` at the most, so that nothing under way
 * is lost. Old keys stay listed: what they signed remains evidence.
 */
export function rotateKeys(
  entry: OfficeEntry,
  validity: KeyValidity,
  overlapMs: DurationMs,
  random: RandomBytes,
): NewOffice {
  const { keys, ...fresh } = newKeys(validity, random);
  const endMs = later(validity.from, overlapMs);
  const ending = entry.keys.map((key) => (msOf(key.notAfter) > endMs ? { ...key, notAfter: timestampOf(endMs) } : key));
  return { entry: { ...entry, keys: [...ending, ...keys] }, ...fresh };
}

/** What a directory is to say. */
export interface DirectoryDraft {
  readonly nation: NationCode;
  readonly root: PublicKey;
  readonly offices: readonly OfficeEntry[];
  readonly issuedAt: EpochMs;
  readonly validForMs: DurationMs;
  /** Keys to revoke besides those that the directory before revoked. */
  readonly revoke?: readonly { readonly kid: KeyId; readonly at: EpochMs; readonly reason: string }[];
}

/** The directory that follows `previous`, or the first: the next sequence number, and every revocation kept. */
export function draftDirectory(draft: DirectoryDraft, previous?: Directory): Directory {
  const { nation, root, offices, issuedAt, validForMs, revoke = [] } = draft;
  const before = previous?.revoked ?? [];
  const known = new Set(before.map(({ kid }) => kid));
  const added: RevokedKey[] = revoke
    .filter(({ kid }) => !known.has(kid))
    .map(({ kid, at, reason }) => ({ kid, revokedAt: timestampOf(at), reason }));
  return {
    nation,
    sequence: (previous?.sequence ?? 0) + 1,
    issued: timestampOf(issuedAt),
    expires: timestampOf(later(issuedAt, validForMs)),
    root,
    offices,
    revoked: [...before, ...added],
  };
}

/** The ids of an entry's keys with their use, the newest last. */
export function keyIdsOf(entry: OfficeEntry): readonly { readonly kid: KeyId; readonly use: KeyUse }[] {
  return entry.keys.map(({ key, use }) => ({ kid: thumbprintOf(key as PublicKey), use }));
}
