import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isFirst } from '../../../../services/console/build/split-catalogue.ts';

const SOURCES = resolve(import.meta.dirname, '../../../../services/console/src');
const IMPORT = /^(?:import|export)\s(?!type\b)[^;]*?from\s+'(\.[^']+)'|^import\s+'(\.[^']+)'/gm;

/** Every module that is loaded before anything is drawn: what the entry imports, and what that imports. */
function closureOf(path: string, seen: Map<string, string> = new Map()): ReadonlyMap<string, string> {
  if (seen.has(path) || !/\.tsx?$/.test(path) || !existsSync(path)) return seen;
  const code = readFileSync(path, 'utf8');
  seen.set(path, code);
  for (const [, from, alone] of code.matchAll(IMPORT)) closureOf(join(dirname(path), from ?? alone ?? ''), seen);
  return seen;
}

/** The keys that a module says, `mark.` for those of which only the beginning is written. */
function saidIn(code: string): readonly string[] {
  const keys = [...code.matchAll(/\bt\(\s*(?:'([\w.]+)'|`([\w.]+)\$\{)/g)].map(
    ([, key, prefix]) => key ?? prefix ?? '',
  );
  const named = [...code.matchAll(/\b(?:title|word|key): '([a-z]\w*\.[\w.]+)'/g)].map(([, key]) => key ?? '');
  return [...keys, ...named];
}

describe('isFirst', () => {
  const modules = closureOf(join(SOURCES, 'main.tsx'));

  it('is true of whatever the sign-in, the frame and the inbox say', () => {
    expect(modules.has(join(SOURCES, 'screens/inbox/index.tsx'))).toBe(true);
    expect(modules.has(join(SOURCES, 'app/sign-in.tsx'))).toBe(true);
    const said = [...modules].flatMap(([path, code]) => saidIn(code).map((key) => ({ path, key })));
    expect(said.length).toBeGreaterThan(100);
    expect(said.filter(({ key }) => !isFirst(key))).toEqual([]);
  });

  it('is false of what other screens say', () => {
    expect(['operations.title', 'compose.send', 'fault.missing', 'reason.x'].filter(isFirst)).toEqual([]);
  });

  it('keeps whatever is large out of what is drawn first', () => {
    const names = [...modules.keys()].map((path) => path.slice(SOURCES.length + 1));
    expect(names.filter((name) => /^(screens\/(?!inbox\/)|forms\/|map\/|messages\/)/.test(name))).toEqual([]);
    expect(names.filter((name) => name.includes('__generated__'))).toEqual([]);
  });
});
