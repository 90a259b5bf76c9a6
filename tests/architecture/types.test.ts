import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { projectRoot } from './source-files.ts';

function check(...args: string[]) {
  const tsc = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = spawnSync(process.execPath, [tsc, ...args], { cwd: projectRoot, encoding: 'utf8' });
  return { code: result.status, errors: result.stdout.split('\n').filter((line) => line.includes('error TS')) };
}

describe('the type check', () => {
  it('passes for sources and tests, and what tests/types says must not compile does not', () => {
    expect(check('-p', 'tsconfig.json')).toEqual({ code: 0, errors: [] });
  });

  it('finds a planted line that compiles though it was said not to', () => {
    const file = join(temporaryFolder(), 'planted.ts');
    writeFileSync(file, '// @ts-expect-error a number is a number\nexport const a: number = 1;\n');
    expect(check('--noEmit', '--strict', '--ignoreConfig', file).errors).toHaveLength(1);
  });
});
