import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectRoot } from './source-files.ts';

const wire = join(projectRoot, 'services/core/wire');
const folder = mkdtempSync(join(tmpdir(), 'liaison-generated-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('generated code of the contract', () => {
  cpSync(join(wire, 'index.ts'), join(folder, 'index.ts'));
  execFileSync(process.execPath, [
    join(projectRoot, 'proto/generate.mjs'),
    join(projectRoot, 'proto'),
    join(folder, '__generated__'),
  ]);
  const generated = readdirSync(join(folder, '__generated__')).sort();

  it('is what the generator writes now, no file more or less', () => {
    expect(readdirSync(join(wire, '__generated__')).sort()).toEqual(generated);
  });

  it.each([...generated.map((name) => join('__generated__', name)), 'index.ts'])(
    'is unchanged in %s (run `npm run generate`)',
    (name) => {
      expect(readFileSync(join(wire, name), 'utf8') === readFileSync(join(folder, name), 'utf8')).toBe(true);
    },
  );
});
