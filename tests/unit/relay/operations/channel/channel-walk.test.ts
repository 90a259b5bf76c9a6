import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { OfficeId } from '../../../../../services/core/foundation/index.ts';
import { messageKey, stateOfCopy } from '../../../../../services/core/ledger/index.ts';
import {
  GapReason,
  HandlingCode,
  OperationAction,
  PostType,
  Precedence,
  TaskingState,
} from '../../../../../services/core/wire/index.ts';
import { eventually } from '../../../../support/eventually.ts';
import { bundleOf, permitAll } from '../../../policy/fixtures.ts';
import { forbid } from '../../test-bundles.ts';
import { releaseShown, type TestRelay } from '../../two-offices.ts';
import {
  act,
  charterOf,
  join,
  LA,
  liveOperation,
  MM,
  OPERATION,
  type OperationOffices,
  operationOffices,
  say,
  TH,
  untilAgreed,
  viewAt,
} from '../operation-offices.ts';

type Step =
  | { readonly do: 'post'; readonly by: number; readonly guarded: boolean; readonly held: boolean }
  | { readonly do: 'task' }
  | { readonly do: 'answer'; readonly by: number; readonly state: TaskingState }
  | { readonly do: 'cut' | 'heal'; readonly line: number }
  | { readonly do: 'restart' | 'kill'; readonly office: number }
  | { readonly do: 'decide'; readonly release: boolean }
  | { readonly do: 'join' | 'leave' }
  | { readonly do: 'wait' };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 10,
      arbitrary: fc.record({
        do: fc.constant('post' as const),
        by: fc.nat(2),
        guarded: fc.boolean(),
        held: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('task' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('answer' as const),
        by: fc.constantFrom(1, 2),
        state: fc.constantFrom(TaskingState.ACCEPTED, TaskingState.DECLINED, TaskingState.DONE),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('cut' as const), line: fc.nat(5) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('heal' as const), line: fc.nat(5) }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constantFrom('restart' as const, 'kill' as const), office: fc.nat(2) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('decide' as const), release: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('join' as const, 'leave' as const) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
  ),
  { minLength: 25, maxLength: 45 },
);

/**
 * th keeps free text from mm unless it is H0, and holds what is urgent; la refuses mm what is H2; mm lets no H1 in from la.
 * What an office may have of a text follows from that alone.
 */
const OPTIONS = {
  th: bundleOf(
    'th',
    1,
    permitAll('th'),
    forbid(
      'th',
      'words',
      'disclose',
      'context.part.category == DataCategory::"free_text" && context.message.handling > 0 && resource in Nation::"MM"',
    ),
    forbid('th', 'urgent', 'releaseUnattended', 'context.message.precedence == Precedence::"priority"'),
  ),
  la: bundleOf(
    'la',
    1,
    permitAll('la'),
    forbid('la', 'close', 'release', 'context.message.handling == 2 && resource in Nation::"MM"'),
  ),
  mm: bundleOf(
    'mm',
    1,
    permitAll('mm'),
    forbid('mm', 'unwanted', 'admit', 'context.message.handling == 1 && principal in Nation::"LA"'),
  ),
};

interface Said {
  readonly by: OfficeId;
  readonly handling: HandlingCode;
  readonly canary: string;
}

/** A code with which some of it stays from mm: by its sender's gate, or by its own. */
function guardedBy(office: OfficeId, turn: number): HandlingCode {
  return office === LA && turn % 2 === 0 ? HandlingCode.H2 : HandlingCode.H1;
}

/** Whether the text may lie with that office. */
function mayHave({ by, handling }: Said, office: OfficeId): boolean {
  if (office !== MM) return true;
  if (by === TH) return handling === HandlingCode.H0;
  return by !== LA || handling === HandlingCode.H0;
}

let offices: OperationOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

/** Everything that an office ever put on a disk. */
function diskOf({ log, batches }: TestRelay): Buffer {
  return Buffer.concat([...log.entries, ...batches.batches.values()].map(({ bytes }) => bytes));
}

