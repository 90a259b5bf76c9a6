import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type MessageFormatElement, parse } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';

import { type WrittenCatalogue as Catalogue, splitCatalogue } from '../../../services/console/build/split-catalogue.ts';
import { LANGUAGES } from '../../../services/console/src/i18n/catalogue.ts';
import { PROBLEM_TEXTS } from '../../../services/office/http/problems.ts';

const projectRoot = resolve(import.meta.dirname, '../../..');
const folder = join(projectRoot, 'services/console/languages');
const read = (path: string): Catalogue => JSON.parse(readFileSync(path, 'utf8')) as Catalogue;
const english: Catalogue = {
  ...read(join(projectRoot, 'proto/labels/en.json')),
  ...read(join(folder, 'en.json')),
  errors: Object.fromEntries(
    Object.entries(PROBLEM_TEXTS).map(([code, { meaning, action }]) => [code, [meaning, action]]),
  ),
};
const others = Object.keys(LANGUAGES).filter((language) => language !== 'en');
/** One letter of the script that a language is written in. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  th: /\p{Script=Thai}/u,
  lo: /\p{Script=Lao}/u,
  km: /\p{Script=Khmer}/u,
  my: /\p{Script=Myanmar}/u,
  zh: /\p{Script=Han}/u,
};

/** Every text of a catalogue by the path of its key. */
function textsOf({ ui, codes, fields, errors }: Catalogue): ReadonlyMap<string, string> {
  const nested = (name: string, lists: Catalogue['codes']): [string, string][] =>
    Object.entries(lists).flatMap(([list, texts]) =>
      Object.entries(texts).map(([key, text]): [string, string] => [`${name}.${list}.${key}`, text]),
    );
  return new Map([
    ...Object.entries(ui).map(([key, text]): [string, string] => [`ui.${key}`, text]),
    ...nested('codes', codes),
    ...nested('fields', fields),
    ...Object.entries(errors).flatMap(([code, [meaning, action]]): [string, string][] => [
      [`errors.${code}.meaning`, meaning],
      [`errors.${code}.action`, action],
    ]),
  ]);
}

/** The values that a text takes in, whatever their order. */
function valuesOf(text: string): readonly string[] {
  const names = new Set<string>();
  const walk = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      // 0 is literal text, 7 the number sign within a plural.
      if (element.type !== 0 && element.type !== 7) names.add(element.value);
      if ('options' in element) for (const option of Object.values(element.options)) walk(option.value);
    }
  };
  walk(parse(text, { ignoreTag: true }));
  return [...names].sort();
}

const wanted = textsOf(english);

describe('the English catalogue', () => {
  it('is ICU throughout, and says something under every key', () => {
    expect(wanted.size).toBeGreaterThan(1500);
    for (const [key, text] of wanted) {
      expect([key, text.trim()]).not.toEqual([key, '']);
      if (key.startsWith('ui.')) expect(() => parse(text, { ignoreTag: true }), key).not.toThrow();
    }
  });
});

describe.each(['en', ...others])('the parts of the catalogue %s', (language) => {
  const whole = language === 'en' ? english : read(join(folder, `${language}.json`));
  const [first, rest] = [splitCatalogue(whole, 'first'), splitCatalogue(whole, 'rest')];

  it('have every text once, in a form that needs no ICU', () => {
    for (const part of ['ui', 'codes', 'fields', 'errors'] as const) {
      const keys = [...Object.keys(first[part]), ...Object.keys(rest[part])];
      expect(keys.sort()).toEqual(Object.keys(whole[part]).sort());
    }
    expect(Object.keys(first.ui).length).toBeLessThan(Object.keys(rest.ui).length / 5);
  });

  it('name every nation and language once, those near first, in its own script', () => {
    const { region, language: tongues } = rest.names;
    expect(Object.keys(region).slice(0, 3)).toEqual(['KH', 'LA', 'MM']);
    expect(Object.keys(region)).toHaveLength(235);
    expect(Object.keys(tongues).slice(0, 9)).toEqual(Object.keys(LANGUAGES));
    const script = SCRIPTS[language] ?? /\p{Script=Latin}/u;
    const near = Object.entries(region).slice(0, 16);
    expect([...near, ...Object.entries(tongues).slice(0, 9)].filter(([, name]) => !script.test(name))).toEqual([]);
    expect(Object.entries(region).filter(([code, name]) => name === code)).toEqual([]);
    expect(first.names).toEqual({ region: {}, language: {} });
  });

  it('name codes in the order of the contract, which is the one to choose from', () => {
    for (const [list, codes] of Object.entries(english.codes))
      expect([list, Object.keys(whole.codes[list] ?? {})]).toEqual([list, Object.keys(codes)]);
  });
});

describe.each(others)('the catalogue %s', (language) => {
  const given = read(join(folder, `${language}.json`));
  const texts = textsOf(given);

  it('has every key of the English one and no other', () => {
    expect([...wanted.keys()].filter((key) => !texts.has(key))).toEqual([]);
    expect([...texts.keys()].filter((key) => !wanted.has(key))).toEqual([]);
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('takes in the same values as the English text, so that nothing is left unsaid', () => {
    const differing = [...texts].flatMap(([key, text]) => {
      const original = wanted.get(key);
      if (!key.startsWith('ui.') || original === undefined) return [];
      const [found, asked] = [valuesOf(text), valuesOf(original)];
      return found.join() === asked.join() ? [] : [{ key, found, asked }];
    });
    expect(differing).toEqual([]);
  });

  it('names itself as the choice of languages does', () => {
    expect(given.language).toBe(language);
    expect(given.name).toBe(LANGUAGES[language as keyof typeof LANGUAGES]);
  });

  it('is translated: hardly a text is the English one', () => {
    const sentences = [...texts].filter(([key]) => (wanted.get(key)?.length ?? 0) > 24);
    const same = sentences.filter(([key, text]) => text === wanted.get(key)).map(([key]) => key);
    expect(same.length, same.join(' ')).toBeLessThan(sentences.length / 50);
    const script = SCRIPTS[language];
    if (script === undefined) return;
    const foreign = sentences.filter(([, text]) => !script.test(text)).map(([key]) => key);
    expect(foreign.length, foreign.join(' ')).toBeLessThan(sentences.length / 50);
  });
});
