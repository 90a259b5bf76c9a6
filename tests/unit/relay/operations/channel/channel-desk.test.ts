import { afterEach, describe, expect, it } from 'vitest';
import { messageKey } from '../../../../../services/core/ledger/index.ts';
import { ChannelError, type ChannelErrorCode } from '../../../../../services/core/relay/operations/channel/index.ts';
import {
  DataCategory,
  GapReason,
  HandlingCode,
  HistoryRule,
  OperationAction,
  OperationRole,
  Outcome,
  PostType,
  TaskingState,
} from '../../../../../services/core/wire/index.ts';
import { eventually } from '../../../../support/eventually.ts';
import { bundleOf, permitAll } from '../../../policy/fixtures.ts';
import { forbid } from '../../test-bundles.ts';
import { codesOf } from '../../two-offices.ts';
import {
  act,
  charterOf,
  join,
  LA,
  liveOperation,
  MM,
  OPERATION,
  type OperationOffices,
  type OperationOptions,
  operationOffices,
  postInput,
  propose,
  say,
  TH,
  untilAgreed,
  untilLive,
  viewAt,
} from '../operation-offices.ts';

let open: OperationOffices | undefined;
afterEach(async () => {
  const bugs = open?.all.flatMap(({ bugs: of }) => of);
  await open?.close();
  open = undefined;
  expect(bugs ?? []).toEqual([]);
});

const start = async (options: OperationOptions = {}): Promise<OperationOffices> => {
  open = await operationOffices(options);
  return open;
};

const refusal = async (work: Promise<unknown>): Promise<ChannelErrorCode | 'accepted'> => {
  try {
    await work;
    return 'accepted';
  } catch (cause) {
    if (!(cause instanceof ChannelError)) throw cause;
    return cause.code;
  }
};

/** States of the transcript's entries by office and number. */
const transcriptAt = async (offices: OperationOffices, office: typeof TH): Promise<Record<string, string>> => {
  const { entries } = await offices.of(office).relay.channel.transcript(OPERATION);
  return Object.fromEntries(entries.map((entry) => [`${entry.office}/${entry.number}`, entry.state]));
};

const withholding = (nation: string, when: string) =>
  bundleOf(nation, 1, permitAll(nation), forbid(nation, 'kept', 'disclose', when));
const refusing = (nation: string, when: string) =>
  bundleOf(nation, 1, permitAll(nation), forbid(nation, 'refused', 'release', when));

