import { randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import {
  type DurationMs,
  days,
  type EpochMs,
  earlier,
  type KeyId,
  parseOfficeId,
  utf8,
} from '../../core/foundation/index.ts';
import { fileSigner, MAX_DOCUMENT_BYTES, rotateKeys } from '../../core/trust/index.ts';
import { officeEntryCodec, parseJsonText, toJson } from '../../core/wire/index.ts';
import { CliError } from '../errors.ts';
import { assertAbsent, readIfThere, readText, writePrivateFile, writePublicFile } from './files.ts';
import { officeHome } from './paths.ts';
import { readOfficeTrust } from './read-trust.ts';

const KEY_LIFETIME = days(365);
/** What a neighbour's clock may be behind. */
const BACKDATED = days(1);

/** Keys that were made and do not sign yet. */
export interface PreparedKeys {
  readonly signing: KeyId;
  readonly sealing: KeyId;
  /** The entry to give to the nation. */
  readonly entry: string;
}

/**
 * Fresh keys stand beside the old ones, which stay good for `overlap`, those for exercises among them: the sealing keys can
 * be read with at the next start, before anybody is told of them, and the signing keys sign once `activateOfficeKey` found
 * them in the directory.
 * @throws CliError CLI_FILE_EXISTS where keys were prepared before and do not sign yet, CLI_INPUT_INVALID, CLI_FILE_UNREADABLE.
 */
export async function prepareOfficeKeys(home: string, overlap: DurationMs, now: EpochMs): Promise<PreparedKeys> {
  await assertAbsent(officeHome.nextSigningKey(home));
  const config = parseDocument(await readText(officeHome.config(home)));
  if (config.errors.length > 0)
    throw new CliError('CLI_INPUT_INVALID', { context: { file: officeHome.config(home), fault: 'not YAML' } });
  const before = await readText(officeHome.entry(home));
  const entry = parseJsonText(officeEntryCodec, utf8(before), MAX_DOCUMENT_BYTES);
  const validity = { from: earlier(now, BACKDATED), signingForMs: KEY_LIFETIME, sealingForMs: KEY_LIFETIME };
  const made = rotateKeys(entry, validity, (overlap + BACKDATED) as DurationMs, randomBytes);
  const sealingFile = `keys/sealing-${made.sealingKey.kid}.jwk`;
  await writePrivateFile(officeHome.keyFile(home, sealingFile), made.sealingKey.privateJwk);
  await writePrivateFile(officeHome.nextSigningKey(home), made.signingKey.privateJwk);
  config.addIn(['keys', 'sealing'], sealingFile);
  const drillSealingFile = `keys/drill-sealing-${made.drillSealingKey.kid}.jwk`;
  await writePrivateFile(officeHome.keyFile(home, drillSealingFile), made.drillSealingKey.privateJwk);
  await writePrivateFile(officeHome.nextDrillSigningKey(home), made.drillSigningKey.privateJwk);
  // An office that was set up without keys for exercises has them from now on.
  if (config.hasIn(['keys', 'drillSealing'])) config.addIn(['keys', 'drillSealing'], drillSealingFile);
  else config.setIn(['keys', 'drillSealing'], [drillSealingFile]);
  await writePublicFile(officeHome.config(home), String(config));
  // Last, so that nobody learns of a key that is not on disk.
  await writePublicFile(officeHome.entry(home), `${JSON.stringify(toJson(officeEntryCodec, made.entry), null, 2)}\n`);
  return { signing: made.signingKey.kid, sealing: made.sealingKey.kid, entry: officeHome.entry(home) };
}

/**
 * The prepared signing keys take the old ones' places, which are overwritten; the office signs with them from its next start.
 * Refused until the directory in the office's own folder lists it, for nobody could verify what it signs.
 * @throws CliError CLI_FILE_UNREADABLE where no key was prepared, CLI_INPUT_INVALID where it is not listed; TrustError.
 */
export async function activateOfficeKey(home: string, now: EpochMs): Promise<KeyId> {
  const next = officeHome.nextSigningKey(home);
  const { kid } = await fileSigner(await readText(next));
  const { office: id } = parseDocument(await readText(officeHome.config(home))).toJS() as { office?: unknown };
  const office = parseOfficeId(id);
  const keyOf = (await readOfficeTrust(home, office, now)).keysForArrival(now);
  try {
    keyOf({ kid, signer: office, signedMs: now, drill: false });
  } catch (cause) {
    throw new CliError('CLI_INPUT_INVALID', {
      cause,
      context: { file: 'trust/directories', fault: `the directory does not list key ${kid} yet` },
    });
  }
  await rename(next, officeHome.signingKey(home));
  await activateDrillKey(home);
  return kid;
}

/** The directory lists both keys that were prepared together, or neither. */
async function activateDrillKey(home: string): Promise<void> {
  const next = officeHome.nextDrillSigningKey(home);
  if ((await readIfThere(next)) === undefined) return;
  await rename(next, officeHome.drillSigningKey(home));
  const config = parseDocument(await readText(officeHome.config(home)));
  if (config.hasIn(['keys', 'drillSigning'])) return;
  config.setIn(['keys', 'drillSigning'], 'keys/drill-signing.jwk');
  await writePublicFile(officeHome.config(home), String(config));
}
