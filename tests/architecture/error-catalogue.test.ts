import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ErrorEntry } from '../../services/core/foundation/index.ts';
import { listFiles, projectRoot, readSource } from './source-files.ts';

interface CatalogueRow {
  readonly path: string;
  readonly folder: string;
  readonly code: string;
  readonly entry: ErrorEntry;
}

const tables = listFiles('services', (path) => path.endsWith('/errors.ts'));
const rows = (await Promise.all(tables.map(readTable))).flat();
const findings = (
  await Promise.all(listFiles('services', (path) => path.endsWith('/findings.ts')).map(readFindings))
).flat();
const sources = textOf(listFiles('services', (path) => path.endsWith('.ts') && !path.endsWith('/errors.ts')));
const tests = textOf(
  listFiles('tests', (path) => /\.(ts|json)$/.test(path) && !path.startsWith('tests/architecture/')),
);

async function readTable(path: string): Promise<CatalogueRow[]> {
  const exported: Record<string, unknown> = await import(join(projectRoot, path));
  const folder = path.split('/').at(-2) ?? '';
  return Object.entries(exported)
    .filter(([name]) => name.endsWith('_ERRORS'))
    .flatMap(([, table]) => Object.entries(table as Record<string, ErrorEntry>))
    .map(([code, entry]) => ({ path, folder, code, entry }));
}

/** What is found to be wrong and thrown by nobody: each with what it means in a table of its own. */
async function readFindings(path: string): Promise<string[]> {
  const exported: Record<string, unknown> = await import(join(projectRoot, path));
  return Object.entries(exported)
    .filter(([name]) => name.endsWith('_FINDINGS'))
    .flatMap(([, table]) => Object.keys(table as object));
}

function textOf(paths: readonly string[]): string {
  return paths.map(readSource).join('\n');
}

const isNamed = (text: string, code: string): boolean => new RegExp(`['"\`]${code}['"\`]`).test(text);

describe('the error catalogue', () => {
  it('has a table in every errors.ts', () => {
    const paths = new Set(rows.map((row) => row.path));
    expect([...paths].sort()).toEqual([...tables].sort());
    expect(rows.length).toBeGreaterThan(20);
  });

  it('has every code once', () => {
    const codes = rows.map((row) => row.code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  it("begins every code with its folder's name", () => {
    const strangers = rows.filter(
      ({ code, folder }) => !code.startsWith(`${folder.toUpperCase().replaceAll('-', '_')}_`),
    );
    expect(strangers.map((row) => row.code)).toEqual([]);
  });

  it('says for every code what it means, what the operator does and what becomes of the cause', () => {
    const dispositions = ['retry', 'quarantine', 'reject', 'fatal'];
    const poor = rows.filter(
      ({ entry }) =>
        !(entry.meaning.includes(' ') && entry.action.includes(' ') && dispositions.includes(entry.disposition)),
    );
    expect(poor.map((row) => row.code)).toEqual([]);
  });

  it('has no code that nothing throws', () => {
    expect(rows.map((row) => row.code).filter((code) => !isNamed(sources, code))).toEqual([]);
  });

  it('has no code that no test or vector provokes', () => {
    expect(rows.map((row) => row.code).filter((code) => !isNamed(tests, code))).toEqual([]);
  });

  it('has no code in the sources that no table explains', () => {
    const prefixes = new Set(rows.map((row) => row.code.split('_')[0]));
    const known = new Set([...rows.map((row) => row.code), ...findings]);
    const used = [...sources.matchAll(/(?:Error\(|code: |code === )'([A-Z]+(?:_[A-Z0-9]+)+)'/g)].map(
      (match) => match[1] ?? '',
    );
    expect(used.filter((code) => prefixes.has(code.split('_')[0]) && !known.has(code))).toEqual([]);
  });

  it('recognises a code by its whole name only', () => {
    expect(isNamed("new WireError('WIRE_TOO_LARGE')", 'WIRE_TOO_LARGE')).toBe(true);
    expect(isNamed("new WireError('WIRE_TOO_LARGE_FRAME')", 'WIRE_TOO_LARGE')).toBe(false);
  });
});
