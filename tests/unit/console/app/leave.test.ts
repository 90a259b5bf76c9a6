import { describe, expect, it } from 'vitest';
import { ProblemError, type Session, type SessionState } from '../../../../services/console/src/api/index.ts';
import { isSomebodyElse, leave } from '../../../../services/console/src/app/leave.ts';

const refusal = (status: number) =>
  new ProblemError({ status, code: 'X', title: '', detail: '', faults: [], correlationId: '' });

describe('leave', () => {
  it.each([
    ['the node ended the session', undefined, [true, undefined]],
    ['there was none any more', refusal(401), [true, undefined]],
    ['the line is down, so that the session goes on', refusal(0), [false, 0]],
    ['the node refuses', refusal(503), [false, 503]],
  ])('forgets the page or says why not where %s', async (_, error, expected) => {
    let forgot = false;
    const problem = await leave(
      () => (error === undefined ? Promise.resolve() : Promise.reject(error)),
      () => {
        forgot = true;
      },
    );
    expect([forgot, problem?.status]).toEqual(expected);
  });
});

describe('isSomebodyElse', () => {
  const of = (name: string) => ({ officer: { name } }) as Session;
  it.each<[string, SessionState, boolean]>([
    ['whose session ended comes back', { kind: 'ended', session: of('desk-1') }, false],
    ['another signs in over their page', { kind: 'ended', session: of('desk-2') }, true],
    ['nobody was there', { kind: 'out' }, false],
    ['who is signed in changed their password', { kind: 'in', session: of('desk-1') }, false],
    ['somebody else signed in on another page', { kind: 'in', session: of('desk-2') }, true],
    ['the page was taken over meanwhile', { kind: 'other', session: of('desk-2'), by: of('desk-1').officer }, true],
    ['its owner is back', { kind: 'other', session: of('desk-1'), by: of('desk-2').officer }, false],
  ])('is told where %s', (_, before, expected) => {
    expect(isSomebodyElse(before, of('desk-1'))).toBe(expected);
  });
});
