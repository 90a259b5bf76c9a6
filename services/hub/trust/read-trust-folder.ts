import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_DOCUMENT_BYTES } from '../../core/trust/index.ts';

/** The signed documents in a hub's trust folder, as they lie there. */
export interface TrustFolder {
  readonly agreements: readonly TrustFile[];
  readonly directories: readonly TrustFile[];
  /** Another one whenever a file has changed. */
  readonly stamp: string;
}

/** One file of it. */
export interface TrustFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What lies in the folder; a folder that is not there holds nothing, a file that is too large is cut where no document ends. */
export async function readTrustFolder(folder: string): Promise<TrustFolder> {
  const agreements = await readAll(join(folder, 'agreements'));
  const directories = await readAll(join(folder, 'directories'));
  return {
    agreements: agreements.files,
    directories: directories.files,
    stamp: `${agreements.stamp}|${directories.stamp}`,
  };
}

async function readAll(folder: string): Promise<{ readonly files: readonly TrustFile[]; readonly stamp: string }> {
  const names = (await readdir(folder).catch(() => []))
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .sort();
  const files: TrustFile[] = [];
  const stamps: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const { mtimeMs, size, ino } = await stat(path);
    stamps.push(`${name}/${mtimeMs}/${size}/${ino}`);
    const bytes = size > MAX_DOCUMENT_BYTES ? new Uint8Array(MAX_DOCUMENT_BYTES + 1) : await readFile(path);
    files.push({ name, bytes: new Uint8Array(bytes) });
  }
  return { files, stamp: stamps.join(' ') };
}
