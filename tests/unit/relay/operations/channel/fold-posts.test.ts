import { describe, expect, it } from 'vitest';
import { operationPosts } from '../../../../../services/core/relay/operations/channel/fold-posts.ts';
import { GapReason, OperationAction, OperationRole, PostType } from '../../../../../services/core/wire/index.ts';
import {
  at,
  digestAt,
  LA,
  LIVE,
  MM,
  member,
  notice,
  operation,
  postTerms,
  projectionOf,
  received,
  said,
  seenAt,
  TH,
} from './fixtures.ts';

const places = (posts: ReturnType<typeof operationPosts>): string[] =>
  posts.ordered.map(({ office, number }) => `${office}/${number}`);

describe('operationPosts', () => {
  it('has own and received posts and notices, each at its place', () => {
    const posts = operationPosts(
      projectionOf([said(TH, 1, 1), received(LA, 1, 2, { seen: [seenAt(TH, 1)] }), notice(LA, 2, 3)]),
      LIVE,
    );
    expect(places(posts)).toEqual([`${TH}/1`, `${LA}/1`, `${LA}/2`]);
    expect(posts.at(LA, 2)).toMatchObject({
      id: null,
      digest: digestAt(LA, 2),
      createdMs: at(3),
      gap: { reason: GapReason.REFUSED, policies: ['th.rule'] },
    });
    expect(posts.awaited).toEqual([]);
  });

  it('has the same order and digest at a member that got notices in place of posts', () => {
    const mine = operationPosts(
      projectionOf([said(TH, 1, 9), said(TH, 2, 10), received(LA, 1, 2, { seen: [seenAt(TH, 1)] })]),
      LIVE,
    );
    const theirs = operationPosts(
      projectionOf([notice(TH, 2, 10), said(LA, 1, 2, { seen: [seenAt(TH, 1)] }), notice(TH, 1, 9)]),
      LIVE,
    );
    expect(theirs.digest).toBe(mine.digest);
    expect(places(theirs)).toEqual(places(mine));
  });

  it('takes the post for what it is where the notice is here too', () => {
    const posts = operationPosts(projectionOf([notice(LA, 1, 3), received(LA, 1, 3)]), LIVE);
    expect(posts.at(LA, 1)).toMatchObject({ gap: null, id: `${LA}-1` });
  });

  it('awaits what others have seen, what comes before, and what a member said it reached', () => {
    const left = operation({
      members: new Map([
        [TH, member(TH, OperationRole.LEAD)],
        [LA, member(LA, OperationRole.MEMBER)],
        [MM, member(MM, OperationRole.MEMBER, { state: 'left', lastPost: 4 })],
      ]),
      state: 'live',
    });
    const posts = operationPosts(projectionOf([received(LA, 3, 1, { seen: [seenAt(TH, 2), seenAt(MM, 1)] })]), left);
    expect(posts.awaited).toEqual([
      { office: MM, first: 1, last: 4 },
      { office: LA, first: 1, last: 2 },
      { office: TH, first: 1, last: 2 },
    ]);
  });

  it('awaits nothing beyond what a member itself said was its last, whatever others claim to have seen', () => {
    const ended = operation({
      members: new Map([
        [TH, member(TH, OperationRole.LEAD)],
        [LA, member(LA, OperationRole.MEMBER)],
        [MM, member(MM, OperationRole.MEMBER, { lastPost: 1 })],
      ]),
      state: 'closing',
    });
    const posts = operationPosts(
      projectionOf([received(MM, 1, 1), received(LA, 1, 2, { seen: [seenAt(MM, 9_000)] })]),
      ended,
    );
    expect(posts.awaited).toEqual([]);
  });

  it('says how far each member is here without a gap', () => {
    const posts = operationPosts(projectionOf([received(LA, 1, 1), received(LA, 3, 2), received(MM, 2, 3)]), LIVE);
    expect(posts.through(LA)?.number).toBe(1);
    expect(posts.through(MM)).toBeNull();
    expect(posts.through(TH)).toBeNull();
  });

  it('goes on with what comes on record later', () => {
    const projection = projectionOf([said(TH, 1, 1)]);
    expect(operationPosts(projection, LIVE).ordered).toHaveLength(1);
    projection.put(received(LA, 1, 2));
    expect(operationPosts(projection, LIVE).ordered).toHaveLength(2);
  });

  it('leaves out what is of another operation or of another charter of that name', () => {
    const elsewhere = { operation: 'night-market', charter: new Uint8Array(32) };
    const posts = operationPosts(projectionOf([received(LA, 1, 1, { operation: elsewhere })]), LIVE);
    expect(posts.ordered).toEqual([]);
  });

  it('counts no post past its sender’s role, after its last, or said by a stranger', () => {
    const view = operation({
      state: 'live',
      members: new Map([
        [TH, member(TH, OperationRole.LEAD)],
        [LA, member(LA, OperationRole.MEMBER, { lastPost: 1 })],
        [MM, member(MM, OperationRole.OBSERVER)],
      ]),
    });
    const posts = operationPosts(
      projectionOf([
        received(LA, 1, 1, { postType: PostType.DECISION }),
        received(LA, 2, 2),
        received(MM, 1, 3),
        said(TH, 1, 4),
      ]),
      view,
    );
    expect(places(posts)).toEqual([`${TH}/1`]);
    expect([posts.at(LA, 1)?.voided, posts.at(LA, 2)?.voided, posts.at(MM, 1)?.voided]).toEqual([
      'CHANNEL_PAST_ROLE',
      'CHANNEL_AFTER_LAST',
      'CHANNEL_PAST_ROLE',
    ]);
  });

  it('counts a post by the acts that its sender knew, and not by those that came meanwhile', () => {
    const act = (number: number, action: OperationAction) => ({
      origin: TH,
      id: `act-${number}`,
      digest: digestAt(TH, number),
      action,
      number,
      createdMs: at(number),
      member: action === OperationAction.REMOVE ? MM : null,
      by: '',
    });
    const view = operation({
      state: 'suspended',
      leadActs: 3,
      acts: [
        act(1, OperationAction.OPEN),
        act(2, OperationAction.SUSPEND),
        act(3, OperationAction.REMOVE),
      ] as unknown as typeof LIVE.acts,
      members: new Map([
        [TH, member(TH, OperationRole.LEAD)],
        [LA, member(LA, OperationRole.MEMBER)],
        [MM, member(MM, OperationRole.MEMBER, { state: 'removed' })],
      ]),
    });
    const posts = operationPosts(
      projectionOf([
        received(LA, 1, 9, { leadActs: 1 }),
        received(LA, 2, 9, { leadActs: 2 }),
        received(LA, 3, 9, { leadActs: 9 }),
        received(MM, 1, 9, { leadActs: 1 }),
        received(MM, 2, 9, { leadActs: 3 }),
      ]),
      view,
    );
    expect(posts.at(LA, 1)?.voided).toBeNull();
    expect(posts.at(LA, 2)?.voided).toBe('CHANNEL_NOT_LIVE');
    expect(posts.at(LA, 3)?.voided).toBeNull();
    expect(posts.at(MM, 1)?.voided).toBeNull();
    expect(posts.at(MM, 2)?.voided).toBe('CHANNEL_NOT_MEMBER');
  });

  it('finds a fork by what another member says it has seen, and by a chain that does not hold', () => {
    const other = digestAt(TH, 77);
    const bySeen = operationPosts(
      projectionOf([said(TH, 1, 1), received(LA, 1, 2, { seen: [seenAt(TH, 1, other)] })]),
      LIVE,
    );
    expect(bySeen.forks).toEqual([
      {
        office: TH,
        number: 1,
        versions: [
          { digest: digestAt(TH, 1), toldBy: [TH] },
          { digest: other, toldBy: [LA] },
        ],
      },
    ]);
    const previous = postTerms(LA, 2, {}).previous.map((byte) => byte ^ 1);
    const byChain = operationPosts(projectionOf([received(LA, 1, 1), received(LA, 2, 2, { previous })]), LIVE);
    expect(byChain.forks).toMatchObject([{ office: LA, number: 1 }]);
    expect(
      operationPosts(projectionOf([said(TH, 1, 1), received(LA, 1, 2, { seen: [seenAt(TH, 1)] })]), LIVE).forks,
    ).toEqual([]);
  });
});
