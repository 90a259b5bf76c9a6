import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';

const vectors = join(import.meta.dirname, '../../vectors');

/** The vectors of one folder; with WRITE_VECTORS=1 they are written first. */
export function committedVectors(folder: string, generated: ReadonlyMap<string, Uint8Array>) {
  const root = join(vectors, folder);
  if (process.env['WRITE_VECTORS'] === '1') {
    for (const [name, bytes] of generated) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), bytes);
    }
  }
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(root, name)));
  const names = readdirSync(root).filter(
    (name) => statSync(join(root, name)).isDirectory() && !['generator', 'trust'].includes(name),
  );
  return {
    names,
    read,
    readVector: <Vector>(name: string): Vector =>
      JSON.parse(readFileSync(join(root, name, 'vector.json'), 'utf8')) as Vector,
    /** Every committed file is what the generator makes, and nothing it makes is missing. */
    expectCommitted: () => {
      const committed = (readdirSync(root, { recursive: true }) as string[]).filter((name) => name.endsWith('.json'));
      expect(committed.sort()).toEqual([...generated.keys()].sort());
      for (const [name, bytes] of generated) expect(Buffer.from(read(name)).equals(bytes), name).toBe(true);
    },
  };
}
