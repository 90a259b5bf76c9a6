import { randomBytes, timingSafeEqual } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { sha256, utf8 } from '../../core/foundation/index.ts';
import type { OfficersKeeper } from './officers-keeper.ts';
import type { PrivateFile } from './private-file.ts';

/** Lets the very first operator in: whoever can read a file of the node may make an account, once. */
export interface FirstRun {
  /** The office has nobody yet. */
  readonly isNeeded: () => boolean;
  /** Whether that is the code in the file; never where the office has somebody. */
  readonly isCode: (given: string) => boolean;
  /** The file with the code is there while it is needed, and gone afterwards. */
  readonly prepare: () => Promise<void>;
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 5;

/** A first run whose code lies in that file. */
export function firstRun(parts: {
  readonly officers: Pick<OfficersKeeper, 'table' | 'faults'>;
  readonly file: PrivateFile;
  readonly path: string;
}): FirstRun {
  const { officers, file, path } = parts;
  let code: string | undefined;
  // A file that cannot be read is not an office without people.
  const isNeeded = (): boolean => officers.table().officers.size === 0 && officers.faults().length === 0;
  return {
    isNeeded,
    isCode: (given) =>
      code !== undefined && isNeeded() && timingSafeEqual(sha256(utf8(plain(given))), sha256(utf8(plain(code)))),
    prepare: async () => {
      if (!isNeeded()) {
        code = undefined;
        if ((await file.stamp()) !== undefined) await rm(path, { force: true });
        return;
      }
      if (code !== undefined && (await file.stamp()) !== undefined) return;
      // Another one at each start: nobody uses a code that was read long ago.
      code = newCode();
      await file.write(`${code}\n`);
    },
  };
}

function newCode(): string {
  // 25 characters of 31: 123 bits, whatever the small bias of the remainder takes away.
  const letters = [...randomBytes(GROUPS * 5)].map((byte) => LETTERS[byte % LETTERS.length]);
  return Array.from({ length: GROUPS }, (_, group) => letters.slice(group * 5, group * 5 + 5).join('')).join('-');
}

function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll('-', '');
}
