import { describe, expect, it } from 'vitest';
import {
  boundsOfMonth,
  type CalendarMonth,
  isoWeekOf,
  monthBefore,
  monthOf,
  monthsBetween,
  parseMonth,
  startOfIsoWeek,
} from '../../../services/core/figures/index.ts';
import type { EpochMs } from '../../../services/core/foundation/index.ts';

const at = (text: string): EpochMs => Date.parse(text) as EpochMs;
const month = (text: string): CalendarMonth => text as CalendarMonth;

describe('monthOf', () => {
  it.each([
    ['2026-03-01T00:00:00.000Z', '2026-03'],
    ['2026-02-28T23:59:59.999Z', '2026-02'],
    ['2026-01-01T00:30:00+07:00', '2025-12'],
  ])('puts %s into %s', (time, expected) => {
    expect(monthOf(at(time))).toBe(expected);
  });
});

describe('parseMonth', () => {
  it('reads a month', () => {
    expect(parseMonth('2026-12')).toBe('2026-12');
  });

  it.each(['2026-13', '2026-00', '2026-1', '26-01', '1970-12', '', undefined, 202601])(
    'reads no month in %s',
    (text) => {
      expect(parseMonth(text)).toBeUndefined();
    },
  );
});

describe('boundsOfMonth', () => {
  it('begins with the first moment and ends before the next month', () => {
    const { fromMs, untilMs } = boundsOfMonth(month('2025-12'));
    expect([fromMs, untilMs]).toEqual([at('2025-12-01T00:00:00Z'), at('2026-01-01T00:00:00Z')]);
    expect([monthOf(fromMs), monthOf((untilMs - 1) as EpochMs)]).toEqual(['2025-12', '2025-12']);
  });
});

describe('monthsBetween', () => {
  it('has both ends, over a new year', () => {
    expect(monthsBetween(month('2025-11'), month('2026-02'), 12)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  });

  it('has the last ones where there are more than so many, and none where the end is before the beginning', () => {
    expect(monthsBetween(month('2020-01'), month('2026-02'), 2)).toEqual(['2026-01', '2026-02']);
    expect(monthsBetween(month('2026-03'), month('2026-02'), 2)).toEqual([]);
  });
});

describe('monthBefore', () => {
  it('goes back over a new year', () => {
    expect(monthBefore(month('2026-01'))).toBe('2025-12');
  });
});

describe('startOfIsoWeek', () => {
  it('is the Monday of that week', () => {
    expect(startOfIsoWeek(isoWeekOf(at('2027-01-02T12:00:00Z')))).toBe(at('2026-12-28T00:00:00Z'));
  });
});
