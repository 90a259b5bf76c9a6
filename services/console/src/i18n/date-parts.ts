/** The parts of a date that are known. */
export interface PartialDate {
  readonly year?: number | undefined;
  readonly month?: number | undefined;
  readonly day?: number | undefined;
}

/** A date, and which of its parts are written: the month as a word. */
export interface WrittenDate {
  readonly at: Date;
  readonly options: Intl.DateTimeFormatOptions;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const WHOLE = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const TO_THE_MINUTE = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const;

/** What a field for a day, or for a day and time in this device's zone, holds; undefined for none or nonsense. */
export function partsTyped(typed: string): WrittenDate | undefined {
  const isDay = DAY.test(typed);
  const at = new Date(isDay ? `${typed}T00:00:00Z` : typed);
  if (typed === '' || Number.isNaN(at.getTime())) return undefined;
  return { at, options: isDay ? { ...WHOLE, timeZone: 'UTC' } : { ...WHOLE, ...TO_THE_MINUTE } };
}

/** A date of which at least the month is known; undefined for any other, and for a day that its month does not have. */
export function partsKnown({ year, month, day }: PartialDate): WrittenDate | undefined {
  if (month === undefined || !Number.isInteger(month) || month < 1 || month > 12) return undefined;
  // A leap year stands in for one that is not known.
  const at = new Date(Date.UTC(2000, month - 1, 1));
  at.setUTCFullYear(year ?? 2000, month - 1, day ?? 1);
  if (Number.isNaN(at.getTime()) || at.getUTCMonth() !== month - 1) return undefined;
  return {
    at,
    options: {
      ...(day === undefined ? {} : { day: WHOLE.day }),
      month: WHOLE.month,
      ...(year === undefined ? {} : { year: WHOLE.year }),
      timeZone: 'UTC',
    },
  };
}
