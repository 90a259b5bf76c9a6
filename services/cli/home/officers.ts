import { mkdir, rm } from 'node:fs/promises';
import { formatOfficersFile, NO_OFFICERS, type OfficersTable, parseOfficersFile } from '../../core/access/index.ts';
import { code, codeWords } from '../codes/code-words.ts';
import { CliError } from '../errors.ts';
import { readIfThere, writePrivateFile } from './files.ts';
import { officeHome } from './paths.ts';

/** The crime areas that an agency may claim, by their names in the contract. */
export function crimeAreas(): ReadonlySet<string> {
  return new Set(codeWords('CRIME_AREA').map((word) => code('CRIME_AREA', word)));
}

/** The people of an office's home; nobody where it has no officers.json yet. @throws AccessError ACCESS_FILE_INVALID. */
export async function readOfficers(home: string): Promise<OfficersTable> {
  const text = await readIfThere(officeHome.officers(home));
  return text === undefined ? NO_OFFICERS : parseOfficersFile(text, crimeAreas());
}

/**
 * Changes the people of a home; the node that runs there sees it within a second, and waits meanwhile with what its
 * console changes. @throws CliError CLI_FILE_EXISTS while somebody else changes them.
 */
export async function changeOfficers(
  home: string,
  change: (table: OfficersTable) => OfficersTable,
): Promise<OfficersTable> {
  const file = officeHome.officers(home);
  const lock = `${file}.lock`;
  try {
    await mkdir(lock);
  } catch (cause) {
    throw new CliError('CLI_FILE_EXISTS', { cause, context: { file: lock } });
  }
  try {
    const table = change(await readOfficers(home));
    await writePrivateFile(file, formatOfficersFile(table));
    return table;
  } finally {
    await rm(lock, { recursive: true });
  }
}
