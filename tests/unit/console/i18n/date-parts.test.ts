import { describe, expect, it } from 'vitest';
import { partsKnown, partsTyped, type WrittenDate } from '../../../../services/console/src/i18n/date-parts.ts';

const inWords = (date: WrittenDate | undefined): string | undefined =>
  date && new Intl.DateTimeFormat('en-GB', date.options).format(date.at);

describe('partsTyped', () => {
  it('says the month of a day as a word, whatever the zone of the device', () => {
    expect(inWords(partsTyped('2026-04-05'))).toBe('5 April 2026');
    expect(inWords(partsTyped('2026-12-31'))).toBe('31 December 2026');
  });

  it('says the time of day and its zone where one is typed', () => {
    expect(inWords(partsTyped('2026-04-05T14:03'))).toMatch(/^5 April 2026.* 14:03 .*(UTC|GMT|[A-Z]{2,5})/);
  });

  it.each(['', 'x', '2026-13-01'])('says nothing of %j', (typed) => {
    expect(inWords(partsTyped(typed))).toBeUndefined();
  });
});

describe('partsKnown', () => {
  it('says what is known, with the month as a word', () => {
    expect(inWords(partsKnown({ year: 1999, month: 5, day: 4 }))).toBe('4 May 1999');
    expect(inWords(partsKnown({ year: 1999, month: 5 }))).toBe('May 1999');
    expect(inWords(partsKnown({ month: 2, day: 29 }))).toBe('29 February');
  });

  it.each([
    [{}],
    [{ year: 1999 }],
    [{ day: 4 }],
    [{ month: 13 }],
    [{ month: 1.5 }],
    [{ year: 1999, month: 2, day: 29 }],
    [{ month: 4, day: 31 }],
  ])('says nothing of %j', (parts) => {
    expect(inWords(partsKnown(parts))).toBeUndefined();
  });
});
