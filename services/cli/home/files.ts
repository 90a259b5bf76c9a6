import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { toHex } from '../../core/foundation/index.ts';
import { CliError } from '../errors.ts';

const PRIVATE_FILE = 0o600;
const PUBLIC_FILE = 0o644;
const PRIVATE_FOLDER = 0o700;

/** The folder is there and open to its owner alone. */
export async function ensurePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: PRIVATE_FOLDER });
  await chmod(path, PRIVATE_FOLDER);
}

/** The file holds exactly this, whole or not at all, and only its owner may read it. */
export function writePrivateFile(path: string, text: string | Uint8Array): Promise<void> {
  return replaceFile(path, text, PRIVATE_FILE);
}

/** The file holds exactly this text, whole or not at all. */
export function writePublicFile(path: string, text: string | Uint8Array): Promise<void> {
  return replaceFile(path, text, PUBLIC_FILE);
}

/** As `writePublicFile`; a file that holds this text already is left as it is, its time too. */
export async function writeIfChanged(path: string, text: string, mode: 'private' | 'public'): Promise<boolean> {
  if ((await readIfThere(path)) === text) return false;
  await replaceFile(path, text, mode === 'private' ? PRIVATE_FILE : PUBLIC_FILE);
  return true;
}

/** The file's text. @throws CliError CLI_FILE_UNREADABLE. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new CliError('CLI_FILE_UNREADABLE', { cause, context: { file: path } });
  }
}

/** The file's bytes. @throws CliError CLI_FILE_UNREADABLE. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    throw new CliError('CLI_FILE_UNREADABLE', { cause, context: { file: path } });
  }
}

/** The file's text; `undefined` where there is none. @throws CliError CLI_FILE_UNREADABLE. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CliError('CLI_FILE_UNREADABLE', { cause, context: { file: path } });
  }
}

/** The file's text; where there is none, it is made and kept, readable by its owner alone. */
export async function ensurePrivateFile(path: string, make: () => string | Promise<string>): Promise<string> {
  const there = await readIfThere(path);
  if (there !== undefined) return there;
  const text = await make();
  await writePrivateFile(path, text);
  return text;
}

/** @throws CliError CLI_FILE_EXISTS. */
export async function assertAbsent(path: string): Promise<void> {
  if ((await readIfThere(path)) !== undefined) throw new CliError('CLI_FILE_EXISTS', { context: { file: path } });
}

async function replaceFile(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
  const temporary = `${path}.${toHex(randomBytes(4))}.tmp`;
  const file = await open(temporary, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
