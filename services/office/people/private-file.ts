import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { toHex } from '../../core/foundation/index.ts';
import { stampOf } from '../documents/document-files.ts';
import { OfficeError } from '../errors.ts';

/** A file that the node and the command line both change, and that its owner alone may read. */
export interface PrivateFile {
  /** Tells whether it changed; `undefined` where there is none. */
  readonly stamp: () => Promise<string | undefined>;
  readonly read: () => Promise<string>;
  /** It holds exactly this from then on, whole or not at all. */
  readonly write: (text: string) => Promise<void>;
  /** Nobody else changes it meanwhile. @throws OfficeError OFFICE_PEOPLE_BUSY. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
}

const OWNER_ONLY = 0o600;
const TRIES = 40;
const PAUSE_MS = 50;
/** Whoever held a lock for so long has died: a change takes a moment. */
const STALE_MS = 30_000;

/** The file at `path`; its lock is the folder `<path>.lock`, as the command line has it. */
export function privateFile(path: string): PrivateFile {
  const lock = `${path}.lock`;
  return {
    stamp: () => stampOf(path),
    read: () => readFile(path, 'utf8'),
    write: async (text) => {
      const temporary = `${path}.${toHex(randomBytes(4))}.tmp`;
      const file = await open(temporary, 'wx', OWNER_ONLY);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    },
    alone: async (work) => {
      await take(lock);
      try {
        return await work();
      } finally {
        await rm(lock, { recursive: true, force: true });
      }
    },
  };
}

async function take(lock: string): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    try {
      return await mkdir(lock);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new OfficeError('OFFICE_PEOPLE_BUSY', { cause, context: { retryAfterSeconds: 5 } });
    }
    const made = await stat(lock).catch(() => undefined);
    if (made !== undefined && Date.now() - made.mtimeMs > STALE_MS) await rm(lock, { recursive: true, force: true });
    else await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new OfficeError('OFFICE_PEOPLE_BUSY', { context: { retryAfterSeconds: 5 } });
}
