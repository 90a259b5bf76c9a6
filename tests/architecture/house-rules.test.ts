import { describe, expect, it } from 'vitest';
import { findHouseViolations } from './find-house-violations.ts';
import { parseModule } from './parse-module.ts';
import { listFiles, readSource } from './source-files.ts';

/** Runs in the browser under rules of its own, which `console.test.ts` looks at. */
const CONSOLE = 'services/console/';

const planted = (code: string, path = 'services/core/trust/x.ts') =>
  findHouseViolations(parseModule(path, code)).map((violation) => violation.rule);

describe('findHouseViolations', () => {
  it.each([
    ['Date.now', 'const a = Date.now();', 'clock-read'],
    ['Date.now passed on', 'const clock = { now: Date.now };', 'clock-read'],
    ['new Date without arguments', 'const a = new Date();', 'clock-read'],
    ['Date called', 'const a = Date();', 'clock-read'],
    ['performance.now', 'const a = performance.now();', 'clock-read'],
    ['the environment', 'const a = process.env;', 'process-used'],
    ['the environment by key', "const a = process['env'];", 'process-used'],
    ['the process module', "import { env } from 'node:process';", 'process-used'],
    ['the terminal', "console.log('a');", 'process-used'],
    ['the end of the process', 'process.exit(1);', 'process-used'],
    ['an error without a code', "throw new Error('a');", 'error-without-code'],
    ['an error class outside errors.ts', 'class A extends LiaisonError {}', 'error-class-elsewhere'],
    ['an export without a comment', 'export const a = 1;', 'undocumented-export'],
    ['an export with a comment that documents nothing', '// a\nexport function a() {}', 'undocumented-export'],
    ['an export with a comment further up', '/** A. */\nconst b = 1;\nexport const a = b;', 'undocumented-export'],
    ['a file of 301 lines', 'const a = 1;\n'.repeat(301), 'too-long'],
  ])('finds planted %s', (_, code, rule) => {
    expect(planted(code)).toEqual([rule]);
  });

  it('finds a planted main.ts of 26 lines', () => {
    expect(planted('const a = 1;\n'.repeat(26), 'services/office/main.ts')).toEqual(['too-long']);
  });

  it.each([
    ['a date made from a time passed in', 'const a = new Date(now);'],
    ['a fact about the runtime', 'const a = process.versions.node;'],
    ['a bug of ours', "throw new TypeError('a');"],
    ['a documented export', '/** A. */\nexport const a = 1;'],
    ['names that go through a door', "export { a } from './a.ts';"],
    ['300 lines', 'const a = 1;\n'.repeat(300)],
  ])('allows %s', (_, code) => {
    expect(planted(code)).toEqual([]);
  });

  it('lets a process read the clock and its environment', () => {
    expect(planted('const a = [Date.now(), process.env];', 'services/office/config.ts')).toEqual([]);
  });

  it('finds none in the sources', () => {
    const modules = listFiles('services', (path) => path.endsWith('.ts') && !path.startsWith(CONSOLE)).map((path) =>
      parseModule(path, readSource(path)),
    );
    expect(modules.length).toBeGreaterThan(40);
    expect(modules.flatMap(findHouseViolations)).toEqual([]);
  });
});
