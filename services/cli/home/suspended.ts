import { type NationCode, parseNationCode } from '../../core/foundation/index.ts';
import { CliError } from '../errors.ts';
import { readIfThere, writePublicFile } from './files.ts';
import { hubHome } from './paths.ts';

/** The nations that a hub has cut off. @throws CliError CLI_FILE_UNREADABLE, CLI_INPUT_INVALID. */
export async function readSuspended(home: string): Promise<readonly NationCode[]> {
  const file = hubHome.suspended(home);
  const text = await readIfThere(file);
  if (text === undefined) return [];
  try {
    const { nations } = JSON.parse(text) as { nations: readonly unknown[] };
    return nations.map(parseNationCode);
  } catch (cause) {
    throw new CliError('CLI_INPUT_INVALID', { cause, context: { file, fault: 'not a list of nations' } });
  }
}

/** Exactly these nations are cut off from now on. */
export function writeSuspended(home: string, nations: readonly NationCode[]): Promise<void> {
  return writePublicFile(hubHome.suspended(home), `${JSON.stringify({ nations: [...new Set(nations)].sort() })}\n`);
}
