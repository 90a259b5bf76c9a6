import { describe, expect, it } from 'vitest';
import { fillText, type Numbers } from '../../../../services/console/src/i18n/text-form.ts';

const NUMBERS: Numbers = { write: (value) => `<${value}>`, plural: (value) => (value === 1 ? 'one' : 'other') };

describe('fillText', () => {
  it('puts values where their names stand, as text', () => {
    expect(fillText(['From ', ['office'], ': ', ['n']], { office: '{n}', n: 3 }, NUMBERS)).toBe('From {n}: 3');
  });

  it('keeps the name of a place that has no value', () => {
    expect(fillText(['From ', ['office']], {}, NUMBERS)).toBe('From {office}');
  });

  it('prefers the choice for the very number to its plural', () => {
    const text = [['n', { '=1': 'one alone', one: 'one', other: [0, ' of ', ['all']] }]] as const;
    expect(fillText(text, { n: 1, all: 9 }, NUMBERS)).toBe('one alone');
    expect(fillText(text, { n: 2, all: 9 }, NUMBERS)).toBe('<2> of 9');
  });

  it('asks for no plural where a language has one form', () => {
    const none = { ...NUMBERS, plural: () => expect.fail('asked') };
    expect(fillText([['n', { '=0': 'none', other: [0] }]], { n: 4 }, none)).toBe('<4>');
  });
});
