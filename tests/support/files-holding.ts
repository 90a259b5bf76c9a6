import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface FileBytes {
  readonly path: string;
  readonly bytes: Buffer;
}

/** The files under a folder that hold one of the marks, in UTF-8 as protobuf and JSON write them, or in base64. */
export async function filesHolding(folder: string, marks: readonly string[]): Promise<readonly string[]> {
  const files = await filesIn(folder);
  return files.filter(({ bytes }) => holds(bytes, marks)).map(({ path }) => path.slice(folder.length + 1));
}

/** Those of the marks that some file under a folder holds. */
export async function marksIn(folder: string, marks: readonly string[]): Promise<ReadonlySet<string>> {
  const files = await filesIn(folder);
  return new Set(marks.filter((mark) => files.some(({ bytes }) => holds(bytes, [mark]))));
}

async function filesIn(folder: string): Promise<readonly FileBytes[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        // It may be gone again: the server writes its files anew.
        return { path, bytes: await readFile(path).catch(() => Buffer.alloc(0)) };
      }),
  );
}

/** Whether bytes hold one of the marks. */
export function holds(bytes: Buffer, marks: readonly string[]): boolean {
  return marks.flatMap(spellings).some((spelling) => bytes.includes(spelling));
}

/** A text in base64 begins at one of three places of a group of four characters; what stands around it is cut off. */
function spellings(mark: string): readonly Buffer[] {
  const plain = Buffer.from(mark);
  const inBase64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), plain])
      .toString('base64')
      .replace(/=+$/, '');
    return Buffer.from(text.slice(shift === 0 ? 0 : 4, -2));
  });
  return [plain, Buffer.from(JSON.stringify(mark).slice(1, -1)), ...inBase64];
}
