import { describe, expect, it } from 'vitest';
import type { VerifiedCrossing } from '../../../../../services/core/envelope/index.ts';
import { fromHex, type OfficeId } from '../../../../../services/core/foundation/index.ts';
import {
  assertGapInPlace,
  assertPostInPlace,
} from '../../../../../services/core/relay/operations/channel/channel-arrival.ts';
import { ChannelError } from '../../../../../services/core/relay/operations/channel/errors.ts';
import { MOST_POSTS } from '../../../../../services/core/relay/operations/channel/post-rules.ts';
import type { OperationView } from '../../../../../services/core/relay/operations/types.ts';
import type { RelayContext } from '../../../../../services/core/relay/parts.ts';
import {
  GapReason,
  type GapTerms,
  HandlingCode,
  OperationRole,
  type PostTerms,
  PostType,
  TaskingState,
} from '../../../../../services/core/wire/index.ts';
import {
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
  seenAt,
  TH,
} from './fixtures.ts';

/** What arrives is from la, unless a test says otherwise. */
interface Given {
  readonly view?: OperationView;
  readonly here?: Parameters<typeof projectionOf>[0];
  readonly crossing?: Partial<VerifiedCrossing>;
}

function codeOf(work: () => void): string {
  try {
    work();
    return 'taken';
  } catch (cause) {
    if (!(cause instanceof ChannelError)) throw cause;
    return cause.code;
  }
}

function parts({ view = LIVE, here = [], crossing = {} }: Given, number: number) {
  const context = {
    operations: { get: (id: string) => (id === view.id ? view : undefined) },
    projection: projectionOf(here),
  } as unknown as RelayContext;
  const arrived = {
    origin: LA,
    from: LA,
    scope: view.scope,
    envelopeId: 'e1',
    envelopeDigest: digestAt(LA, number),
    header: { drill: view.drill, handling: HandlingCode.H0 },
    ...crossing,
  } as unknown as VerifiedCrossing;
  return { context, arrived };
}

const arrive = (terms: Partial<PostTerms> = {}, given: Given = {}): string => {
  const post = postTerms(LA, terms.number ?? 1, terms);
  const { context, arrived } = parts(given, post.number);
  return codeOf(() => assertPostInPlace(context, arrived, { post } as never));
};

const arriveGap = (more: Partial<GapTerms> = {}, given: Given = {}): string => {
  const gap = { ...notice(LA, more.last ?? 1, 5).terms?.gap, ...more };
  const { context, arrived } = parts(given, 1);
  return codeOf(() => assertGapInPlace(context, arrived, { gap } as never));
};

const inState = (state: OperationView['state'], more: Partial<Parameters<typeof member>[2]> = {}): OperationView =>
  operation({
    state,
    members: new Map([
      [TH, member(TH, OperationRole.LEAD)],
      [LA, member(LA, OperationRole.MEMBER, more)],
      [MM, member(MM, OperationRole.MEMBER)],
    ]),
  });

