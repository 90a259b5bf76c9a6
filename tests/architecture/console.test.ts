import { describe, expect, it } from 'vitest';
import { findConsoleViolations } from './find-console-violations.ts';
import { parseModule } from './parse-module.ts';
import { listFiles, readSource } from './source-files.ts';

const SCREEN = 'services/console/src/screens/inbox/x.tsx';
const planted = (code: string, path = SCREEN) =>
  findConsoleViolations(parseModule(path, code)).map((violation) => violation.rule);

describe('findConsoleViolations', () => {
  it.each([
    ['code of a process', "import { a } from '../../../../office/config.ts';", 'ours-imported'],
    ['a library of ours', "import { a } from '../../../../core/wire/index.ts';", 'ours-imported'],
    ['a type of ours', "import type { A } from '../../../../core/wire/index.ts';", 'ours-imported'],
    ['a package that nobody chose', "import a from 'left-pad';", 'package-unknown'],
    ['a module of Node', "import a from 'node:fs';", 'package-unknown'],
    ['a screen that uses another', "import { a } from '../held/y.tsx';", 'screen-imports-screen'],
    ['text that becomes markup', 'a.innerHTML = b;', 'text-becomes-markup'],
    ['the same by name', "a['innerHTML'] = b;", 'text-becomes-markup'],
    ['the same in an element', 'const a = <p dangerouslySetInnerHTML={b} />;', 'text-becomes-markup'],
    ['text that becomes code', 'const a = new Function(b);', 'text-becomes-markup'],
    ['a question outside of api', "const a = fetch('/v1/inbox');", 'asks-elsewhere'],
    ['an export without a comment', 'export const a = 1;', 'undocumented-export'],
    ['a file of 302 lines', 'const a = 1;\n'.repeat(302), 'too-long'],
  ])('finds planted %s', (_, code, rule) => {
    expect(planted(code)).toEqual([rule]);
  });

  it.each([
    ['what the console itself has', "import { a } from '../../ui/index.ts';"],
    ['its own files', "import { a } from './y.ts';"],
    ['generated types', "import type { a } from '../../../__generated__/api.js';"],
  ])('finds nothing in %s', (_, code) => {
    expect(planted(code)).toEqual([]);
  });

  it('lets api ask', () => {
    expect(planted("const a = fetch('/v1/inbox');", 'services/console/src/api/x.ts')).toEqual([]);
  });
});

describe('the console', () => {
  const files = listFiles('services/console/src', (path) => /\.tsx?$/.test(path));

  it('is looked at whole', () => expect(files.length).toBeGreaterThan(100));

  it('imports nothing of ours but generated types, asks only its own office through api, and makes no markup of text', () => {
    expect(files.flatMap((path) => findConsoleViolations(parseModule(path, readSource(path))))).toEqual([]);
  });
});
