import { describe, expect, it } from 'vitest';
import type { Session, SessionState } from '../../../../services/console/src/api/index.ts';
import { afterWord, type Word } from '../../../../services/console/src/app/tabs.ts';

const session = { officer: { name: 'desk-1' } } as Session;
const own: SessionState = { kind: 'in', session };
const ended: SessionState = { kind: 'ended', session };

describe('afterWord', () => {
  it.each<[string, SessionState, Word, ReturnType<typeof afterWord>]>([
    ['asks the node where somebody else signed in', own, { kind: 'in', officer: 'desk-2' }, 'look'],
    ['goes on where its own officer opened another page', own, { kind: 'in', officer: 'desk-1' }, 'nothing'],
    ['asks the node where its own officer came back', ended, { kind: 'in', officer: 'desk-1' }, 'look'],
    ['goes with its officer', own, { kind: 'out', officer: 'desk-1', drop: false }, 'leave'],
    ['stays where somebody else went', own, { kind: 'out', officer: 'desk-2', drop: true }, 'nothing'],
    ['is nobody’s and stays so', { kind: 'out' }, { kind: 'in', officer: 'desk-1' }, 'nothing'],
  ])('%s', (_, state, word, expected) => {
    expect(afterWord(state, word)).toBe(expected);
  });
});
