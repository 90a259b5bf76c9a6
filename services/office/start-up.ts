import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type OfficeConfig, parseOfficeConfig } from './config.ts';
import { OfficeError } from './errors.ts';

/** What the process was started with. */
export interface StartUp {
  readonly config: OfficeConfig;
  /** It ends when its standard input does: with whoever started it. */
  readonly exitWithParent: boolean;
  /** The version of this software. */
  readonly release: string;
}

/** Reads what the arguments name. @throws OfficeError OFFICE_ARGUMENTS_INVALID, OFFICE_FILE_UNREADABLE, OFFICE_CONFIG_INVALID. */
export async function readStartUp(argv: readonly string[]): Promise<StartUp> {
  const { config, exitWithParent } = argumentsOf(argv);
  const file = resolve(config);
  return { config: parseOfficeConfig(await read(file), file), exitWithParent, release: await readRelease() };
}

function argumentsOf(argv: readonly string[]): { readonly config: string; readonly exitWithParent: boolean } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { config: { type: 'string' }, 'exit-with-parent': { type: 'boolean' } },
      strict: true,
    });
    if (values.config !== undefined)
      return { config: values.config, exitWithParent: values['exit-with-parent'] === true };
  } catch (cause) {
    throw new OfficeError('OFFICE_ARGUMENTS_INVALID', { cause });
  }
  throw new OfficeError('OFFICE_ARGUMENTS_INVALID');
}

async function readRelease(): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  return version;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new OfficeError('OFFICE_FILE_UNREADABLE', { cause, context: { file } });
  }
}
