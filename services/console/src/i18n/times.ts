import { language } from './language.ts';
import { hasOwnMonths, withOwnMonths } from './months.ts';
import { isPlain, localeOf, t } from './text.ts';

/** Where a calendar of its own is in use beside the Gregorian one. */
const LOCAL_CALENDARS: Readonly<Record<string, string>> = { th: 'th-u-ca-buddhist-nu-latn' };

const formats = new Map<string, Intl.DateTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}/${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
}

/** A time in the reader's language as those options say: Gregorian, with Latin digits. */
export function written(at: string | number | Date, options: Intl.DateTimeFormatOptions): string {
  const tag = language();
  if (!hasOwnMonths(tag)) return format(localeOf(tag), options).format(new Date(at));
  return withOwnMonths(tag, format(localeOf('en'), options).formatToParts(new Date(at)));
}

/** Date and time of day in this device's zone, Gregorian with Latin digits: `22 Nov 2026, 14:03`. */
export function dateTime(at: string | number): string {
  return written(at, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
}

/** To the second and with its zone, for what may be read aloud in court: `22 November 2026, 14:03:07 GMT+7`. */
export function exactTime(at: string | number): string {
  return written(at, { dateStyle: 'long', timeStyle: 'long', hourCycle: 'h23' });
}

/** Date without time of day, Gregorian. */
export function date(at: string | number): string {
  return written(at, { dateStyle: 'medium' });
}

/** The year that the reader's own calendar gives, where it is another; for beside the Gregorian date. */
export function localDate(at: string | number): string | undefined {
  return inOwnCalendar(at, { dateStyle: 'medium' });
}

/** A time in the reader's own calendar, as those options say; undefined where the Gregorian one is in use. */
export function inOwnCalendar(at: string | number | Date, options: Intl.DateTimeFormatOptions): string | undefined {
  const locale = LOCAL_CALENDARS[language()];
  return locale === undefined ? undefined : format(locale, options).format(new Date(at));
}

/** Time of day: `14:03`. */
export function clockTime(at: string | number): string {
  return written(at, { timeStyle: 'short', hourCycle: 'h23' });
}

/** A month of UTC with its year, as figures are counted: `Nov 2026`. */
export function monthName(at: string | number): string {
  return written(at, { month: 'short', year: 'numeric', timeZone: 'UTC' });
}

/** A day of UTC without its year: `22 Nov`. */
export function shortDay(at: string | number): string {
  return written(at, { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

/** So many in the reader's language, Latin digits. */
export function number(value: number, options: Intl.NumberFormatOptions = {}): string {
  if (Object.keys(options).length === 0 && isPlain(value)) return String(value);
  const key = `${language()}/${JSON.stringify(options)}`;
  let known = numberFormats.get(key);
  if (known === undefined) {
    known = new Intl.NumberFormat(localeOf(language()), options);
    numberFormats.set(key, known);
  }
  return known.format(value);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span in its largest unit, or two: `now`, `4 min`, `3 h 12 min`, `2 d`. Milliseconds; the sign is dropped. */
export function span(ms: number): string {
  const size = Math.abs(ms);
  if (size < MINUTE) return t('time.now');
  if (size < HOUR) return t('time.minutes', { n: Math.floor(size / MINUTE) });
  const hours = Math.floor(size / HOUR);
  const minutes = Math.floor((size % HOUR) / MINUTE);
  if (size < DAY)
    return minutes === 0 || hours >= 10
      ? t('time.hours', { n: hours })
      : t('time.hoursMinutes', { h: hours, m: minutes });
  return t('time.days', { n: Math.floor(size / DAY) });
}
