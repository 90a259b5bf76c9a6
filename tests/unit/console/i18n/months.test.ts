import { describe, expect, it } from 'vitest';
import { hasOwnMonths, withOwnMonths } from '../../../../services/console/src/i18n/months.ts';

const parts = (month: number, style: 'medium' | 'long'): Intl.DateTimeFormatPart[] =>
  new Intl.DateTimeFormat('en-GB', {
    dateStyle: style,
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone: 'UTC',
  }).formatToParts(Date.UTC(2026, month, 22, 14, 3));

describe('withOwnMonths', () => {
  it.each(['lo', 'km', 'my'])('leaves no English letter in any date of %s', (tag) => {
    expect(hasOwnMonths(tag)).toBe(true);
    for (let month = 0; month < 12; month++)
      for (const style of ['medium', 'long'] as const) {
        const date = withOwnMonths(tag, parts(month, style));
        expect(date).not.toMatch(/[A-Za-z]/);
        const name = new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, month, 22));
        expect(date).toBe(`22 ${name} 2026, 14:03`);
      }
  });
});

describe('hasOwnMonths', () => {
  it.each(['en', 'th', 'zh', 'constructor'])('leaves %s to the browser', (tag) => {
    expect(hasOwnMonths(tag)).toBe(false);
  });
});
