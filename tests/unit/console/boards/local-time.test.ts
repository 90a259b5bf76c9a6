import { describe, expect, it } from 'vitest';
import { timeForField, timeTyped } from '../../../../services/console/src/boards/local-time.ts';

describe('timeTyped', () => {
  it('is the moment that a field says in the zone of the device, and the field says it again', () => {
    const at = timeTyped('2026-11-22T14:03');
    expect(at).toMatch(/^2026-11-2[123]T\d\d:\d3:00\.000Z$/);
    expect(timeForField(at ?? '')).toBe('2026-11-22T14:03');
  });

  it.each(['', 'soon'])('is none for %j', (typed) => {
    expect(timeTyped(typed)).toBeUndefined();
  });
});
