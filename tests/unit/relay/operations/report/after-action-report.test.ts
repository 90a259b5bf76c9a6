import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../../../../../services/core/foundation/index.ts';
import { afterActionReport } from '../../../../../services/core/relay/operations/report/after-action-report.ts';
import { canonicalJson } from '../../../../../services/core/relay/operations/report/canonical-json.ts';
import type { OperationActView } from '../../../../../services/core/relay/operations/types.ts';
import {
  OperationAction,
  OperationRole,
  OutcomeType,
  PostType,
  TaskingState,
} from '../../../../../services/core/wire/index.ts';
import { at, digestNamed, fact, figures, LA, MM, member, operation, TH } from './fixtures.ts';

const tasking = fact(1, PostType.TASKING, 20, { assignees: [LA, MM], dueMs: at(60) });
const accepted = fact(1, PostType.TASKING_ANSWER, 25, {
  digest: fromHex(digestNamed(21)),
  target: tasking.digest,
  tasking: TaskingState.ACCEPTED,
});
const done = fact(2, PostType.TASKING_ANSWER, 80, {
  digest: fromHex(digestNamed(22)),
  target: tasking.digest,
  tasking: TaskingState.DONE,
});
const seized = { outcome: OutcomeType.SEIZURE, count: 2 };

function act(origin: typeof TH, action: OperationAction, minutes: number, more = {}): OperationActView {
  return {
    origin,
    id: '01890000-0000-7000-8000-000000000000' as OperationActView['id'],
    digest: digestNamed(1) as OperationActView['digest'],
    action,
    number: 1,
    createdMs: at(minutes),
    member: null,
    by: '',
    ...more,
  };
}

