import { describe, expect, it } from 'vitest';
import {
  byteCount,
  days,
  durationMs,
  earlier,
  epochMs,
  FoundationError,
  isLiaisonError,
  later,
  rfc3339,
  seconds,
  systemClock,
} from '../../../services/core/foundation/index.ts';

describe.each<[string, (value: number) => number]>([
  ['durationMs', durationMs],
  ['epochMs', epochMs],
  ['byteCount', byteCount],
])('%s', (_, make) => {
  it('takes whole numbers from zero on', () => {
    expect([0, 1, Number.MAX_SAFE_INTEGER].map((value) => make(value))).toEqual([0, 1, Number.MAX_SAFE_INTEGER]);
  });

  it.each([[-1], [0.5], [Number.NaN], [Number.POSITIVE_INFINITY], [2 ** 53]])('refuses %d', (value) => {
    expect(() => make(value)).toThrow(RangeError);
  });
});

describe('seconds', () => {
  it('is a thousand milliseconds each', () => {
    expect(seconds(1.5)).toBe(1500);
    expect(() => seconds(0.0001)).toThrow(RangeError);
  });
});

describe('days', () => {
  it('is 24 hours each', () => {
    expect(days(2)).toBe(172_800_000);
  });
});

describe('later', () => {
  it('adds', () => {
    expect(later(epochMs(5), durationMs(3))).toBe(8);
  });
});

describe('earlier', () => {
  it('subtracts, not below the epoch', () => {
    expect(earlier(epochMs(5), durationMs(3))).toBe(2);
    expect(earlier(epochMs(5), durationMs(6))).toBe(0);
  });
});

describe('rfc3339', () => {
  it('is UTC with milliseconds', () => {
    expect(rfc3339(epochMs(1_769_851_800_120))).toBe('2026-01-31T09:30:00.120Z');
  });
});

describe('systemClock', () => {
  it('tells a time of this century', () => {
    expect(systemClock.now()).toBeGreaterThan(1_700_000_000_000);
  });
});

describe('FoundationError', () => {
  it('carries name, code, disposition, cause and a context that nobody can change', () => {
    const cause = new TypeError('inner');
    const context = { kind: 'office' };
    const error = new FoundationError('FOUNDATION_ID_INVALID', { context, cause });
    context.kind = 'other';
    expect(error).toMatchObject({
      name: 'FoundationError',
      code: 'FOUNDATION_ID_INVALID',
      disposition: 'reject',
      context: { kind: 'office' },
      cause,
    });
    expect(Object.isFrozen(error.context)).toBe(true);
  });

  it('has no cause where none was given', () => {
    expect('cause' in new FoundationError('FOUNDATION_ID_INVALID')).toBe(false);
  });
});

describe('isLiaisonError', () => {
  it('knows errors thrown on purpose from bugs', () => {
    expect(isLiaisonError(new FoundationError('FOUNDATION_ENCODING_INVALID'))).toBe(true);
    expect(isLiaisonError(new TypeError('bug'))).toBe(false);
    expect(isLiaisonError({ code: 'FOUNDATION_ID_INVALID' })).toBe(false);
    expect(isLiaisonError(undefined)).toBe(false);
  });
});
