import { describe, expect, it } from 'vitest';
import { type Digest, fromHex, type OfficeId } from '../../../../../services/core/foundation/index.ts';
import type { KnownPost } from '../../../../../services/core/relay/operations/channel/types.ts';
import { areFiguresSound } from '../../../../../services/core/relay/operations/report/are-figures-sound.ts';
import { findContradictions } from '../../../../../services/core/relay/operations/report/find-contradictions.ts';
import { reportDesk } from '../../../../../services/core/relay/operations/report/report-desk.ts';
import type { OperationView } from '../../../../../services/core/relay/operations/types.ts';
import { MessageKind, OperationRole, type PostFact, PostType } from '../../../../../services/core/wire/index.ts';
import { at, digestNamed, fact, figures, LA, MM, member, operation, TH } from './fixtures.ts';

const desk = reportDesk({ self: LA, projection: { ofKind: () => [] } as never });
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code?: string }).code ?? String((error as Error).stack);
  }
  return 'none';
};
const sign = (
  view: OperationView,
  digest: string = desk.read(view).digest,
  despite: readonly OfficeId[] = [],
): string => codeOf(() => desk.assertSignable(view, digest, despite));
const signedBy = (office: OfficeId, digest: string): OperationView =>
  operation({ reportSignatures: new Map([[office, digest as Digest]]) });

describe('reportDesk', () => {
  it('lets the final report be signed by a member that read exactly it', () => {
    expect(sign(operation())).toBe('none');
    expect(sign(operation(), digestNamed(1))).toBe('REPORT_CHANGED');
  });

  it('has no report of what was never live, and none to sign before the end', () => {
    expect(codeOf(() => desk.read(operation({ openedMs: null })))).toBe('REPORT_NOT_OPENED');
    expect(sign(operation({ state: 'closing' }))).toBe('REPORT_NOT_FINAL');
  });

  it('is signed by members that were there to the end', () => {
    const members = new Map([...operation().members, [LA, member(LA, OperationRole.MEMBER, { state: 'left' })]]);
    expect(sign(operation({ members }))).toBe('REPORT_NOT_MEMBER');
  });

  it('refuses where another member signed something else, and says who', () => {
    const view = signedBy(TH, digestNamed(1));
    expect(sign(view)).toBe('REPORT_DIFFERS');
    expect(desk.read(view).signatures).toEqual([{ office: TH, digest: digestNamed(1), agrees: false }]);
    const { digest } = desk.read(operation());
    expect(sign(signedBy(TH, digest))).toBe('none');
  });

  it('is kept from nobody by one member that signed something else, once that member is named', () => {
    const view = signedBy(TH, digestNamed(1));
    const { digest } = desk.read(view);
    expect(sign(view, digest, [MM])).toBe('REPORT_DIFFERS');
    expect(sign(view, digest, [TH])).toBe('none');
    expect(sign(view, digestNamed(1), [TH])).toBe('REPORT_CHANGED');
  });

  it('signs the same report once, and again after a change', () => {
    const { digest } = desk.read(operation());
    expect(sign(signedBy(LA, digest))).toBe('REPORT_SIGNED');
    expect(sign(signedBy(LA, digestNamed(1)))).toBe('none');
  });

  it('refuses where a member states something else than is on record of it here', () => {
    const operationRef = { operation: 'night-market', charter: fromHex(digestNamed(7)) };
    const post = {
      direction: 'inbound',
      origin: TH,
      id: '01890000-0000-7000-8000-000000000001',
      envelopeDigest: digestNamed(1),
      kind: MessageKind.OPERATION_POST,
      createdMs: at(20),
      deliveredMs: at(20),
      terms: {
        post: {
          operation: operationRef,
          postType: PostType.SITREP,
          number: 1,
          seen: [],
          leadActs: 0,
          previous: new Uint8Array(),
          outcomes: [],
          assignees: [],
        },
      },
    };
    const ofKind = (kind: MessageKind) => (kind === MessageKind.OPERATION_POST ? [post] : []);
    const own = reportDesk({ self: LA, projection: { ofKind } as never });
    const code = (one: PostFact, despite: readonly OfficeId[] = []): string => {
      const view = operation({ contributions: new Map([[TH, figures([one])]]) });
      return codeOf(() => own.assertSignable(view, own.read(view).digest, despite));
    };
    expect(code(fact(1, PostType.SITREP, 20))).toBe('none');
    expect(code(fact(1, PostType.SEIZURE, 20))).toBe('REPORT_CONTRADICTED');
    expect(code(fact(1, PostType.SEIZURE, 20), [MM])).toBe('REPORT_CONTRADICTED');
    expect(code(fact(1, PostType.SEIZURE, 20), [TH])).toBe('none');
  });
});

