import { describe, expect, it } from 'vitest';
import { byDue, type Due, isOverdue } from '../../../../services/console/src/boards/by-due.ts';

const at = (time: string): string => `2026-11-22T${time}:00Z`;
const due = (dueAt: string | null, precedence?: string, createdAt = at('08:00')): Due => ({
  dueAt,
  createdAt,
  ...(precedence === undefined ? {} : { precedence }),
});

describe('byDue', () => {
  it('puts what is due first at the top, whatever its precedence', () => {
    const soon = due(at('10:00'), 'PRECEDENCE_ROUTINE');
    const later = due(at('11:00'), 'PRECEDENCE_FLASH');
    expect([later, soon].sort(byDue)).toEqual([soon, later]);
  });

  it('puts the more urgent first within a quarter of an hour', () => {
    const routine = due(at('10:00'), 'PRECEDENCE_ROUTINE');
    const flash = due(at('10:05'), 'PRECEDENCE_FLASH');
    expect([routine, flash].sort(byDue)).toEqual([flash, routine]);
  });

  it('goes by the minute where the precedence is the same, and then by age', () => {
    const first = due(at('10:01'));
    const second = due(at('10:02'), undefined, at('07:00'));
    const third = due(at('10:02'), undefined, at('07:30'));
    expect([third, second, first].sort(byDue)).toEqual([first, second, third]);
  });

  it('puts what has no deadline last, the more urgent of it first', () => {
    const none = due(null);
    const urgent = due(null, 'PRECEDENCE_FLASH');
    const late = due(at('23:00'));
    expect([none, urgent, late].sort(byDue)).toEqual([late, urgent, none]);
  });
});

describe('isOverdue', () => {
  it('says whether the time is over, and never of what has none', () => {
    const now = Date.parse(at('10:00'));
    expect([at('09:59'), at('10:01'), null].map((one) => isOverdue(one, now))).toEqual([true, false, false]);
  });
});
