import { describe, expect, it } from 'vitest';
import { findIdleAssertions } from './find-idle-assertions.ts';
import { parseModule } from './parse-module.ts';
import { listFiles, readSource } from './source-files.ts';

describe('findIdleAssertions', () => {
  it.each([
    'expect(1);',
    'expect(await a());',
    'it("a", async () => { await expect(a()); });',
    'expect(1).toBe;',
    'expect(1).not;',
    'expect(a()).resolves.toBe(1);',
    'expect(a()).rejects.toMatchObject({ code: "A" });',
    'await expect(a()).rejects;',
  ])('finds %s', (code) => {
    expect(findIdleAssertions(parseModule('tests/a.test.ts', code))).toHaveLength(1);
  });

  it.each([
    'expect(1).toBe(1);',
    'expect(1).not.toBe(2);',
    'await expect(a()).rejects.toMatchObject({ code: "A" });',
    'return expect(a()).resolves.toBe(1);',
    'expect.assertions(1);',
  ])('allows %s', (code) => {
    const wrapped = `it('a', async () => { ${code} });`;
    expect(findIdleAssertions(parseModule('tests/a.test.ts', wrapped))).toEqual([]);
  });

  it('finds none in the tests', () => {
    const modules = listFiles('tests', (path) => path.endsWith('.ts')).map((path) =>
      parseModule(path, readSource(path)),
    );
    expect(modules.length).toBeGreaterThan(10);
    expect(modules.flatMap(findIdleAssertions)).toEqual([]);
  });
});
