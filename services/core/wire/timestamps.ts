import type { Timestamp } from './__generated__/types.ts';

const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/;
const FIRST_SECOND = -62_135_596_800;
const LAST_SECOND = 253_402_300_799;

/** How many days that month has in the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  return month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31;
}

/** Whether a message holds a time that RFC 3339 can write: years 1 to 9999, nanoseconds below a second. */
export function isTimestamp(time: Timestamp): boolean {
  return (
    Number.isSafeInteger(time.seconds) &&
    time.seconds >= FIRST_SECOND &&
    time.seconds <= LAST_SECOND &&
    Number.isSafeInteger(time.nanos) &&
    time.nanos >= 0 &&
    time.nanos < 1e9
  );
}

/** A time from RFC 3339 text with seconds and offset; undefined unless that day and minute exist. */
export function timestampOf(text: string): Timestamp | undefined {
  const match = RFC_3339.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const offsetHour = Number(match[9] ?? 0);
  const offsetMinute = Number(match[10] ?? 0);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) return undefined;
  const offset = (offsetHour * 60 + offsetMinute) * 60 * (match[8] === '-' ? -1 : 1);
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day) / 1000;
  const time = {
    seconds: midnight + hour * 3600 + minute * 60 + second - offset,
    nanos: Number((match[7] ?? '').padEnd(9, '0')),
  };
  return isTimestamp(time) ? time : undefined;
}

/** RFC 3339 text in UTC with 0, 3, 6 or 9 digits of the second, as the JSON mapping of protobuf wants it. */
export function timestampText(time: Timestamp): string {
  const whole = new Date(time.seconds * 1000).toISOString().slice(0, 19);
  if (time.nanos === 0) return `${whole}Z`;
  const digits = String(time.nanos)
    .padStart(9, '0')
    .replace(/(?:000){1,2}$/, '');
  return `${whole}.${digits}Z`;
}