describe('afterActionReport', () => {
  it('says how long each office took to accept and to do a tasking, and who was late', () => {
    const report = afterActionReport(
      operation({
        contributions: new Map([
          [TH, figures([tasking])],
          [LA, figures([accepted, done])],
        ]),
      }),
    );
    expect(report.taskings).toEqual([
      {
        office: TH,
        number: 1,
        digest: digestNamed(1),
        at: '2026-11-20T06:20:00.000Z',
        dueAt: '2026-11-20T07:00:00.000Z',
        assignments: [
          {
            office: LA,
            state: 'TASKING_STATE_DONE',
            acceptedAt: '2026-11-20T06:25:00.000Z',
            acceptedAfterMs: 5 * 60_000,
            doneAt: '2026-11-20T07:20:00.000Z',
            doneAfterMs: 60 * 60_000,
            late: true,
          },
          {
            office: MM,
            state: 'TASKING_STATE_UNSPECIFIED',
            acceptedAt: null,
            acceptedAfterMs: null,
            doneAt: null,
            doneAfterMs: null,
            late: false,
          },
        ],
      },
    ]);
  });

  it('counts the answer of another office to a tasking for neither', () => {
    const contributions = new Map([
      [TH, figures([fact(1, PostType.TASKING, 20, { assignees: [MM] })])],
      [LA, figures([done])],
    ]);
    const [only] = afterActionReport(operation({ contributions })).taskings;
    expect(only?.assignments).toMatchObject([{ office: MM, doneAt: null }]);
  });

  it('adds up outcomes by office and in all, and posts by type', () => {
    const contributions = new Map([
      [TH, figures([fact(1, PostType.SEIZURE, 30)], { outcomes: [seized] })],
      [LA, figures([fact(1, PostType.SITREP, 31)], { outcomes: [seized, { outcome: OutcomeType.ARREST, count: 1 }] })],
    ]);
    const report = afterActionReport(operation({ contributions }));
    expect(report.outcomes).toEqual([
      { office: TH, counts: { OUTCOME_TYPE_SEIZURE: 2 } },
      { office: LA, counts: { OUTCOME_TYPE_SEIZURE: 2, OUTCOME_TYPE_ARREST: 1 } },
    ]);
    expect(report.outcomesTotal).toEqual({ OUTCOME_TYPE_SEIZURE: 4, OUTCOME_TYPE_ARREST: 1 });
    expect(report.posts).toEqual([
      { office: TH, counts: { POST_TYPE_SEIZURE: 1 } },
      { office: LA, counts: { POST_TYPE_SITREP: 1 } },
    ]);
  });

  it('says what each kept back from whom, and how the rest arrived', () => {
    const times = { delivered: 3, opened: 1, medianDeliveryMs: 40, longestDeliveryMs: 900, medianOpeningMs: 5000 };
    const of = figures([], {
      withheld: [{ member: MM, whole: 1, parts: 2 }],
      deliveries: [{ member: LA, ...times }],
    });
    const report = afterActionReport(operation({ contributions: new Map([[TH, of]]) }));
    expect(report.withheld).toEqual([{ from: TH, to: MM, whole: 1, parts: 2 }]);
    expect(report.deliveries).toEqual([{ from: TH, to: LA, ...times }]);
  });

  it('tells acts and posts in the order of their making, and not that the report was signed', () => {
    const report = afterActionReport(
      operation({
        acts: [
          act(LA, OperationAction.SIGN, 5),
          act(LA, OperationAction.OPEN, 11),
          act(TH, OperationAction.REMOVE, 40, { member: MM }),
          act(TH, OperationAction.CLOSE, 190),
          act(LA, OperationAction.CONTRIBUTE, 195),
          act(LA, OperationAction.SIGN_REPORT, 205),
        ],
        contributions: new Map([[LA, figures([fact(1, PostType.SIGHTING, 30)])]]),
      }),
    );
    expect(report.timeline.map(({ office, what, member: whom }) => [office, what, whom])).toEqual([
      [LA, 'OPERATION_ACTION_SIGN', null],
      [TH, 'OPERATION_ACTION_OPEN', null],
      [LA, 'POST_TYPE_SIGHTING', null],
      [TH, 'OPERATION_ACTION_REMOVE', MM],
      [TH, 'OPERATION_ACTION_CLOSE', null],
    ]);
  });

  it('names who stated nothing, and counts what is beyond the timeline', () => {
    const many = figures([fact(1, PostType.MESSAGE, 20)], { posts: [{ postType: PostType.MESSAGE, count: 600 }] });
    const report = afterActionReport(operation({ contributions: new Map([[TH, many]]) }));
    expect(report.members.map(({ office, stated, posts }) => [office, stated, posts])).toEqual([
      [TH, true, 600],
      [LA, false, 0],
      [MM, false, 0],
    ]);
    expect(report.beyondTimeline).toBe(599);
  });

  it('names lessons by the digest of their post', () => {
    const contributions = new Map([[MM, figures([fact(4, PostType.LESSON, 180)])]]);
    expect(afterActionReport(operation({ contributions })).lessons).toEqual([
      { office: MM, number: 4, digest: digestNamed(4), at: '2026-11-20T09:00:00.000Z' },
    ]);
  });

  it('is the same text in whatever order the members stated their figures and signed', () => {
    const stated = [
      [TH, figures([tasking, fact(2, PostType.SITREP, 25)])],
      [LA, figures([accepted, done])],
      [MM, figures([fact(1, PostType.LESSON, 25)])],
    ] as const;
    const text = (entries: readonly (typeof stated)[number][]): string =>
      canonicalJson(
        afterActionReport(
          operation({
            contributions: new Map(entries),
            reportSignatures: new Map(entries.map(([office]) => [office, digestNamed(9) as never])),
          }),
        ) as never,
      );
    const expected = text(stated);
    fc.assert(fc.property(fc.shuffledSubarray([...stated], { minLength: 3 }), (order) => text(order) === expected));
  });

  it('changes with whatever a member stated or did', () => {
    const before = canonicalJson(afterActionReport(operation()) as never);
    const left = new Map([
      ...operation().members,
      [MM, member(MM, OperationRole.MEMBER, { state: 'left', endedMs: at(99) })],
    ]);
    expect(canonicalJson(afterActionReport(operation({ members: left })) as never)).not.toBe(before);
    const stated = operation({ contributions: new Map([[LA, figures([done])]]) });
    expect(canonicalJson(afterActionReport(stated) as never)).not.toBe(before);
  });
});

describe('canonicalJson', () => {
  it('writes names in order, without space, and text as RFC 8785 has it', () => {
    expect(canonicalJson({ b: [1, null, true], a: 'ສ\u0007"', '': {} })).toBe(
      '{"":{},"a":"ສ\\u0007\\"","b":[1,null,true]}',
    );
  });

  it('refuses a number that is not whole', () => {
    expect(() => canonicalJson({ a: 0.5 })).toThrow(TypeError);
    expect(() => canonicalJson(2 ** 60)).toThrow(TypeError);
  });
});
