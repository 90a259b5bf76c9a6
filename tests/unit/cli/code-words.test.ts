import { describe, expect, it } from 'vitest';
import { code, codeWords, inWords, wordOf, wordOfNumber } from '../../../services/cli/codes/code-words.ts';

const thrown = (work: () => unknown): { code: string; context: Record<string, unknown> } => {
  try {
    work();
  } catch (error) {
    return error as { code: string; context: Record<string, unknown> };
  }
  throw new Error('nothing was thrown');
};

describe('code', () => {
  it('takes the word that people use, or the full name', () => {
    expect(code('CRIME_AREA', 'people-smuggling')).toBe('CRIME_AREA_PEOPLE_SMUGGLING');
    expect(code('CRIME_AREA', 'CRIME_AREA_DRUGS')).toBe('CRIME_AREA_DRUGS');
    expect(code('HANDLING_CODE', 'h2')).toBe('HANDLING_CODE_H2');
    expect(code('CRIME_AREA', undefined)).toBeUndefined();
  });

  it('refuses a word that is not of the list as a usage error, and names those that are', () => {
    const error = thrown(() => code('RESPONSE_CLASS', 'soonish'));
    expect(error).toMatchObject({
      code: 'CLI_USAGE',
      context: { 'response class': 'soonish', allowed: codeWords('RESPONSE_CLASS').join(', ') },
    });
    expect(error.context['allowed']).toBe('urgent, prompt, regular');
  });

  it('takes no code that says nothing', () => {
    expect(thrown(() => code('CRIME_AREA', 'unspecified')).code).toBe('CLI_USAGE');
  });
});

describe('wordOf', () => {
  it('says a code as people do, and leaves what is none', () => {
    expect(wordOf('PRECEDENCE_FLASH')).toBe('flash');
    expect(wordOf('HANDLING_CODE_H2')).toBe('H2');
    expect(wordOf('CRIME_AREA_NOT_KNOWN_HERE')).toBe('CRIME_AREA_NOT_KNOWN_HERE');
    expect(wordOf('Stolen pickup')).toBe('Stolen pickup');
  });
});

describe('wordOfNumber', () => {
  it('says the word, or the number of what the contract does not have', () => {
    expect(wordOfNumber('RECEIPT_KIND', 5)).toBe('delivery');
    expect(wordOfNumber('RECEIPT_KIND', 99)).toBe('99');
  });
});

describe('inWords', () => {
  it('goes through lists and objects', () => {
    expect(inWords({ a: ['CRIME_AREA_DRUGS', { b: 'SEX_MALE' }], c: 1, d: null })).toEqual({
      a: ['drugs', { b: 'male' }],
      c: 1,
      d: null,
    });
  });
});
