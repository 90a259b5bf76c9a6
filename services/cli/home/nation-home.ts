import { randomBytes } from 'node:crypto';
import { type KeyId, type NationCode, parseNationCode } from '../../core/foundation/index.ts';
import { fileSigner, generateSigningKey, type Signer, thumbprintOf } from '../../core/trust/index.ts';
import type { PublicKey } from '../../core/wire/index.ts';
import { CliError } from '../errors.ts';
import {
  assertAbsent,
  ensurePrivateFolder,
  readIfThere,
  readText,
  writePrivateFile,
  writePublicFile,
} from './files.ts';
import { nationHome } from './paths.ts';

/** A nation as its own files name it; all of it is public. */
export interface Nation {
  readonly nation: NationCode;
  readonly root: PublicKey;
  /** RFC 7638 thumbprint of the root key: what partners compare by telephone and pin. */
  readonly thumbprint: KeyId;
}

/** A new nation with a root key of its own. The key belongs on a machine without a network. @throws CliError CLI_FILE_EXISTS. */
export async function initNationHome(home: string, nation: NationCode): Promise<Nation> {
  await assertAbsent(nationHome.nation(home));
  await ensurePrivateFolder(home);
  await ensurePrivateFolder(nationHome.offices(home));
  const root = generateSigningKey(randomBytes);
  await writePrivateFile(nationHome.rootKey(home), root.privateJwk);
  const made: Nation = { nation, root: root.publicKey, thumbprint: root.kid };
  await writePublicFile(nationHome.nation(home), `${JSON.stringify(made, null, 2)}\n`);
  return made;
}

/** The nation of a home; made where there is none. */
export async function ensureNationHome(home: string, nation: NationCode): Promise<Nation> {
  return (await readIfThere(nationHome.nation(home))) === undefined ? initNationHome(home, nation) : readNation(home);
}

/** The nation of a home. @throws CliError CLI_FILE_UNREADABLE, CLI_INPUT_INVALID. */
export async function readNation(home: string): Promise<Nation> {
  return parseNation(await readText(nationHome.nation(home)), nationHome.nation(home));
}

/** The nation of a nation.json. @throws CliError CLI_INPUT_INVALID. */
export function parseNation(text: string, file: string): Nation {
  try {
    const { nation, root } = JSON.parse(text) as { nation: unknown; root: PublicKey };
    const key = { crv: String(root.crv), x: String(root.x) };
    return { nation: parseNationCode(nation), root: key, thumbprint: thumbprintOf(key) };
  } catch (cause) {
    throw new CliError('CLI_INPUT_INVALID', { cause, context: { file, fault: 'not a nation' } });
  }
}

/** Signs with the nation's root key. @throws CliError CLI_FILE_UNREADABLE; TrustError TRUST_KEY_INVALID. */
export async function readRootSigner(home: string): Promise<Signer> {
  return fileSigner(await readText(nationHome.rootKey(home)));
}
