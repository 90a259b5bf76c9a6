import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { createSecureContext } from 'node:tls';
import { isLiaisonError } from '../core/foundation/index.ts';
import { fileSigner, fileUnsealer, type Signer, type Unsealer } from '../core/trust/index.ts';
import type { OfficeConfig } from './config.ts';
import { OfficeError } from './errors.ts';

/** What the office must keep to itself, ready to be used; the keys' texts are not kept. */
export interface OfficeSecrets {
  readonly signer: Signer;
  readonly unsealer: Unsealer;
  /** Null where the office has no key for exercises. */
  readonly drillSigner: Signer | null;
  /** Holds no key where the office has none for exercises. */
  readonly drillUnsealer: Unsealer;
  /** The nkey seed of the node's user in account OFFICE. */
  readonly nodeSeed: string;
  /** The nkey seed for each link, by the file it was read from. */
  readonly linkSeeds: ReadonlyMap<string, string>;
  /** What HTTP is served with; null without TLS. */
  readonly tls: { readonly certificate: string; readonly key: string } | null;
  /** What the office proves itself with at the ministry's sign-in; null where it uses none. */
  readonly oidcSecret: string | null;
}

const OTHERS = 0o077;

/**
 * The keys that the configuration names, each from a file that its owner alone may read.
 *
 * @throws OfficeError OFFICE_FILE_UNREADABLE, OFFICE_SECRET_EXPOSED, OFFICE_SECRET_INVALID.
 */
export async function readOfficeSecrets({
  keys,
  neighbours,
  hubs,
  http,
  console,
}: OfficeConfig): Promise<OfficeSecrets> {
  const signing = await readSecret(keys.signingFile);
  const sealing = await Promise.all(keys.sealingFiles.map(readSecret));
  const drillSigning = keys.drillSigningFile === null ? null : await readSecret(keys.drillSigningFile);
  const drillSealing = await Promise.all(keys.drillSealingFiles.map(readSecret));
  const linkFiles = [
    ...new Set([
      ...neighbours.flatMap(({ keyFile, also }) => [keyFile, ...also.map((way) => way.keyFile)]),
      ...hubs.map(({ keyFile }) => keyFile),
    ]),
  ];
  return {
    signer: used(keys.signingFile, () => fileSigner(signing)),
    unsealer: used(keys.sealingFiles.join(' '), () => fileUnsealer(sealing)),
    drillSigner: drillSigning === null ? null : used(keys.drillSigningFile ?? '', () => fileSigner(drillSigning)),
    drillUnsealer: used(keys.drillSealingFiles.join(' '), () => fileUnsealer(drillSealing)),
    tls: http.tls === null ? null : await readTls(http.tls),
    oidcSecret: console.oidc === null ? null : (await readSecret(console.oidc.clientSecretFile)).trim(),
    nodeSeed: seedIn(keys.nodeFile, await readSecret(keys.nodeFile)),
    linkSeeds: new Map(
      await Promise.all(linkFiles.map(async (file) => [file, seedIn(file, await readSecret(file))] as const)),
    ),
  };
}

async function readTls(files: {
  readonly certificateFile: string;
  readonly keyFile: string;
}): Promise<{ readonly certificate: string; readonly key: string }> {
  const key = await readSecret(files.keyFile);
  let certificate: string;
  try {
    certificate = await readFile(files.certificateFile, 'utf8');
  } catch (cause) {
    throw new OfficeError('OFFICE_FILE_UNREADABLE', { cause, context: { file: files.certificateFile } });
  }
  try {
    createSecureContext({ cert: certificate, key });
  } catch (cause) {
    const context = { file: basename(files.keyFile), expected: 'the PEM of the key of that certificate' };
    throw new OfficeError('OFFICE_SECRET_INVALID', { cause, context });
  }
  return { certificate, key };
}

async function readSecret(file: string): Promise<string> {
  let handle: Awaited<ReturnType<typeof open>> | undefined;
  try {
    handle = await open(file, 'r');
    const { mode } = await handle.stat();
    if ((mode & OTHERS) !== 0)
      throw new OfficeError('OFFICE_SECRET_EXPOSED', { context: { file, mode: (mode & 0o777).toString(8) } });
    return await handle.readFile('utf8');
  } catch (cause) {
    if (cause instanceof OfficeError) throw cause;
    throw new OfficeError('OFFICE_FILE_UNREADABLE', { cause, context: { file } });
  } finally {
    await handle?.close();
  }
}

function seedIn(file: string, text: string): string {
  const seed = text.trim();
  if (!/^SU[A-Z2-7]{56}$/.test(seed))
    throw new OfficeError('OFFICE_SECRET_INVALID', {
      context: { file: basename(file), expected: 'nkey seed of a user' },
    });
  return seed;
}

function used<Key>(file: string, read: () => Key): Key {
  try {
    return read();
  } catch (cause) {
    if (!isLiaisonError(cause)) throw cause;
    throw new OfficeError('OFFICE_SECRET_INVALID', {
      cause,
      context: { file: basename(file), expected: 'private JWK' },
    });
  }
}