describe('assertPostInPlace', () => {
  it('takes a post that stands at the next place, at a later one, and where its notice was', () => {
    expect(arrive()).toBe('taken');
    expect(arrive({ number: 5 })).toBe('taken');
    expect(arrive({ number: 2 }, { here: [received(LA, 1, 1), received(LA, 3, 3)] })).toBe('taken');
    expect(arrive({}, { here: [notice(LA, 1, 1)] })).toBe('taken');
  });

  it('refuses one of no operation, of another charter, of another scope, or that somebody passed on', () => {
    const other = { operation: 'other', charter: new Uint8Array(32) };
    expect(arrive({ operation: other })).toBe('CHANNEL_OPERATION_UNKNOWN');
    expect(arrive({ operation: { operation: LIVE.id, charter: new Uint8Array(32) } })).toBe(
      'CHANNEL_OPERATION_UNKNOWN',
    );
    expect(arrive({ operation: null })).toBe('CHANNEL_OPERATION_UNKNOWN');
    expect(arrive({}, { crossing: { scope: 'op-other' as never } })).toBe('CHANNEL_OPERATION_UNKNOWN');
    expect(arrive({}, { crossing: { from: MM } })).toBe('CHANNEL_NOT_MEMBER');
    expect(arrive({}, { crossing: { origin: 'kh-poipet' as OfficeId, from: 'kh-poipet' as OfficeId } })).toBe(
      'CHANNEL_NOT_MEMBER',
    );
  });

  it('refuses an exercise in the real thing, the real thing in an exercise, and what is over the ceiling', () => {
    const header = (drill: boolean, handling: HandlingCode) => ({ crossing: { header: { drill, handling } as never } });
    expect(arrive({}, header(true, HandlingCode.H0))).toBe('CHANNEL_MODE_DIFFERS');
    expect(arrive({}, { view: operation({ state: 'live', drill: true }), ...header(false, HandlingCode.H0) })).toBe(
      'CHANNEL_MODE_DIFFERS',
    );
    expect(arrive({}, header(false, HandlingCode.H2))).toBe('taken');
    expect(arrive({}, header(false, HandlingCode.H3))).toBe('CHANNEL_ABOVE_CEILING');
  });

  it('refuses terms that do not fit together', () => {
    const digest = new Uint8Array(32);
    for (const terms of [
      { postType: PostType.UNSPECIFIED },
      { postType: PostType.MESSAGE, assignees: [LA] },
      { postType: PostType.MESSAGE, due: { seconds: 1, nanos: 0 } },
      { postType: PostType.TASKING_ANSWER, tasking: TaskingState.DONE },
      { postType: PostType.TASKING_ANSWER, target: { origin: TH, id: 'x', digest } },
      { postType: PostType.MESSAGE, tasking: TaskingState.DONE },
      { number: 0 },
      { number: 1, previous: digest },
      { number: 2, previous: new Uint8Array() },
      { seen: [seenAt(LA, 1)] },
      { seen: [seenAt(TH, 1), seenAt(TH, 2)] },
      { seen: [{ ...seenAt(TH, 1), digest: new Uint8Array(5) }] },
      { seen: [{ ...seenAt(TH, 1), office: 'kh-poipet' }] },
    ])
      expect([terms, arrive(terms)]).toEqual([terms, 'CHANNEL_TERMS_INVALID']);
    expect(arrive({ number: MOST_POSTS + 1 })).toBe('CHANNEL_TOO_MUCH_SAID');
  });

  it('refuses what its sender’s role does not let it say, and taskings for strangers', () => {
    const asLead = { crossing: { origin: TH, from: TH } };
    expect(arrive({ postType: PostType.DECISION })).toBe('CHANNEL_PAST_ROLE');
    expect(arrive({ postType: PostType.TASKING, assignees: [MM] })).toBe('CHANNEL_PAST_ROLE');
    expect(arrive({ postType: PostType.TASKING, assignees: [MM] }, asLead)).toBe('taken');
    expect(arrive({ postType: PostType.TASKING, assignees: ['kh-poipet'] }, asLead)).toBe('CHANNEL_ASSIGNEE_UNKNOWN');
    expect(arrive({}, { view: inState('live', { role: OperationRole.OBSERVER }) })).toBe('CHANNEL_PAST_ROLE');
  });

  it('waits for the act that opens the channel, or that makes its sender a member', () => {
    expect(arrive({}, { view: inState('proposed') })).toBe('CHANNEL_NOT_OPEN_YET');
    expect(arrive({}, { view: inState('live', { state: 'invited' }) })).toBe('CHANNEL_NOT_OPEN_YET');
    expect(arrive({}, { view: inState('ended') })).toBe('CHANNEL_NOT_LIVE');
    expect(arrive({}, { view: inState('live', { state: 'declined' }) })).toBe('CHANNEL_NOT_MEMBER');
  });

  it('takes what was said before its sender left or the operation closed, and nothing after its last post', () => {
    expect(arrive({ number: 2 }, { view: inState('live', { state: 'left', lastPost: 2 }) })).toBe('taken');
    expect(arrive({ number: 3 }, { view: inState('live', { state: 'left', lastPost: 2 }) })).toBe('CHANNEL_AFTER_LAST');
    expect(arrive({ number: 2 }, { view: inState('closed', { lastPost: 2 }) })).toBe('taken');
    expect(arrive({ number: 3 }, { view: inState('closed', { lastPost: 2 }) })).toBe('CHANNEL_NOT_LIVE');
    expect(arrive({ number: 3 }, { view: inState('suspended') })).toBe('taken');
  });

  it('refuses a second post at a place, and one that does not follow or precede what is here', () => {
    const other = fromHex(digestAt(MM, 9));
    const here = [received(LA, 1, 1), received(LA, 3, 3)];
    expect(arrive({}, { here, crossing: { envelopeDigest: digestAt(MM, 9) } })).toBe('CHANNEL_HISTORY_FORKED');
    expect(arrive({ number: 2, previous: other }, { here })).toBe('CHANNEL_HISTORY_FORKED');
    expect(arrive({ number: 2 }, { here, crossing: { envelopeDigest: digestAt(MM, 9) } })).toBe(
      'CHANNEL_HISTORY_FORKED',
    );
    expect(arrive({ number: 2, previous: other }, { here: [notice(LA, 1, 1)] })).toBe('CHANNEL_HISTORY_FORKED');
  });

  it('believes its sender about its own history alone: what it says it saw of others refuses nothing', () => {
    const seen = [seenAt(TH, 1, digestAt(MM, 9))];
    expect(arrive({ seen }, { here: [received(TH, 1, 1)] })).toBe('taken');
  });
});

