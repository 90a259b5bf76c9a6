import {
  type DurationMs,
  type EpochMs,
  earlier,
  isOfficeId,
  type KeyId,
  later,
  type NationCode,
  nationOf,
  type OfficeId,
} from '../foundation/index.ts';
import { type Directory, KeyUse, type OfficeEntry, type OfficeKey, type PublicKey } from '../wire/index.ts';
import { msOf } from './document-text.ts';
import { TrustError } from './errors.ts';
import { parseSealingPublicKey, parseSigningPublicKey } from './public-key.ts';
import type { DatedKey, InstalledDirectory, InstalledOffice, SealingPublicKey, SigningPublicKey } from './types.ts';

/** What a sound directory says, ready to be asked. */
export interface SoundDirectory {
  readonly offices: ReadonlyMap<OfficeId, InstalledOffice>;
  readonly revokedMs: ReadonlyMap<KeyId, EpochMs>;
}

function keyFault(office: string, fault: string, cause?: unknown): TrustError {
  return new TrustError('TRUST_DIRECTORY_KEY_INVALID', { context: { office, fault }, cause });
}

function dated<Key>(
  { key, notBefore, notAfter }: OfficeKey,
  office: string,
  parse: (key: PublicKey) => Key,
): DatedKey<Key> {
  const notBeforeMs = msOf(notBefore);
  const notAfterMs = msOf(notAfter);
  if (notAfterMs <= notBeforeMs) throw keyFault(office, 'dates');
  try {
    return { key: parse(key as PublicKey), notBeforeMs, notAfterMs };
  } catch (cause) {
    if (cause instanceof TrustError) throw keyFault(office, 'key', cause);
    throw cause;
  }
}

function installedOffice(entry: OfficeEntry, taken: Set<KeyId>): InstalledOffice {
  const signing = new Map<KeyId, DatedKey<SigningPublicKey>>();
  const sealing: DatedKey<SealingPublicKey>[] = [];
  const drillSigning = new Map<KeyId, DatedKey<SigningPublicKey>>();
  const drillSealing: DatedKey<SealingPublicKey>[] = [];
  const take = (kid: KeyId): void => {
    if (taken.has(kid)) throw keyFault(entry.office, 'twice');
    taken.add(kid);
  };
  for (const key of entry.keys) {
    if (key.use === KeyUse.SIGNING || key.use === KeyUse.DRILL_SIGNING) {
      const parsed = dated(key, entry.office, parseSigningPublicKey);
      take(parsed.key.kid);
      (key.use === KeyUse.SIGNING ? signing : drillSigning).set(parsed.key.kid, parsed);
    } else {
      const parsed = dated(key, entry.office, parseSealingPublicKey);
      take(parsed.key.kid);
      (key.use === KeyUse.SEALING ? sealing : drillSealing).push(parsed);
    }
  }
  return { office: entry.office as OfficeId, entry, signing, sealing, drillSigning, drillSealing };
}

function officesOf(directory: Directory, root: SigningPublicKey): ReadonlyMap<OfficeId, InstalledOffice> {
  const offices = new Map<OfficeId, InstalledOffice>();
  // The root signs directories and agreements and nothing else.
  const taken = new Set<KeyId>([root.kid]);
  for (const entry of directory.offices) {
    const isForeign = !isOfficeId(entry.office) || nationOf(entry.office) !== (directory.nation as NationCode);
    if (isForeign || offices.has(entry.office as OfficeId))
      throw new TrustError('TRUST_DIRECTORY_OFFICE_INVALID', { context: { office: entry.office } });
    offices.set(entry.office as OfficeId, installedOffice(entry, taken));
  }
  return offices;
}

/** Offices and keys of a directory: each office of its own nation, each key sound, of one office and of one use. @throws TrustError TRUST_DIRECTORY_OFFICE_INVALID, TRUST_DIRECTORY_KEY_INVALID. */
export function checkDirectory(directory: Directory, root: SigningPublicKey): SoundDirectory {
  const revokedMs = new Map<KeyId, EpochMs>();
  for (const { kid, revokedAt } of directory.revoked) {
    const ms = msOf(revokedAt);
    revokedMs.set(kid as KeyId, Math.min(ms, revokedMs.get(kid as KeyId) ?? ms) as EpochMs);
  }
  return { offices: officesOf(directory, root), revokedMs };
}

/** The directory is in date. @throws TrustError TRUST_DIRECTORY_DATES_INVALID, TRUST_DIRECTORY_EXPIRED. */
export function assertDirectoryDates(
  { nation, issued, expires }: Directory,
  now: EpochMs,
  tolerance: DurationMs,
): void {
  const issuedMs = msOf(issued);
  const expiresMs = msOf(expires);
  if (expiresMs <= issuedMs || issuedMs > later(now, tolerance))
    throw new TrustError('TRUST_DIRECTORY_DATES_INVALID', { context: { nation } });
  if (expiresMs <= earlier(now, tolerance)) throw new TrustError('TRUST_DIRECTORY_EXPIRED', { context: { nation } });
}

/**
 * The directory may follow the one that is installed (The Update Framework 1.0.33 §5.4.4: no rollback): a higher
 * sequence number, and what was revoked stays revoked.
 * @throws TrustError TRUST_DIRECTORY_ROLLBACK, TRUST_DIRECTORY_FORK, TRUST_DIRECTORY_REVOCATION_WITHDRAWN.
 */
export function assertFollows(
  before: InstalledDirectory,
  directory: Directory,
  revokedMs: SoundDirectory['revokedMs'],
): void {
  const { nation, sequence } = directory;
  const context = { nation, sequence, installed: before.directory.sequence };
  if (sequence < before.directory.sequence) throw new TrustError('TRUST_DIRECTORY_ROLLBACK', { context });
  if (sequence === before.directory.sequence) throw new TrustError('TRUST_DIRECTORY_FORK', { context });
  for (const [kid, ms] of before.revokedMs) {
    if ((revokedMs.get(kid) ?? Number.POSITIVE_INFINITY) > ms)
      throw new TrustError('TRUST_DIRECTORY_REVOCATION_WITHDRAWN', { context: { nation, kid } });
  }
}
