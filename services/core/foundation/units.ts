import type { Brand } from './brand.ts';

/** A length of time in whole milliseconds, never negative. */
export type DurationMs = Brand<number, 'DurationMs'>;

/** A point in time: whole milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = Brand<number, 'EpochMs'>;

/** A size in bytes, never negative. */
export type ByteCount = Brand<number, 'ByteCount'>;

function wholeNumber(value: number, name: string): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} must be a whole number, zero or more`);
  return value;
}

/** A duration of `value` milliseconds. @throws RangeError unless a whole number, zero or more. */
export function durationMs(value: number): DurationMs {
  return wholeNumber(value, 'a duration in milliseconds') as DurationMs;
}

/** A duration of `value` seconds. @throws RangeError unless it comes to whole milliseconds, zero or more. */
export function seconds(value: number): DurationMs {
  return durationMs(value * 1000);
}

/** A duration of `value` days of 24 hours. */
export function days(value: number): DurationMs {
  return durationMs(value * 86_400_000);
}

/** A point in time from milliseconds since the epoch. @throws RangeError unless a whole number, zero or more. */
export function epochMs(value: number): EpochMs {
  return wholeNumber(value, 'a time in milliseconds') as EpochMs;
}

/** A size in bytes. @throws RangeError unless a whole number, zero or more. */
export function byteCount(value: number): ByteCount {
  return wholeNumber(value, 'a size in bytes') as ByteCount;
}

/** `time` moved later by `by`. */
export function later(time: EpochMs, by: DurationMs): EpochMs {
  return (time + by) as EpochMs;
}

/** `time` moved earlier by `by`, not before the epoch. */
export function earlier(time: EpochMs, by: DurationMs): EpochMs {
  return Math.max(0, time - by) as EpochMs;
}

/** `time` as RFC 3339 text in UTC with milliseconds. */
export function rfc3339(time: EpochMs): string {
  return new Date(time).toISOString();
}
