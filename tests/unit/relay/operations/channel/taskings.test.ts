import { describe, expect, it } from 'vitest';
import { fromHex, type OfficeId } from '../../../../../services/core/foundation/index.ts';
import { operationPosts } from '../../../../../services/core/relay/operations/channel/fold-posts.ts';
import { operationLog } from '../../../../../services/core/relay/operations/channel/operation-log.ts';
import { readState } from '../../../../../services/core/relay/operations/channel/read-state.ts';
import { foldTaskings } from '../../../../../services/core/relay/operations/channel/taskings.ts';
import {
  OperationAction,
  Outcome,
  PostType,
  ReceiptKind,
  TaskingState,
} from '../../../../../services/core/wire/index.ts';
import { at, digestAt, LA, LIVE, MM, nowAt, operation, projectionOf, received, said, seenAt, TH } from './fixtures.ts';

const tasking = { postType: PostType.TASKING, assignees: [LA, MM], due: { seconds: at(60) / 1000, nanos: 0 } };
const target = { origin: TH, id: `${TH}-1`, digest: fromHex(digestAt(TH, 1)) };
const answer = (office: OfficeId, number: number, minutes: number, state: TaskingState) =>
  received(office, number, minutes, { postType: PostType.TASKING_ANSWER, tasking: state, target });

describe('foldTaskings', () => {
  const statesAt = (minutes: number, ...messages: Parameters<typeof projectionOf>[0]) =>
    foldTaskings(operationPosts(projectionOf([said(TH, 1, 1, tasking), ...messages]), LIVE), nowAt(minutes)).map(
      ({ parts, open }) => [open, ...parts.map(({ office, state, overdue }) => [office, state, overdue])],
    );

  it('is open for each office that has not answered, and overdue when its time has come', () => {
    expect(statesAt(10)).toEqual([[true, [LA, 'open', false], [MM, 'open', false]]]);
    expect(statesAt(61)).toEqual([[true, [LA, 'open', true], [MM, 'open', true]]]);
  });

  it('takes the newest answer of each office by that office’s own numbers', () => {
    expect(
      statesAt(
        61,
        answer(LA, 1, 50, TaskingState.ACCEPTED),
        answer(LA, 2, 3, TaskingState.DONE),
        answer(MM, 1, 4, TaskingState.DECLINED),
      ),
    ).toEqual([[false, [LA, 'done', false], [MM, 'declined', false]]]);
  });

  it('counts an answer to another text under the same id for nothing, and one of an office that was not tasked', () => {
    const forged = received(LA, 1, 5, {
      postType: PostType.TASKING_ANSWER,
      tasking: TaskingState.DONE,
      target: { ...target, digest: fromHex(digestAt(TH, 2)) },
    });
    expect(statesAt(10, forged)).toEqual([[true, [LA, 'open', false], [MM, 'open', false]]]);
    const messages = [said(TH, 1, 1, { ...tasking, assignees: [LA] }), answer(MM, 1, 4, TaskingState.DONE)];
    const [view] = foldTaskings(operationPosts(projectionOf(messages), LIVE), nowAt(10));
    expect(view?.parts).toMatchObject([{ office: LA, state: 'open' }]);
  });

  it('shows no tasking that officers here have not got', () => {
    const held = received(TH, 1, 1, tasking, { deliveredMs: null, decision: { outcome: Outcome.HELD } as never });
    expect(foldTaskings(operationPosts(projectionOf([held]), LIVE), nowAt(10))).toEqual([]);
  });
});

describe('operationLog', () => {
  it('is in the order of signed times, acts before posts of the same moment', () => {
    const acts = [
      { origin: TH, id: 'a', digest: digestAt(TH, 9), action: OperationAction.OPEN, number: 1, createdMs: at(2) },
    ].map((act) => ({ ...act, member: null, by: '' }) as never);
    const view = operation({ acts });
    const log = operationLog(view, operationPosts(projectionOf([said(TH, 1, 2), received(LA, 1, 1)]), LIVE));
    expect(log.map(({ office, act }) => [office, act === null ? 'post' : 'act'])).toEqual([
      [LA, 'post'],
      [TH, 'act'],
      [TH, 'post'],
    ]);
  });
});

describe('readState', () => {
  it('says of own posts who received and who opened them, by signed receipts', () => {
    const receipt = (kind: ReceiptKind, minutes: number) => ({ kind, atMs: at(minutes), issuer: LA });
    const copy = {
      to: LA,
      decision: { outcome: Outcome.RELEASED, withheld: [{ category: 5 }], policies: ['no-faces'] },
      receipts: [receipt(ReceiptKind.DELIVERY, 3), receipt(ReceiptKind.RETRIEVAL, 7)],
    };
    const projection = projectionOf([said(TH, 1, 1, {}, new Map([[LA, copy as never]]))]);
    const [first] = readState(projection, LIVE, operationPosts(projection, LIVE), TH);
    expect(first?.readers).toEqual([
      {
        office: LA,
        state: 'retrieved',
        withheld: [5],
        policies: ['no-faces'],
        receivedMs: at(3),
        openedMs: at(7),
        seen: false,
      },
      { office: MM, state: null, withheld: [], policies: [], receivedMs: null, openedMs: null, seen: false },
    ]);
  });

  it('says nothing of the office itself, which knows what it has', () => {
    const projection = projectionOf([said(TH, 1, 1)]);
    const [first] = readState(projection, LIVE, operationPosts(projection, LIVE), LA);
    expect(first?.readers.map(({ office }) => office)).toEqual([MM]);
  });

  it('says of any post who has it by what they said they had seen, and believes no claim about another text', () => {
    const projection = projectionOf([
      said(TH, 1, 1),
      received(LA, 1, 2, { seen: [seenAt(TH, 1)] }),
      received(MM, 1, 3, { seen: [seenAt(TH, 1, digestAt(TH, 5))] }),
    ]);
    const [first] = readState(projection, LIVE, operationPosts(projection, LIVE), TH);
    expect(first?.readers.map(({ office, seen }) => [office, seen])).toEqual([
      [LA, true],
      [MM, false],
    ]);
  });
});
