import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BundleFile } from '../../core/policy/index.ts';
import { CliError } from '../errors.ts';
import { readText } from '../home/files.ts';

/** The files of a policy bundle's folder, in order of their names. @throws CliError CLI_FILE_UNREADABLE. */
export async function readBundleFolder(folder: string): Promise<readonly BundleFile[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new CliError('CLI_FILE_UNREADABLE', { cause, context: { file: folder } });
  });
  const wanted = names.filter((name) => name === 'bundle.json' || name.endsWith('.cedar')).sort();
  return Promise.all(wanted.map(async (path) => ({ path, text: await readText(join(folder, path)) })));
}