describe('findContradictions', () => {
  const stated = (one: PostFact): OperationView => operation({ contributions: new Map([[TH, figures([one])]]) });
  const known = (more: Partial<KnownPost> = {}): KnownPost =>
    ({
      office: TH,
      number: 1,
      digest: digestNamed(1),
      createdMs: at(20),
      terms: { postType: PostType.SITREP },
      voided: null,
      ...more,
    }) as KnownPost;
  const check = (view: OperationView, ...posts: readonly KnownPost[]): readonly unknown[] =>
    findContradictions(view, {
      at: (office, number) => posts.find((post) => post.office === office && post.number === number),
      of: (office) => posts.filter((post) => post.office === office),
    });
  const sitrep = fact(1, PostType.SITREP, 20);

  it('finds nothing in what is on record here as it is stated, or is not here', () => {
    expect(check(stated(sitrep), known())).toEqual([]);
    expect(check(stated(sitrep))).toEqual([]);
    expect(check(stated(sitrep), known({ terms: null, createdMs: at(0) }))).toEqual([]);
  });

  it.each([
    ['another digest', { digest: digestNamed(2) as Digest }],
    ['another time', { createdMs: at(21) }],
    ['another type', { terms: { postType: PostType.SEIZURE } as KnownPost['terms'] }],
  ])('finds %s', (_, more) => {
    expect(check(stated(sitrep), known(more))).toEqual([{ office: TH, number: 1 }]);
  });

  it('finds that fewer posts are stated than are here', () => {
    expect(check(stated(sitrep), known(), known({ number: 2 }))).toEqual([{ office: TH, number: 0 }]);
    expect(check(stated(sitrep), known(), known({ number: 2, voided: 'CHANNEL_NOT_LIVE' }))).toEqual([]);
  });
});

describe('areFiguresSound', () => {
  const { members } = operation();
  const one = fact(1, PostType.SITREP, 20);
  const ofMm = { member: MM, whole: 1, parts: 0 };

  it('takes what can be reported', () => {
    expect(areFiguresSound(figures([one], { withheld: [ofMm] }), members)).toBe(true);
  });

  it.each([
    ['a time that is no date', figures([{ ...one, createdMs: 9e15 }])],
    ['a time limit that is no date', figures([{ ...one, dueMs: 9e15 }])],
    ['a digest that is none', figures([{ ...one, digest: new Uint8Array(4) }])],
    ['a target that is no digest', figures([{ ...one, target: new Uint8Array(4) }])],
    ['one post twice', figures([one, one])],
    ['more posts one by one than there are', figures([one], { posts: [] })],
    ['a count that cannot be added', figures([one], { posts: [{ postType: PostType.SITREP, count: 2e9 }] })],
    ['one type twice', figures([], { posts: [1, 1].map(() => ({ postType: PostType.SITREP, count: 1 })) })],
    ['one member twice', figures([], { withheld: [ofMm, ofMm] })],
    ['an office that is no member', figures([], { withheld: [{ ...ofMm, member: 'vn-bo-y' }] })],
    ['a tasking for an office that is no member', figures([{ ...one, assignees: ['vn-bo-y'] }])],
  ])('refuses %s', (_, of) => {
    expect(areFiguresSound(of, members)).toBe(false);
  });
});
