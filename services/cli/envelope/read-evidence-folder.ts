import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { EvidenceFile } from '../../core/envelope/index.ts';
import { digestOf, fromUtf8 } from '../../core/foundation/index.ts';
import { CliError } from '../errors.ts';
import { readBytes } from '../home/files.ts';

const SUMS = 'SHA256SUMS';

/** Every file below the folder, by its name in it. @throws CliError CLI_FILE_UNREADABLE. */
export async function readEvidenceFolder(folder: string): Promise<readonly EvidenceFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.map(async (path) => ({ name: relative(folder, path).split(sep).join('/'), bytes: await readBytes(path) })),
  );
}

/** The files are those that the list of checksums names. It is no proof, but tells a damaged copy from a forged one. @throws CliError CLI_INPUT_INVALID. */
export function assertChecksums(files: readonly EvidenceFile[]): void {
  const byName = new Map(files.map(({ name, bytes }) => [name, bytes]));
  const sums = byName.get(SUMS);
  if (sums === undefined) throw new CliError('CLI_INPUT_INVALID', { context: { file: SUMS, fault: 'is missing' } });
  for (const line of fromUtf8(sums)
    .split('\n')
    .filter((text) => text !== '')) {
    const [digest = '', name = ''] = line.split('  ');
    const bytes = byName.get(name);
    if (bytes === undefined || digestOf(bytes) !== digest) {
      throw new CliError('CLI_INPUT_INVALID', {
        context: { file: name, fault: bytes === undefined ? 'is missing' : 'was changed' },
      });
    }
  }
}

/** The folder's own files, and those of each folder in it with parts that were opened later, by the names they have there. */
export function splitOpenings(files: readonly EvidenceFile[]): {
  readonly own: readonly EvidenceFile[];
  readonly openings: ReadonlyMap<string, readonly EvidenceFile[]>;
} {
  const own: EvidenceFile[] = [];
  const openings = new Map<string, EvidenceFile[]>();
  for (const file of files) {
    const [, folder, name] = /^(opening-\d+)\/(.+)$/.exec(file.name) ?? [];
    if (folder === undefined || name === undefined) own.push(file);
    else openings.set(folder, [...(openings.get(folder) ?? []), { name, bytes: file.bytes }]);
  }
  return { own, openings: new Map([...openings].sort(([a], [b]) => a.localeCompare(b))) };
}

/** Both folders hold the same envelope, byte for byte. */
export function sameEnvelope(files: readonly EvidenceFile[], others: readonly EvidenceFile[]): boolean {
  const [one, other] = [files, others].map((list) => list.find(({ name }) => name === 'origin/item.bin')?.bytes);
  return one !== undefined && other !== undefined && digestOf(one) === digestOf(other);
}
