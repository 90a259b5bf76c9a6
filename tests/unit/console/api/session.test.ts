import { describe, expect, it } from 'vitest';
import { afterFinding, type Session, type SessionState } from '../../../../services/console/src/api/session.ts';

const of = (name: string, more: Partial<Session> = {}) =>
  ({ office: 'th-chiang-khong', officer: { name }, csrf: 'old', ...more }) as Session;

describe('afterFinding', () => {
  const found = of('desk-1', { csrf: 'new' });

  it.each<[string, SessionState]>([
    ['while they work', { kind: 'in', session: of('desk-1') }],
    ['where theirs had ended', { kind: 'ended', session: of('desk-1') }],
    ['where somebody else was here meanwhile', { kind: 'other', session: of('desk-1'), by: of('desk-2').officer }],
  ])('goes on with the new word of the same person %s', (_, before) => {
    expect(afterFinding(before, found)).toEqual({ kind: 'in', session: found });
  });

  it.each<[string, Session]>([
    ['another person', of('desk-2')],
    ['the same name at another office', of('desk-1', { office: 'la-houayxay' as never })],
  ])('leaves the page to its owner where it is %s', (_, own) => {
    const state: SessionState = { kind: 'in', session: own };
    expect(afterFinding(state, found)).toEqual({ kind: 'other', session: own, by: found.officer });
  });

  it.each<SessionState>([{ kind: 'loading' }, { kind: 'out' }])('signs nobody in by itself: $kind', (before) => {
    expect(afterFinding(before, found)).toBe(before);
  });
});
