import { mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Digest, newOpaqueId } from '../../core/foundation/index.ts';
import { MAX_DOCUMENT_BYTES } from '../../core/trust/index.ts';

/** The kinds of documents that lie in the trust folder. */
export type TrustDocumentKind = 'directory' | 'agreement' | 'charter';

/** A file that may hold a document. */
export interface DocumentFile {
  /** Relative to the trust folder: `directories/LA.json`. */
  readonly name: string;
  readonly kind: TrustDocumentKind;
  /** Changes whenever the file does. */
  readonly stamp: string;
  /** Its bytes; at most one more than the largest document has. */
  readonly read: () => Promise<Uint8Array>;
}

/** The folder with the documents that an office trusts in. */
export interface DocumentFiles {
  /** Every file that may hold a document, in order of names. A folder that is not there has none. */
  readonly list: () => Promise<readonly DocumentFile[]>;
  /** The document is in the folder, whole or not at all, in place of the one before of that name. */
  readonly keep: (kind: TrustDocumentKind, id: string, bytes: Uint8Array) => Promise<void>;
  /** The document is kept for ever under its digest: what relied on it can be proved after a newer one took its place. */
  readonly archive: (digest: Digest, bytes: Uint8Array) => Promise<void>;
  /** Every document that was ever in force here. */
  readonly archived: () => Promise<readonly Uint8Array[]>;
}

const FOLDERS: Readonly<Record<TrustDocumentKind, string>> = {
  directory: 'directories',
  agreement: 'agreements',
  charter: 'charters',
};
/** In which order they can be taken: each needs those before it. */
const IN_ORDER: readonly TrustDocumentKind[] = ['agreement', 'directory', 'charter'];
const ARCHIVE = 'archive';

/** The documents below `folder`, on this machine's disk. */
export function documentFiles(folder: string): DocumentFiles {
  return {
    list: async () => {
      const lists = await Promise.all(IN_ORDER.map((kind) => listFolder(folder, kind)));
      return lists.flat();
    },
    keep: (kind, id, bytes) =>
      writeWhole(join(folder, FOLDERS[kind]), `${id.replaceAll(/[^A-Za-z0-9._-]/g, '_')}.json`, bytes),
    archive: (digest, bytes) => writeWhole(join(folder, ARCHIVE), `${digest}.json`, bytes),
    archived: async () => {
      const names = await readdir(join(folder, ARCHIVE)).catch(() => []);
      const kept = names.filter((name) => /^[0-9a-f]{64}\.json$/.test(name)).sort();
      return Promise.all(kept.map((name) => readBounded(join(folder, ARCHIVE, name))));
    },
  };
}

/** What tells whether a file changed; `undefined` where there is none. */
export async function stampOf(path: string): Promise<string | undefined> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs}/${size}/${ino}`;
  } catch {
    return undefined;
  }
}

async function listFolder(folder: string, kind: TrustDocumentKind): Promise<readonly DocumentFile[]> {
  const names = await readdir(join(folder, FOLDERS[kind])).catch(() => []);
  const files = names
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .sort()
    .map(async (name): Promise<DocumentFile | undefined> => {
      const path = join(folder, FOLDERS[kind], name);
      const stamp = await stampOf(path);
      return stamp === undefined
        ? undefined
        : { name: `${FOLDERS[kind]}/${name}`, kind, stamp, read: () => readBounded(path) };
    });
  return (await Promise.all(files)).filter((file) => file !== undefined);
}

/** A file's bytes; of one that is too large only its beginning, which no document can be. */
export async function readBounded(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size <= MAX_DOCUMENT_BYTES) return new Uint8Array(await readFile(path));
  return new Uint8Array(MAX_DOCUMENT_BYTES + 1);
}

async function writeWhole(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `.${newOpaqueId()}.tmp`);
  const file = await open(temporary, 'wx', 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, join(folder, name));
}
