import {
  type DurationMs,
  type EpochMs,
  earlier,
  isOfficeId,
  later,
  nationOf,
  type OfficeId,
} from '../foundation/index.ts';
import { TrustError } from './errors.ts';
import type {
  DatedKey,
  InstalledDirectory,
  InstalledOffice,
  KeyClaim,
  SealingPublicKey,
  SigningPublicKey,
  TrustStore,
} from './types.ts';

type Directories = TrustStore['directories'];

/** Where an office stands in the directories. */
interface Listed {
  readonly directory: InstalledDirectory;
  readonly office: InstalledOffice;
}

function directoryFor(directories: Directories, office: string): InstalledDirectory {
  const nation = isOfficeId(office) ? nationOf(office) : undefined;
  if (nation === undefined) throw new TrustError('TRUST_OFFICE_UNKNOWN');
  const directory = directories.get(nation);
  if (directory === undefined) throw new TrustError('TRUST_DIRECTORY_MISSING', { context: { nation } });
  return directory;
}

function listed(directory: InstalledDirectory, office: string): Listed {
  const found = directory.offices.get(office as OfficeId);
  if (found === undefined) throw new TrustError('TRUST_OFFICE_UNKNOWN', { context: { office } });
  return { directory, office: found };
}

/** The Update Framework §5.4.5: an expired directory vouches for nothing. */
function assertCurrent({ nation, expiresMs }: InstalledDirectory, at: EpochMs, tolerance: DurationMs): void {
  if (expiresMs <= earlier(at, tolerance)) throw new TrustError('TRUST_DIRECTORY_EXPIRED', { context: { nation } });
}

/** Both times are the signer's, so no tolerance is due. */
function assertWithin(
  { key, notBeforeMs, notAfterMs }: DatedKey<SigningPublicKey>,
  { signer, signedMs }: KeyClaim,
): void {
  if (signedMs < notBeforeMs)
    throw new TrustError('TRUST_KEY_NOT_YET_VALID', { context: { office: signer, kid: key.kid } });
  if (signedMs >= notAfterMs) throw new TrustError('TRUST_KEY_EXPIRED', { context: { office: signer, kid: key.kid } });
}

function assertNotRevoked(
  { revokedMs }: InstalledDirectory,
  { signer, kid, signedMs }: KeyClaim,
  seenMs: EpochMs,
): void {
  const ms = revokedMs.get(kid);
  if (ms !== undefined && (signedMs >= ms || seenMs >= ms))
    throw new TrustError('TRUST_KEY_REVOKED', { context: { office: signer, kid } });
}

function keyOf({ directory, office }: Listed, claim: KeyClaim, revocationSeenMs: EpochMs): SigningPublicKey {
  const [good, other] = claim.drill ? [office.drillSigning, office.signing] : [office.signing, office.drillSigning];
  const dated = good.get(claim.kid);
  if (dated === undefined) {
    const code = other.has(claim.kid) ? 'TRUST_KEY_USE_WRONG' : 'TRUST_KEY_UNKNOWN';
    throw new TrustError(code, { context: { office: claim.signer, drill: claim.drill } });
  }
  assertWithin(dated, claim);
  assertNotRevoked(directory, claim, revocationSeenMs);
  return dated.key;
}

function assertNotFuture({ signer, signedMs }: KeyClaim, at: EpochMs, tolerance: DurationMs): void {
  if (signedMs > later(at, tolerance)) throw new TrustError('TRUST_SIGNED_IN_FUTURE', { context: { signer } });
}

/**
 * The key of a claim that arrives at `receivedMs`: the directory is current, the key was good when it signed, and it is
 * not revoked by now, whatever time the signature claims. A revocation counts by the tolerance early, so that a slow
 * clock does not let anything through.
 * @throws TrustError TRUST_OFFICE_UNKNOWN, TRUST_DIRECTORY_MISSING, TRUST_DIRECTORY_EXPIRED, TRUST_SIGNED_IN_FUTURE,
 * TRUST_KEY_UNKNOWN, TRUST_KEY_USE_WRONG, TRUST_KEY_NOT_YET_VALID, TRUST_KEY_EXPIRED, TRUST_KEY_REVOKED.
 */
export function keyForArrival(
  directories: Directories,
  claim: KeyClaim,
  receivedMs: EpochMs,
  tolerance: DurationMs,
): SigningPublicKey {
  const directory = directoryFor(directories, claim.signer);
  assertCurrent(directory, receivedMs, tolerance);
  assertNotFuture(claim, receivedMs, tolerance);
  return keyOf(listed(directory, claim.signer), claim, later(receivedMs, tolerance));
}

/**
 * The key of a claim that was on record at `recordedMs`: good when it signed, and not revoked before it was recorded.
 * The directory may have expired since.
 * @throws TrustError TRUST_OFFICE_UNKNOWN, TRUST_DIRECTORY_MISSING, TRUST_SIGNED_IN_FUTURE, TRUST_KEY_UNKNOWN,
 * TRUST_KEY_USE_WRONG, TRUST_KEY_NOT_YET_VALID, TRUST_KEY_EXPIRED, TRUST_KEY_REVOKED.
 */
export function keyForEvidence(
  directories: Directories,
  claim: KeyClaim,
  recordedMs: EpochMs,
  tolerance: DurationMs,
): SigningPublicKey {
  const directory = directoryFor(directories, claim.signer);
  assertNotFuture(claim, recordedMs, tolerance);
  return keyOf(listed(directory, claim.signer), claim, recordedMs);
}

/**
 * The office's newest sealing key that is good at that moment and not revoked; with `drill` of those for exercises.
 * @throws TrustError TRUST_OFFICE_UNKNOWN, TRUST_DIRECTORY_MISSING, TRUST_DIRECTORY_EXPIRED, TRUST_SEALING_KEY_MISSING.
 */
export function currentSealingKey(
  directories: Directories,
  office: OfficeId,
  at: EpochMs,
  tolerance: DurationMs,
  drill: boolean,
): SealingPublicKey {
  const directory = directoryFor(directories, office);
  assertCurrent(directory, at, tolerance);
  const { sealing, drillSealing } = listed(directory, office).office;
  const good = (drill ? drillSealing : sealing).filter(
    ({ key, notBeforeMs, notAfterMs }) =>
      notBeforeMs <= at &&
      at < notAfterMs &&
      (directory.revokedMs.get(key.kid) ?? Number.POSITIVE_INFINITY) > later(at, tolerance),
  );
  const newest = good.toSorted((a, b) => b.notBeforeMs - a.notBeforeMs)[0];
  if (newest === undefined) throw new TrustError('TRUST_SEALING_KEY_MISSING', { context: { office, drill } });
  return newest.key;
}
