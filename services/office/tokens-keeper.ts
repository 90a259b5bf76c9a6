import { readFile } from 'node:fs/promises';
import { parseTokenFile, type TokenTable } from '../core/access/index.ts';
import { isLiaisonError } from '../core/foundation/index.ts';
import { stampOf } from './documents/document-files.ts';
import type { DocumentFault } from './documents/document-record.ts';

/** Keeps the tokens of the office as its file has them. */
export interface TokensKeeper {
  readonly tokens: () => TokenTable;
  /** The file where it is not taken; the tokens of before stay. */
  readonly faults: () => readonly DocumentFault[];
  /** Looks at the file: tokens made or revoked in it count when it resolves. */
  readonly scan: () => Promise<void>;
}

/** A keeper of the file at `path`; without a file there are no tokens and nobody is let in. */
export function tokensKeeper(path: string, refused: (code: string) => void): TokensKeeper {
  let table: TokenTable = new Map();
  let seen: string | undefined = 'not looked at';
  let fault: string | undefined;
  return {
    tokens: () => table,
    faults: () => (fault === undefined ? [] : [{ file: 'tokens.json', code: fault }]),
    scan: async () => {
      const stamp = await stampOf(path);
      if (stamp === seen) return;
      seen = stamp;
      try {
        table = stamp === undefined ? new Map() : parseTokenFile(await readFile(path, 'utf8'));
        fault = undefined;
      } catch (error) {
        fault = isLiaisonError(error) ? error.code : 'OFFICE_FILE_UNREADABLE';
        refused(fault);
      }
    },
  };
}
