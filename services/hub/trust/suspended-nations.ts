import { readFile } from 'node:fs/promises';
import { type NationCode, parseNationCode } from '../../core/foundation/index.ts';

/** The nations that are cut off, as the file says; none where there is no file. A file that is not readable counts as no answer. */
export async function readSuspendedNations(file: string): Promise<ReadonlySet<NationCode> | undefined> {
  try {
    const { nations } = JSON.parse(await readFile(file, 'utf8')) as { readonly nations: readonly unknown[] };
    return new Set(nations.map(parseNationCode));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? new Set() : undefined;
  }
}
