import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timestampOf, timestampText } from '../../../services/core/wire/index.ts';

const seconds = fc.integer({ min: -62_135_596_800, max: 253_402_300_799 });
const nanos = fc.oneof(fc.constantFrom(0, 1_000_000, 1_000), fc.integer({ min: 0, max: 999_999_999 }));

describe('timestampText', () => {
  it('is undone by timestampOf', () => {
    fc.assert(
      fc.property(fc.record({ seconds, nanos }, { noNullPrototype: true }), (time) => {
        expect(timestampOf(timestampText(time))).toStrictEqual(time);
      }),
    );
  });
});

describe('timestampOf', () => {
  it.each(['0001-01-01T00:00:00+00:01', '9999-12-31T23:59:59-00:01', '2026-02-29T00:00:00Z', 'now', ''])(
    'gives nothing for %j, which is no time in the years 1 to 9999',
    (text) => {
      expect(timestampOf(text)).toBeUndefined();
    },
  );
});