async function walk(given: readonly Step[]): Promise<void> {
  const at = await operationOffices(OPTIONS);
  offices = at;
  await liveOperation(at, charterOf(), [LA]);
  const said: Said[] = [];
  let hasLeft = false;
  let hasJoined = false;
  let tasking: { readonly origin: OfficeId; readonly id: never } | undefined;

  const present = (): readonly OfficeId[] => [TH, ...(hasLeft ? [] : [LA]), ...(hasJoined ? [MM] : [])];
  /** Nobody is in the channel whose own view does not say so: the act may be on its way. */
  const mayTalk = (office: OfficeId): boolean => {
    const view = at.of(office).relay.operations.get(OPERATION);
    return present().includes(office) && view?.state === 'live' && view.members.get(office)?.state === 'joined';
  };

  const post = async (
    office: OfficeId,
    more: Parameters<typeof say>[2],
    handling: HandlingCode,
    held: boolean,
    answers = false,
  ) => {
    if (!mayTalk(office)) return;
    const canary = `canary-${said.length}-of-${office}`;
    said.push({ by: office, handling, canary });
    const result = await say(at.of(office), canary, more, {
      handling,
      precedence: held ? Precedence.PRIORITY : Precedence.ROUTINE,
      ...(answers && tasking !== undefined ? { answers: tasking } : {}),
    });
    return { origin: office, id: result.id as never };
  };

  /** What watches the links tells of it: a line that was down for long is tried only every ten seconds or so otherwise. */
  const healAll = (): void => {
    for (const line of at.lines) line.up = true;
    for (const test of at.all)
      for (const { office } of at.all) if (office !== test.office) test.relay.linkChanged(office, true);
  };

  /** Every crossing of th that waits for a person is released or rejected. */
  const decide = async (release: boolean): Promise<void> => {
    for (const message of [...at.th.projection.outbound.values()])
      for (const copy of message.copies.values()) {
        if (stateOfCopy(copy) !== 'held') continue;
        const key = { direction: 'outbound', origin: TH, id: message.id, peer: copy.to } as const;
        // Who left is no recipient any more, so that what was held for it cannot be released.
        const isThere = viewAt(at.th).members.get(copy.to)?.state === 'joined';
        if (release && isThere) await releaseShown(at.th, key);
        else await at.th.relay.reject(key, 'supervisor-1', 'no');
      }
  };

  for (const step of given) {
    const office = [TH, LA, MM][('by' in step ? step.by : 'office' in step ? step.office : 0) as number] as OfficeId;
    if (step.do === 'post')
      await post(
        office,
        {},
        step.guarded ? guardedBy(office, said.length) : HandlingCode.H0,
        step.held && office === TH,
      );
    else if (step.do === 'task') {
      const assignees = [LA, MM].filter((one) => viewAt(at.th).members.get(one)?.state === 'joined');
      if (assignees.length > 0)
        tasking = await post(TH, { postType: PostType.TASKING, assignees }, HandlingCode.H0, false);
    } else if (step.do === 'answer') {
      const view = at.of(office).relay.operations.get(OPERATION);
      const isHere =
        view !== undefined &&
        tasking !== undefined &&
        at
          .of(office)
          .relay.channel.taskings(OPERATION)
          .some(({ post: one, parts }) => one.id === tasking?.id && parts.some((part) => part.office === office));
      if (isHere)
        await post(office, { postType: PostType.TASKING_ANSWER, tasking: step.state }, HandlingCode.H0, false, true);
    } else if (step.do === 'cut' || step.do === 'heal')
      (at.lines[step.line] as { up: boolean }).up = step.do === 'heal';
    else if (step.do === 'restart') await at.restart(at.of(office));
    else if (step.do === 'kill') await at.kill(at.of(office));
    else if (step.do === 'decide') await decide(step.release);
    else if (step.do === 'join' && !hasJoined) {
      hasJoined = true;
      healAll();
      await join(at, MM);
    } else if (step.do === 'leave' && !hasLeft && mayTalk(LA)) {
      hasLeft = true;
      await act(at.la, OperationAction.LEAVE);
    } else await new Promise((resolve) => setTimeout(resolve, 40));
  }

  healAll();
  await eventually(async () => {
    await decide(true);
    for (const office of present())
      expect(viewAt(at.of(office)).members.get(LA)?.state).toBe(hasLeft ? 'left' : 'joined');
    await untilAgreed(at, ...present());
  });

  // Every gap has its sender's word and rule; nothing is void, nothing forks.
  for (const office of present()) {
    const { entries, complete, forks } = await at.of(office).relay.channel.transcript(OPERATION);
    expect([office, complete, forks]).toEqual([office, true, []]);
    for (const { state, post: entry } of entries) {
      expect(['here', 'partly', 'refused', 'withheld']).toContain(state);
      if (state === 'withheld') expect(entry?.gap?.reason).not.toBe(GapReason.UNSPECIFIED);
      if (entry?.gap?.reason === GapReason.REFUSED) expect(entry.gap.policies).toEqual(['la.close']);
    }
  }
  // All that is present tell the same taskings, as far as they have them.
  const taskings = (office: OfficeId) =>
    at
      .of(office)
      .relay.channel.taskings(OPERATION)
      .map(({ post: one, parts }) => [one.digest, parts.map((part) => part.state)]);
  for (const office of present()) expect([office, taskings(office)]).toEqual([office, taskings(TH)]);
  // No text is where it may not be: on no disk of who may not have it, and on no line.
  for (const entry of said) {
    const canary = Buffer.from(entry.canary);
    for (const test of at.all)
      if (!mayHave(entry, test.office))
        expect([test.office, entry, diskOf(test).includes(canary)]).toEqual([test.office, entry, false]);
    expect(diskOf(at.of(entry.by)).includes(canary)).toBe(true);
  }
  for (const line of at.lines) {
    const sent = Buffer.concat(line.log.map(({ bytes }) => bytes));
    expect(said.filter(({ canary }) => sent.includes(canary))).toEqual([]);
  }
  // Who left got nothing that was said when its leaving was on record: one append may hold both.
  if (hasLeft) {
    const leaving = viewAt(at.th).members.get(LA)?.act;
    const knownMs = at.th.projection.inbound.get(messageKey(LA, leaving?.id ?? ''))?.receivedMs ?? 0;
    const later = [...at.th.projection.outbound.values()]
      .filter(({ acceptedMs, terms }) => acceptedMs > knownMs && (terms?.post || terms?.gap))
      .flatMap(({ copies }) => copies.get(LA) ?? []);
    expect(later.map(({ framedMs, number }) => ({ framedMs, number }))).toEqual([]);
  }
  expect(at.all.flatMap(({ bugs }) => bugs)).toEqual([]);
  await at.close();
  offices = undefined;
}

describe('the channel of an operation', () => {
  it('ends with one story at all members, whatever was cut, killed, held, refused, who joined late and who left', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        try {
          await walk(given);
        } finally {
          await offices?.close();
          offices = undefined;
        }
      }),
      { numRuns: 2, endOnFailure: true },
    );
  }, 120_000);
});
