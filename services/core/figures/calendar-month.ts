import { type EpochMs, epochMs } from '../foundation/index.ts';

/** A month of the Gregorian calendar in UTC, `2029-04`. Months compare as texts. */
export type CalendarMonth = string & { readonly __month: unique symbol };

/** The month in which that moment lies. */
export function monthOf(at: EpochMs): CalendarMonth {
  const date = new Date(at);
  return monthText(date.getUTCFullYear(), date.getUTCMonth());
}

/** A month from its text, if there is such a month. */
export function parseMonth(text: unknown): CalendarMonth | undefined {
  if (typeof text !== 'string' || !/^[0-9]{4}-(0[1-9]|1[0-2])$/.test(text)) return undefined;
  return text >= '1971' ? (text as CalendarMonth) : undefined;
}

/** The first moment of the month, and the first after it. */
export function boundsOfMonth(month: CalendarMonth): { readonly fromMs: EpochMs; readonly untilMs: EpochMs } {
  const [year, number] = partsOf(month);
  return { fromMs: epochMs(Date.UTC(year, number - 1, 1)), untilMs: epochMs(Date.UTC(year, number, 1)) };
}

/** Every month from one to another, both included; at most so many, the last ones. */
export function monthsBetween(from: CalendarMonth, until: CalendarMonth, atMost: number): readonly CalendarMonth[] {
  const months: CalendarMonth[] = [];
  for (let at = until; at >= from && months.length < atMost; at = monthBefore(at)) months.unshift(at);
  return months;
}

/** The month before. */
export function monthBefore(month: CalendarMonth): CalendarMonth {
  const [year, number] = partsOf(month);
  return number === 1 ? monthText(year - 1, 11) : monthText(year, number - 2);
}

function partsOf(month: CalendarMonth): readonly [number, number] {
  return [Number(month.slice(0, 4)), Number(month.slice(5))];
}

/** `index` from 0. */
function monthText(year: number, index: number): CalendarMonth {
  return `${String(year).padStart(4, '0')}-${String(index + 1).padStart(2, '0')}` as CalendarMonth;
}
