import { describe, expect, it } from 'vitest';
import { channelOf, isDrillScope, isOperationId, scopeOfChannel } from '../../../services/core/foundation/index.ts';

describe('isOperationId', () => {
  it('takes lowercase letters, digits and single hyphens, 1 to 40 characters', () => {
    for (const id of ['a', 'naga-2026', 'a'.repeat(40)]) expect(isOperationId(id)).toBe(true);
    for (const id of ['', 'a--b', '-a', 'a-', 'A', 'a.b', 'a'.repeat(41), 7, null])
      expect(isOperationId(id)).toBe(false);
  });
});

describe('channelOf', () => {
  it('undoes scopeOfChannel, and tells an exercise from what is real', () => {
    for (const drill of [false, true])
      expect(channelOf(scopeOfChannel({ id: 'naga-2026', drill }))).toEqual({ id: 'naga-2026', drill });
  });
  it.each(['', 'op-', 'drill-', 'OP-a', 'op-a--b', 'la-houayxay--th-chiang-khong', 'naga', 7, null])(
    'is none of %j',
    (scope) => {
      expect(channelOf(scope)).toBeUndefined();
    },
  );
});

describe('scopeOfChannel', () => {
  it('gives none for an id that names no operation', () => {
    expect(scopeOfChannel({ id: 'a--b', drill: false })).toBeUndefined();
  });
});

describe('isDrillScope', () => {
  it('is so for the channel of an exercise alone', () => {
    expect(isDrillScope('drill-naga')).toBe(true);
    for (const scope of ['op-drill', 'op-naga', 'la-houayxay--th-chiang-khong', 'drill'])
      expect(isDrillScope(scope)).toBe(false);
  });
});
