import { describe, expect, it } from 'vitest';
import { findImportCycle, findImportViolations } from './find-import-violations.ts';
import { folderRules, libraryRules } from './import-rules.ts';
import { parseModule } from './parse-module.ts';
import { listFiles, readSource } from './source-files.ts';

/** Runs in the browser under rules of its own, which `console.test.ts` looks at. */
const CONSOLE = 'services/console/';

const sources = listFiles('services', (path) => path.endsWith('.ts') && !path.startsWith(CONSOLE));
const modules = sources.map((path) => parseModule(path, readSource(path)));

const planted = (path: string, code: string) =>
  findImportViolations([parseModule(`services/${path}`, code)]).map((violation) => violation.rule);

describe('findImportViolations', () => {
  it.each([
    ['a forbidden folder', 'core/wire/x.ts', "import { a } from '../trust/index.ts';", 'folder-forbidden'],
    ['its types', 'core/wire/x.ts', "import type { A } from '../trust/index.ts';", 'folder-forbidden'],
    ['its types, inline', 'core/wire/x.ts', "type A = import('../trust/index.ts').A;", 'folder-forbidden'],
    ['it in an export', 'core/wire/x.ts', "export { a } from '../trust/index.ts';", 'folder-forbidden'],
    ['it at run time', 'core/wire/x.ts', "const a = await import('../trust/index.ts');", 'folder-forbidden'],
    ['another process', 'office/x.ts', "import { a } from '../hub/index.ts';", 'folder-forbidden'],
    ['bus from relay', 'core/relay/x.ts', "import type { A } from '../bus/index.ts';", 'folder-forbidden'],
    ['what lies behind a door', 'core/trust/x.ts', "import { a } from '../wire/codec.ts';", 'deep-import'],
    [
      'generated code behind a door',
      'office/x.ts',
      "import type { A } from '../core/wire/__generated__/a.ts';",
      'deep-import',
    ],
    [
      'values where types are allowed',
      'core/policy/x.ts',
      "import { a, type B } from '../envelope/index.ts';",
      'types-only',
    ],
    ['its own door', 'core/wire/x.ts', "import { a } from './index.ts';", 'own-door'],
    ['everything through a door', 'core/wire/index.ts', "export * from './codec.ts';", 'export-all'],
    ['everything under a name', 'core/wire/index.ts', "export * as a from './codec.ts';", 'export-all'],
    ['something computed', 'core/wire/x.ts', 'const a = await import(name);', 'import-computed'],
    ['tests or tools', 'office/x.ts', "import { a } from '../../tests/support/a.ts';", 'outside-services'],
    ["another folder's library", 'core/relay/x.ts', "import type { A } from 'nats';", 'library-forbidden'],
    ['part of it', 'core/relay/x.ts', "import { a } from '@nats-io/jetstream';", 'library-forbidden'],
    ['a file of it', 'core/ledger/x.ts', "import { a } from 'protobufjs/minimal.js';", 'library-forbidden'],
    ['it by require', 'core/ledger/x.ts', "const a = require('jose');", 'library-forbidden'],
    ['a library nobody owns', 'core/wire/x.ts', "import _ from 'lodash';", 'library-unknown'],
    [
      'relay and bus outside compose.ts',
      'office/run.ts',
      "import { a } from '../core/relay/index.ts'; import { b } from '../core/bus/index.ts';",
      'relay-meets-bus',
    ],
  ])('finds a planted import of %s', (_, path, code, rule) => {
    expect(planted(path, code)).toEqual([rule]);
  });

  it('finds a planted folder that the table does not know', () => {
    expect(planted('core/utils/x.ts', 'export const a = 1;')).toEqual(['folder-unknown']);
  });

  it.each([
    ['a lower folder by its door', 'core/envelope/x.ts', "import { a } from '../trust/index.ts';"],
    ['types where types are allowed', 'core/policy/x.ts', "import type { A } from '../envelope/index.ts';"],
    ['a neighbour in its own folder', 'core/wire/x.ts', "import { a } from './codec.ts';"],
    ['its own library', 'core/envelope/x.ts', "import * as jose from 'jose';"],
    ['node', 'core/foundation/x.ts', "import { createHash } from 'node:crypto';"],
    [
      'relay and bus in compose.ts',
      'office/compose.ts',
      "import { a } from '../core/relay/index.ts'; import { b } from '../core/bus/index.ts';",
    ],
  ])('allows an import of %s', (_, path, code) => {
    expect(planted(path, code)).toEqual([]);
  });

  it('finds none in the sources', () => {
    expect(modules.length).toBeGreaterThan(40);
    expect(findImportViolations(modules)).toEqual([]);
  });

  it('has a reason for every rule', () => {
    for (const { reason } of [...folderRules, ...libraryRules]) expect(reason).toMatch(/\w+ \w+/);
  });
});

describe('findImportCycle', () => {
  const a = parseModule('services/core/wire/a.ts', "import { b } from './b.ts';");
  const b = (code: string) => parseModule('services/core/wire/b.ts', code);

  it('finds a planted cycle', () => {
    expect(findImportCycle([a, b("export { a } from './a.ts';")])).toHaveLength(3);
  });

  it('allows two files that lend each other types', () => {
    expect(findImportCycle([a, b("import type { A } from './a.ts';")])).toBeUndefined();
  });

  it('finds none in the sources', () => {
    expect(findImportCycle(modules)).toBeUndefined();
  });
});
