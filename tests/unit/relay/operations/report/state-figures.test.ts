import { describe, expect, it } from 'vitest';
import type { Digest, OfficeId } from '../../../../../services/core/foundation/index.ts';
import type { OutboundCopy } from '../../../../../services/core/ledger/index.ts';
import {
  isSettled,
  type OwnPost,
  stateFigures,
} from '../../../../../services/core/relay/operations/report/state-figures.ts';
import { Outcome, OutcomeType, PostType, ReceiptKind } from '../../../../../services/core/wire/index.ts';
import { at, digestNamed, LA, MM, TH } from './fixtures.ts';

interface CopyDraft {
  readonly outcome?: Outcome;
  readonly released?: boolean;
  readonly withheld?: number;
  readonly receipts?: readonly (readonly [ReceiptKind, number])[];
}

function copy(
  to: OfficeId,
  { outcome = Outcome.RELEASED, released = true, withheld = 0, receipts = [] }: CopyDraft = {},
): OutboundCopy {
  return {
    to,
    decision: { outcome, withheld: Array.from({ length: withheld }, () => ({ category: 1, policies: [], parts: [] })) },
    hold: null,
    releasedMs: released ? at(0) : null,
    framedMs: released ? at(0) : null,
    receipts: receipts.map(([kind, atMs]) => ({ kind, atMs })),
  } as unknown as OutboundCopy;
}

function post(number: number, copies: readonly OutboundCopy[], more: Partial<OwnPost['terms']> = {}): OwnPost {
  const terms = {
    postType: PostType.SITREP,
    outcomes: [],
    assignees: [],
    due: null,
    target: null,
    tasking: 0,
    ...more,
  };
  return {
    office: TH,
    number,
    digest: digestNamed(number) as Digest,
    createdMs: at(number),
    terms: terms as unknown as OwnPost['terms'],
    copies,
    keptFrom: new Set(),
  };
}

const delivered = (afterMs: number, number: number): CopyDraft => ({
  receipts: [[ReceiptKind.DELIVERY, at(number) + afterMs]],
});

describe('stateFigures', () => {
  it('counts what was kept back whole and in part, for each member', () => {
    const posts = [
      post(1, [copy(LA, { outcome: Outcome.REFUSED, released: false }), copy(MM, { withheld: 2 })]),
      post(2, [copy(LA, { withheld: 1 }), copy(MM)]),
    ];
    expect(stateFigures(posts, [LA, MM]).withheld).toEqual([
      { member: LA, whole: 1, parts: 1 },
      { member: MM, whole: 0, parts: 1 },
    ]);
  });

  it('takes the copy that was added last: what was refused may be given later', () => {
    const posts = [post(1, [copy(LA, { outcome: Outcome.REFUSED, released: false }), copy(LA, delivered(30, 1))])];
    expect(stateFigures(posts, [LA])).toMatchObject({
      withheld: [{ whole: 0, parts: 0 }],
      deliveries: [{ delivered: 1 }],
    });
  });

  it('counts what a member was told that it does not get, once', () => {
    const kept = { ...post(1, []), keptFrom: new Set([LA]) };
    const refused = { ...post(2, [copy(LA, { outcome: Outcome.REFUSED, released: false })]), keptFrom: new Set([LA]) };
    expect(stateFigures([kept, refused], [LA, MM]).withheld).toEqual([
      { member: LA, whole: 2, parts: 0 },
      { member: MM, whole: 0, parts: 0 },
    ]);
  });

  it('measures delivery and opening by the receipts, and never less than nothing', () => {
    const posts = [30, 500, -9].map((afterMs, index) => post(index + 1, [copy(LA, delivered(afterMs, index + 1))]));
    const opened = post(4, [
      copy(LA, {
        receipts: [
          [ReceiptKind.DELIVERY, at(4) + 40],
          [ReceiptKind.RETRIEVAL, at(5)],
        ],
      }),
    ]);
    expect(stateFigures([...posts, opened], [LA]).deliveries).toEqual([
      { member: LA, delivered: 4, opened: 1, medianDeliveryMs: 30, longestDeliveryMs: 500, medianOpeningMs: 60_000 },
    ]);
  });

  it('counts posts and outcomes by code', () => {
    const posts = [
      post(1, [], { outcomes: [{ outcome: OutcomeType.CHECK, count: 4 }] }),
      post(2, [], { postType: PostType.SEIZURE, outcomes: [{ outcome: OutcomeType.CHECK, count: 1 }] }),
      post(3, []),
    ];
    expect(stateFigures(posts, [])).toMatchObject({
      posts: [
        { postType: PostType.SITREP, count: 2 },
        { postType: PostType.SEIZURE, count: 1 },
      ],
      outcomes: [{ outcome: OutcomeType.CHECK, count: 5 }],
      facts: [{ number: 1 }, { number: 2 }, { number: 3 }],
    });
  });

  it('states no more posts one by one than the contract takes', () => {
    const figures = stateFigures(
      Array.from({ length: 600 }, (_, index) => post(index + 1, [])),
      [],
    );
    expect(figures.facts).toHaveLength(512);
    expect(figures.posts).toEqual([{ postType: PostType.SITREP, count: 600 }]);
  });
});

describe('isSettled', () => {
  it('waits for whoever is there, and for nobody else', () => {
    const underWay = [post(1, [copy(LA), copy(MM, delivered(1, 1))])];
    expect(isSettled(underWay, [LA, MM])).toBe(false);
    expect(isSettled(underWay, [MM])).toBe(true);
    expect(isSettled([post(1, [copy(LA, { outcome: Outcome.HELD, released: false })])], [LA])).toBe(false);
    expect(isSettled([post(1, [copy(LA, { outcome: Outcome.REFUSED, released: false })])], [LA])).toBe(true);
  });
});