describe('channelDesk', () => {
  it('brings each post to all members, at one place of one order', async () => {
    const offices = await start();
    await liveOperation(offices);
    await Promise.all([
      say(offices.th, 'one'),
      say(offices.la, 'two'),
      say(offices.mm, 'three'),
      say(offices.th, 'four'),
    ]);
    await eventually(() => {
      for (const test of offices.all) expect(test.relay.channel.posts(OPERATION).ordered).toHaveLength(4);
    });
    await untilAgreed(offices, TH, LA, MM);
    const transcript = await offices.mm.relay.channel.transcript(OPERATION);
    expect(transcript).toMatchObject({ complete: true, forks: [] });
    expect(transcript.entries.map(({ state }) => state)).toEqual(['here', 'here', 'here', 'here']);
  });

  it('numbers posts of one moment one after the other, each naming the one before', async () => {
    const offices = await start();
    await liveOperation(offices);
    await Promise.all(Array.from({ length: 10 }, (_, index) => say(offices.la, `${index}`)));
    const own = offices.la.relay.channel.posts(OPERATION).of(LA);
    expect(own.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    await untilAgreed(offices, TH, LA, MM);
    expect(offices.th.relay.channel.posts(OPERATION).forks).toEqual([]);
  });

  it('answers a submission under its key as the first time, also when the operation is over', async () => {
    const offices = await start();
    await liveOperation(offices);
    const input = postInput('once', {}, { idempotencyKey: 'k1' });
    const first = await offices.la.relay.channel.post(input);
    expect(await offices.la.relay.channel.post(input)).toMatchObject({ id: first.id, repeated: true });
    await act(offices.la, OperationAction.LEAVE);
    expect(await offices.la.relay.channel.post(input)).toMatchObject({ id: first.id, repeated: true });
    expect(await refusal(say(offices.la, 'more'))).toBe('CHANNEL_NOT_MEMBER');
  });

  it('refuses what has no place: unknown, not live, past the role, in the wrong mode, over the ceiling, for strangers', async () => {
    const offices = await start();
    await propose(
      offices,
      charterOf({
        members: charterOf().members.map((member) =>
          member.office === MM ? { ...member, role: OperationRole.OBSERVER } : member,
        ),
      }),
    );
    expect(await refusal(say(offices.th, 'x'))).toBe('CHANNEL_NOT_LIVE');
    await join(offices, LA, MM);
    await untilLive(offices, TH, LA, MM);
    expect(await refusal(say(offices.th, 'x', {}, { operation: 'other' }))).toBe('CHANNEL_OPERATION_UNKNOWN');
    expect(await refusal(say(offices.mm, 'x'))).toBe('CHANNEL_PAST_ROLE');
    expect(await refusal(say(offices.la, 'x', { postType: PostType.DECISION }))).toBe('CHANNEL_PAST_ROLE');
    expect(await refusal(say(offices.th, 'x', {}, { drill: true }))).toBe('CHANNEL_MODE_DIFFERS');
    expect(await refusal(say(offices.th, 'x', {}, { handling: HandlingCode.H3 }))).toBe('CHANNEL_ABOVE_CEILING');
    expect(await refusal(say(offices.th, 'x', { postType: PostType.TASKING }))).toBe('CHANNEL_TERMS_INVALID');
    expect(await refusal(say(offices.th, 'x', { postType: PostType.TASKING, assignees: ['kh-poipet'] }))).toBe(
      'CHANNEL_ASSIGNEE_UNKNOWN',
    );
    expect(await refusal(say(offices.th, 'x', {}, { answers: { origin: null, id: 'nothing' as never } }))).toBe(
      'CHANNEL_TARGET_UNKNOWN',
    );
    await act(offices.th, OperationAction.SUSPEND);
    await eventually(() => expect(viewAt(offices.th).state).toBe('suspended'));
    expect(await refusal(say(offices.th, 'x'))).toBe('CHANNEL_NOT_LIVE');
    expect(offices.th.relay.channel.posts(OPERATION).ordered).toEqual([]);
  });

  it('shows taskings as their members answer them, and lets nobody answer for another', async () => {
    const offices = await start();
    await liveOperation(offices);
    const due = { seconds: Math.floor(Date.now() / 1000) + 3600, nanos: 0 };
    const { id } = await say(offices.th, 'watch the pier', { postType: PostType.TASKING, assignees: [LA], due });
    const answers = { origin: TH, id };
    await untilAgreed(offices, TH, LA, MM);
    const accepted = { postType: PostType.TASKING_ANSWER, tasking: TaskingState.ACCEPTED };
    expect(await refusal(say(offices.mm, 'I will', accepted, { answers }))).toBe('CHANNEL_TARGET_UNKNOWN');
    await say(offices.la, 'going', accepted, { answers });
    await eventually(() =>
      expect(offices.mm.relay.channel.taskings(OPERATION)).toMatchObject([
        { open: true, parts: [{ office: LA, state: 'accepted', overdue: false }] },
      ]),
    );
    offices.skip(3_700_000);
    expect(offices.th.relay.channel.taskings(OPERATION)).toMatchObject([{ parts: [{ overdue: true }] }]);
    await say(offices.la, 'done', { ...accepted, tasking: TaskingState.DONE }, { answers });
    await eventually(() =>
      expect(offices.th.relay.channel.taskings(OPERATION)).toMatchObject([
        { open: false, parts: [{ state: 'done', overdue: false }] },
      ]),
    );
  });

  it('lets members hold lawfully different copies of one post, each knowing what and by whose rule', async () => {
    const offices = await start({
      th: withholding('th', 'context.part.category == DataCategory::"free_text" && resource in Nation::"MM"'),
    });
    await liveOperation(offices);
    const preview = await offices.th.relay.channel.preview(postInput('a name'));
    expect(preview.map(({ to, withheld }) => [to, withheld])).toEqual([
      [LA, []],
      [MM, [DataCategory.FREE_TEXT]],
    ]);
    expect(preview.map(({ body }) => (body as { readonly text: string }).text)).toEqual(['a name', '']);
    await say(offices.th, 'a name');
    await untilAgreed(offices, TH, LA, MM);
    await eventually(async () => expect(await transcriptAt(offices, MM)).toEqual({ [`${TH}/1`]: 'partly' }));
    const [entry] = (await offices.mm.relay.channel.transcript(OPERATION)).entries;
    expect(entry?.withheld).toEqual([{ category: DataCategory.FREE_TEXT, policies: ['th.kept'], by: TH }]);
    expect(await transcriptAt(offices, LA)).toEqual({ [`${TH}/1`]: 'here' });
    expect(offices.th.relay.channel.readState(OPERATION)[0]?.readers).toMatchObject([
      { office: LA, withheld: [] },
      { office: MM, withheld: [DataCategory.FREE_TEXT] },
    ]);
  });

  it('tells a member of a post that its sender’s gate refuses it, with the rule, and goes on behind it', async () => {
    const offices = await start({
      th: refusing('th', 'context.message.handling == 2 && resource in Nation::"MM"'),
    });
    await liveOperation(offices);
    await say(offices.th, 'not for all', {}, { handling: HandlingCode.H2 });
    await say(offices.th, 'for all');
    await untilAgreed(offices, TH, LA, MM);
    expect(await transcriptAt(offices, MM)).toEqual({ [`${TH}/1`]: 'withheld', [`${TH}/2`]: 'here' });
    expect(offices.mm.relay.channel.posts(OPERATION).at(TH, 1)?.gap).toEqual({
      reason: GapReason.REFUSED,
      policies: ['th.refused'],
    });
  });

  it('gives who joins late the history that the export gate lets it have, and a notice for the rest', async () => {
    const offices = await start({
      la: refusing('la', 'context.message.handling == 2 && resource in Nation::"MM"'),
    });
    await liveOperation(offices, charterOf(), [LA]);
    await say(offices.th, 'early');
    await say(offices.la, 'early and guarded', {}, { handling: HandlingCode.H2 });
    await untilAgreed(offices, TH, LA);
    await join(offices, MM);
    await untilLive(offices, TH, LA, MM);
    await say(offices.mm, 'here now');
    await untilAgreed(offices, TH, LA, MM);
    expect(await transcriptAt(offices, MM)).toEqual({
      [`${TH}/1`]: 'here',
      [`${LA}/1`]: 'withheld',
      [`${MM}/1`]: 'here',
    });
    const [added] = offices.th.projection.added.of(
      messageKey(TH, offices.th.relay.channel.posts(OPERATION).at(TH, 1)?.id ?? ''),
    );
    expect(added).toMatchObject({ to: MM, decision: { outcome: Outcome.RELEASED } });
  });

  it('tells who joins late of earlier posts and gives none where the charter gives no history', async () => {
    const offices = await start();
    await liveOperation(offices, charterOf({ history: HistoryRule.NONE }), [LA]);
    await say(offices.th, 'early');
    await untilAgreed(offices, TH, LA);
    await join(offices, MM);
    await untilLive(offices, TH, LA, MM);
    await say(offices.th, 'later');
    await untilAgreed(offices, TH, LA, MM);
    expect(await transcriptAt(offices, MM)).toEqual({ [`${TH}/1`]: 'withheld', [`${TH}/2`]: 'here' });
    expect(offices.mm.relay.channel.posts(OPERATION).at(TH, 1)?.gap?.reason).toBe(GapReason.BEFORE_JOINING);
    expect(offices.th.projection.added.open.size).toBe(0);
  });

  it('gives no history to who dates its signature back', async () => {
    const offices = await start();
    await liveOperation(offices, charterOf({ history: HistoryRule.NONE }), [LA]);
    await say(offices.th, 'before it signed');
    await untilAgreed(offices, TH, LA);
    await eventually(() => viewAt(offices.mm));
    offices.mm.clock.skip(-3_600_000);
    await join(offices, MM);
    offices.mm.clock.skip(3_600_000);
    await untilLive(offices, TH, LA, MM);
    await say(offices.th, 'for all three');
    await untilAgreed(offices, TH, LA, MM);
    expect(await transcriptAt(offices, MM)).toEqual({ [`${TH}/1`]: 'withheld', [`${TH}/2`]: 'here' });
    expect(offices.mm.relay.channel.posts(OPERATION).at(TH, 1)?.gap?.reason).toBe(GapReason.BEFORE_JOINING);
  });

  it('tells who joins late also of what members said that had left by then', async () => {
    const offices = await start();
    await liveOperation(offices, charterOf(), [LA]);
    await say(offices.la, 'before you came');
    await say(offices.th, 'I heard');
    await untilAgreed(offices, TH, LA);
    await act(offices.la, OperationAction.LEAVE);
    await eventually(() => expect(viewAt(offices.th).members.get(LA)?.state).toBe('left'));
    await join(offices, MM);
    await untilLive(offices, TH, MM);
    await untilAgreed(offices, TH, MM);
    expect(await transcriptAt(offices, MM)).toEqual({ [`${LA}/1`]: 'withheld', [`${TH}/1`]: 'here' });
    expect(offices.mm.relay.channel.posts(OPERATION).at(LA, 1)?.gap?.reason).toBe(GapReason.SENDER_GONE);
  });

  it('sends nothing more to who left, and takes what it said before', async () => {
    const offices = await start();
    await liveOperation(offices);
    await say(offices.mm, 'my last');
    await untilAgreed(offices, TH, LA, MM);
    await act(offices.mm, OperationAction.LEAVE);
    await eventually(() => {
      for (const test of [offices.th, offices.la]) expect(viewAt(test).members.get(MM)?.state).toBe('left');
    });
    const { recipients } = await say(offices.th, 'without mm');
    expect(recipients.map(({ to }) => to)).toEqual([LA]);
    await untilAgreed(offices, TH, LA);
    expect(offices.mm.relay.channel.posts(OPERATION).of(TH)).toEqual([]);
    expect(offices.la.relay.channel.posts(OPERATION).of(MM)).toHaveLength(1);
    expect(codesOf(offices.th, 'alarm')).toEqual([]);
  });

  it('says who received and who opened each post', async () => {
    const offices = await start();
    await liveOperation(offices);
    const { id } = await say(offices.th, 'read this');
    await untilAgreed(offices, TH, LA, MM);
    await offices.la.relay.retrieve(TH, id, 'officer-2');
    await eventually(() => {
      const [first] = offices.th.relay.channel.readState(OPERATION);
      expect(first?.readers).toMatchObject([
        { office: LA, state: 'retrieved' },
        { office: MM, state: 'delivered', openedMs: null },
      ]);
      expect(first?.readers[0]?.openedMs).toBeGreaterThan(0);
    });
  });

  it('holds an exercise like the real thing, in its own channel', async () => {
    const offices = await start();
    await liveOperation(offices, charterOf({ drill: true }));
    expect(viewAt(offices.la).scope).toBe(`drill-${OPERATION}`);
    expect(await refusal(say(offices.th, 'real'))).toBe('CHANNEL_MODE_DIFFERS');
    await say(offices.th, 'an exercise', {}, { drill: true });
    await untilAgreed(offices, TH, LA, MM);
    expect(offices.mm.relay.channel.posts(OPERATION).ordered[0]?.message).toMatchObject({ drill: true });
  });
});
