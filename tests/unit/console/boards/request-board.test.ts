import { describe, expect, it } from 'vitest';
import {
  boardLines,
  groupLines,
  groupOf,
  isMine,
  isOurTurn,
  type LifeSeen,
  type RequestSeen,
} from '../../../../services/console/src/boards/request-board.ts';

const life = (more: Partial<LifeSeen> = {}): LifeSeen => ({
  asking: 'th-chiang-khong',
  asked: 'la-houayxay',
  state: 'delivered',
  open: true,
  overdue: false,
  answerBy: '2026-11-22T18:00:00Z',
  assignee: null,
  ...more,
});
const request = (
  id: string,
  lives: readonly LifeSeen[],
  more: Partial<RequestSeen<LifeSeen>> = {},
): RequestSeen<LifeSeen> => ({
  id,
  origin: 'th-chiang-khong',
  side: 'asked',
  precedence: 'PRECEDENCE_PRIORITY',
  createdAt: '2026-11-22T10:00:00Z',
  submittedBy: null,
  lives,
  ...more,
});

describe('boardLines', () => {
  it('has a line for each office that was asked, of one side only', () => {
    const asking = request('1', [life(), life({ asked: 'mm-tachileik' })], { side: 'asking' });
    const lines = boardLines([asking, request('2', [life()])], 'asking');
    expect(lines.map(({ request: { id }, office }) => [id, office])).toEqual([
      ['1', 'la-houayxay'],
      ['1', 'mm-tachileik'],
    ]);
    expect(boardLines([request('2', [life()])], 'asked').map(({ office }) => office)).toEqual(['th-chiang-khong']);
  });

  it('stands in order of the time limit, what is closed last', () => {
    const lines = boardLines(
      [
        request('closed', [life({ open: false, state: 'answered', answerBy: '2026-11-22T01:00:00Z' })]),
        request('later', [life({ answerBy: '2026-11-23T18:00:00Z' })]),
        request('soon', [life()]),
      ],
      'asked',
    );
    expect(lines.map(({ request: { id } }) => id)).toEqual(['soon', 'later', 'closed']);
  });
});

describe('groupLines', () => {
  it('has a column for each state that there is, what is overdue first', () => {
    const lines = [
      life({ state: 'acknowledged' }),
      life({ state: 'clarification-asked' }),
      life({ overdue: true, state: 'acknowledged' }),
      life({ open: false, state: 'refused' }),
    ].map((one) => ({ life: one }));
    expect(groupLines(lines).map(({ group, lines: there }) => [group, there.length])).toEqual([
      ['overdue', 1],
      ['clarification', 1],
      ['acknowledged', 1],
      ['closed', 1],
    ]);
  });
});

describe('groupOf', () => {
  it.each([
    [{ state: 'delivered' }, 'delivered'],
    [{ state: 'answered-in-part' }, 'in-part'],
    [{ state: 'held' }, 'under-way'],
    [{ state: 'submitted' }, 'under-way'],
    [{ state: 'a state that is not known yet' }, 'under-way'],
    [{ state: 'delivered', overdue: true }, 'overdue'],
    [{ state: 'expired', open: false, overdue: true }, 'closed'],
  ] as const)('puts %j under %s', (more, group) => {
    expect(groupOf(life(more))).toBe(group);
  });
});

describe('isOurTurn', () => {
  it('is the asked office, unless it asked back', () => {
    expect(
      ['delivered', 'acknowledged', 'answered-in-part'].map((state) => isOurTurn(life({ state }), 'asked')),
    ).toEqual([true, true, true]);
    expect(isOurTurn(life({ state: 'clarification-asked' }), 'asked')).toBe(false);
    expect(isOurTurn(life({ state: 'clarification-asked' }), 'asking')).toBe(true);
    expect(isOurTurn(life(), 'asking')).toBe(false);
  });

  it('is nobody while it is on its way or over', () => {
    expect(isOurTurn(life({ state: 'submitted' }), 'asked')).toBe(false);
    expect(isOurTurn(life({ state: 'held' }), 'asked')).toBe(false);
    expect(isOurTurn(life({ open: false }), 'asked')).toBe(false);
  });
});

describe('isMine', () => {
  it('is what I asked and what was assigned to me', () => {
    const line = { request: { submittedBy: 'border-desk' }, life: life({ assignee: 'customs-desk' }) };
    expect(['border-desk', 'customs-desk', 'narcotics-desk'].map((name) => isMine(line, name))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