describe('assertGapInPlace', () => {
  it('takes one word about each post', () => {
    expect(arriveGap()).toBe('taken');
    expect(arriveGap({}, { here: [notice(LA, 1, 1)] })).toBe('CHANNEL_GAP_INVALID');
    expect(arriveGap({}, { here: [received(LA, 1, 1)] })).toBe('taken');
  });

  it('refuses one that does not name one post, its time and its reason', () => {
    for (const more of [
      { first: 1, last: 2 },
      { first: 0, last: 0 },
      { first: MOST_POSTS + 1, last: MOST_POSTS + 1 },
      { digest: new Uint8Array(5) },
      { created: null },
      { reason: 0 as const },
    ])
      expect([more, arriveGap(more)]).toEqual([more, 'CHANNEL_GAP_INVALID']);
    expect(arriveGap({ seen: [seenAt(LA, 1)] })).toBe('CHANNEL_TERMS_INVALID');
  });

  it('takes the lead’s word on members that are gone, and nobody else’s on anybody', () => {
    const gone = inState('live', { state: 'left', lastPost: 2 });
    const ofLead = { origin: TH, from: TH };
    const about = { office: LA, reason: GapReason.SENDER_GONE };
    expect(arriveGap(about, { view: gone, crossing: ofLead })).toBe('taken');
    expect(arriveGap({ ...about, first: 3, last: 3 }, { view: gone, crossing: ofLead })).toBe('CHANNEL_AFTER_LAST');
    expect(arriveGap(about, { crossing: ofLead })).toBe('CHANNEL_NOT_OPEN_YET');
    expect(arriveGap({ ...about, reason: GapReason.REFUSED }, { view: gone, crossing: ofLead })).toBe(
      'CHANNEL_GAP_INVALID',
    );
    expect(arriveGap(about, { view: gone, crossing: { origin: MM, from: MM } })).toBe('CHANNEL_GAP_INVALID');
    expect(arriveGap({ ...about, office: MM }, { view: gone, crossing: { origin: MM, from: MM } })).toBe(
      'CHANNEL_GAP_INVALID',
    );
    const other = fromHex(digestAt(MM, 9));
    expect(arriveGap({ ...about, digest: other }, { view: gone, crossing: ofLead, here: [received(LA, 1, 1)] })).toBe(
      'CHANNEL_HISTORY_FORKED',
    );
  });

  it('refuses one of another mode, about another post than the one that is here, or after its sender’s last', () => {
    expect(arriveGap({}, { crossing: { header: { drill: true } as never } })).toBe('CHANNEL_MODE_DIFFERS');
    expect(arriveGap({ digest: fromHex(digestAt(MM, 9)) }, { here: [received(LA, 1, 1)] })).toBe(
      'CHANNEL_HISTORY_FORKED',
    );
    expect(arriveGap({ first: 3, last: 3 }, { view: inState('live', { state: 'left', lastPost: 2 }) })).toBe(
      'CHANNEL_AFTER_LAST',
    );
    expect(arriveGap({}, { view: inState('proposed') })).toBe('CHANNEL_NOT_OPEN_YET');
  });
});
