import { type PartialDate, partsKnown, partsTyped, type WrittenDate } from './date-parts.ts';
import { inOwnCalendar, written } from './times.ts';

/**
 * What a field for a day, or for a day and time in this device's zone, holds, in words: the order of day and month in the
 * field itself is the browser's. Undefined for none or nonsense.
 */
export function typedDate(typed: string): string | undefined {
  return inWords(partsTyped(typed), true);
}

/** A date of which the month and perhaps the day or year are known, in words; undefined for any other. */
export function partialDate(date: PartialDate): string | undefined {
  return inWords(partsKnown(date), date.year !== undefined);
}

function inWords(date: WrittenDate | undefined, hasYear: boolean): string | undefined {
  if (date === undefined) return undefined;
  const { at, options } = date;
  const { hour: _hour, minute: _minute, timeZoneName: _zone, ...day } = options;
  const own = hasYear ? inOwnCalendar(at, day) : undefined;
  return own === undefined ? written(at, options) : `${written(at, options)} (${own})`;
}
