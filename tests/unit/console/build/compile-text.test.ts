import { describe, expect, it } from 'vitest';
import { compileText } from '../../../../services/console/build/compile-text.ts';
import { fillText } from '../../../../services/console/src/i18n/text-form.ts';

const NUMBERS = { write: (value: number) => String(value), plural: (value: number) => (value === 1 ? 'one' : 'other') };
const say = (icu: string, values: Readonly<Record<string, string | number>>): string =>
  fillText(compileText(icu), values, NUMBERS);

describe('compileText', () => {
  it('leaves words as they are', () => {
    expect(compileText('Send to one office')).toBe('Send to one office');
    expect(compileText("what is <b>not</b> markup, and '{not}' a place")).toBe(
      'what is <b>not</b> markup, and {not} a place',
    );
  });

  it.each([
    [{ n: 0 }, 'nothing from x'],
    [{ n: 1 }, '1 message from x'],
    [{ n: 7 }, '7 messages from x'],
  ])('takes the choice for %j', (values, text) => {
    const icu =
      '{n, plural, =0 {nothing from {office}} one {# message from {office}} other {# messages from {office}}}';
    expect(say(icu, { ...values, office: 'x' })).toBe(text);
  });

  it.each([
    '{n, number}',
    '{at, date}',
    '{a, select, x {y} other {z}}',
    '{n, selectordinal, other {#th}}',
    '{n, plural, offset:1 other {#}}',
  ])('refuses %s, which no browser is asked to read', (icu) => {
    expect(() => compileText(icu)).toThrow(TypeError);
  });
});
