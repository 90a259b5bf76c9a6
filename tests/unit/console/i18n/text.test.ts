import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../../services/console/src/i18n/catalogue.ts';
import { isPlain, localeOf, pluralIn } from '../../../../services/console/src/i18n/text.ts';

describe('isPlain', () => {
  it.each(Object.keys(LANGUAGES))('says only of numbers that %s writes as they are that they are', (tag) => {
    const { format } = new Intl.NumberFormat(localeOf(tag));
    for (const value of [0, 1, 10, 99, 100, 999])
      expect([isPlain(value), format(value)]).toEqual([true, String(value)]);
    for (const value of [1000, 12_345, -1, 0.5]) expect(isPlain(value)).toBe(false);
  });
});

describe('pluralIn', () => {
  it.each(Object.keys(LANGUAGES))('has the forms of %s', (tag) => {
    const rules = new Intl.PluralRules(localeOf(tag));
    for (const value of [0, 1, 2, 5, 11, 21, 100, 1000, 1.5]) expect(pluralIn(tag)(value)).toBe(rules.select(value));
  });
});
