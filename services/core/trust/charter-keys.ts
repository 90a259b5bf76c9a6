import {
  type DurationMs,
  type EpochMs,
  type KeyId,
  later,
  type NationCode,
  nationOf,
  type OfficeId,
} from '../foundation/index.ts';
import { type Charter, CharterForm, KeyUse, type PublicKey } from '../wire/index.ts';
import { msOf } from './document-text.ts';
import { parseSigningPublicKey, thumbprintOf } from './public-key.ts';
import type { InstalledAgreement, InstalledDirectory, SigningPublicKey, TrustStore } from './types.ts';

/** Where the keys that may sign a charter are looked for. */
export interface CharterKeys {
  readonly directories: TrustStore['directories'];
  readonly agreements: TrustStore['agreements'];
  readonly tolerance: DurationMs;
}

/** In the national form: the nation's root, as its directory or an agreement names it. */
function rootOf(
  { directories, agreements }: CharterKeys,
  nation: NationCode,
  kid: KeyId,
): SigningPublicKey | undefined {
  const named = [
    directories.get(nation)?.root,
    ...[...agreements.values()].map(({ parties }: InstalledAgreement) => parties.get(nation)),
  ];
  return named.find((key) => key?.kid === kid);
}

function isGood(
  { revokedMs, expiresMs }: InstalledDirectory,
  kid: KeyId,
  fromMs: EpochMs,
  untilMs: EpochMs,
  at: EpochMs,
  tolerance: DurationMs,
): boolean {
  // A revocation counts by the tolerance early, as for everything that arrives.
  const isRevoked = (revokedMs.get(kid) ?? Number.POSITIVE_INFINITY) <= later(at, tolerance);
  return (
    !isRevoked && at < later(expiresMs, tolerance) && fromMs <= later(at, tolerance) && at < later(untilMs, tolerance)
  );
}

/** In the light form: a signing key of the office, and of an exercise one for exercises. */
function officeKeyOf(
  keys: CharterKeys,
  charter: Charter,
  office: OfficeId,
  kid: KeyId,
  at: EpochMs | null,
): SigningPublicKey | undefined {
  const directory = keys.directories.get(nationOf(office));
  const use = charter.drill ? KeyUse.DRILL_SIGNING : KeyUse.SIGNING;
  const listed = directory?.offices
    .get(office)
    ?.entry.keys.find((key) => key.use === use && thumbprintOf(key.key as PublicKey) === kid);
  if (directory === undefined || listed === undefined) return undefined;
  const isUsable =
    at === null || isGood(directory, kid, msOf(listed.notBefore), msOf(listed.notAfter), at, keys.tolerance);
  return isUsable ? parseSigningPublicKey(listed.key as PublicKey) : undefined;
}

/**
 * The key of that id, if it may sign this charter for that member at that moment; `at` is null for a charter that was
 * accepted before, whose keys may have ended since.
 */
export function charterKeyOf(
  keys: CharterKeys,
  charter: Charter,
  office: OfficeId,
  kid: KeyId,
  at: EpochMs | null,
): SigningPublicKey | undefined {
  return charter.form === CharterForm.NATIONAL
    ? rootOf(keys, nationOf(office), kid)
    : officeKeyOf(keys, charter, office, kid, at);
}
