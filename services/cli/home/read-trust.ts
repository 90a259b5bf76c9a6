import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type EpochMs, type KeyId, nationOf, type OfficeId, parseKeyId } from '../../core/foundation/index.ts';
import {
  createTrustStore,
  parseDirectoryText,
  parseSigningPublicKey,
  type TrustStore,
} from '../../core/trust/index.ts';
import { CliError } from '../errors.ts';
import { readBytes, readText } from './files.ts';
import { officeHome } from './paths.ts';
import { textInDocument } from './signed-text.ts';

/** The directories and agreements in a folder, each verified, on the strength of one nation's root key. @throws CliError; TrustError. */
export async function readTrust(folder: string, office: OfficeId, root: KeyId, now: EpochMs): Promise<TrustStore> {
  const nation = nationOf(office);
  const ownFile = join(folder, 'directories', `${nation}.json`);
  const own = parseDirectoryText(textInDocument(await readText(ownFile), ownFile));
  const key = own.root === null ? undefined : parseSigningPublicKey(own.root);
  if (key?.kid !== root)
    throw new CliError('CLI_INPUT_INVALID', {
      context: { file: ownFile, fault: 'another root key than the one given' },
    });
  let store = createTrustStore({ nation, root: key });
  for (const file of await jsonFiles(join(folder, 'agreements')))
    store = await store.installAgreement(await readBytes(file), now);
  for (const file of await jsonFiles(join(folder, 'directories')))
    store = await store.installDirectory(await readBytes(file), now);
  return store;
}

/** What an office's own folder makes it trust. @throws CliError; TrustError. */
export async function readOfficeTrust(home: string, office: OfficeId, now: EpochMs): Promise<TrustStore> {
  const config = parse(await readText(officeHome.config(home))) as { root?: unknown };
  return readTrust(join(home, 'trust'), office, parseKeyId(config.root), now);
}

async function jsonFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new CliError('CLI_FILE_UNREADABLE', { cause, context: { file: folder } });
  });
  return names.filter((name) => name.endsWith('.json')).map((name) => join(folder, name));
}
