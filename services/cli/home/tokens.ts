import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CreatedToken,
  createToken,
  formatTokenFile,
  parseTokenFile,
  type TokenRequest,
  type TokenTable,
} from '../../core/access/index.ts';
import { CliError } from '../errors.ts';
import { readIfThere, writePrivateFile } from './files.ts';

/** The tokens of an office's home; none where it has no tokens.json yet. @throws AccessError ACCESS_FILE_INVALID. */
export async function readTokens(home: string): Promise<TokenTable> {
  const text = await readIfThere(tokensFile(home));
  return text === undefined ? new Map() : parseTokenFile(text);
}

/** A new token, known to the office from now on. @throws AccessError as `createToken`; CliError CLI_FILE_EXISTS while another command changes the tokens. */
export async function addToken(home: string, request: TokenRequest): Promise<CreatedToken> {
  return changeTokens(home, (table) => createToken(table, request));
}

/** Changes the tokens of a home; one command at a time, so that none is lost. @throws CliError CLI_FILE_EXISTS. */
export async function changeTokens<Change extends { readonly table: TokenTable }>(
  home: string,
  change: (table: TokenTable) => Change,
): Promise<Change> {
  const lock = `${tokensFile(home)}.lock`;
  try {
    await mkdir(lock);
  } catch (cause) {
    throw new CliError('CLI_FILE_EXISTS', { cause, context: { file: lock } });
  }
  try {
    const changed = change(await readTokens(home));
    await writePrivateFile(tokensFile(home), formatTokenFile(changed.table));
    return changed;
  } finally {
    await rm(lock, { recursive: true });
  }
}

function tokensFile(home: string): string {
  return join(home, 'tokens.json');
}
