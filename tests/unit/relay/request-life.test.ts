import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EpochMs, fromHex, type OfficeId } from '../../../services/core/foundation/index.ts';
import type { AnyMessage, OutboundMessage } from '../../../services/core/ledger/index.ts';
import { livesOf, type RequestLife, requestFigures } from '../../../services/core/relay/index.ts';
import {
  AnswerOutcome,
  MessageKind,
  type MessageTerms,
  Outcome,
  ReceiptKind,
  RefusalGround,
  RequestAction,
  ResponseClass,
} from '../../../services/core/wire/index.ts';
import { copyTo, idOf, inbound, NOW, outbound, PEER, SELF, someDigest } from '../office/fake-office.ts';

const HOUR = 3_600_000;
const DIGEST = someDigest('request');
const LIMIT = (NOW + 8 * HOUR) as EpochMs;
const EXPIRES = (NOW + 100 * HOUR) as EpochMs;

const NO_TERMS = {
  request: null,
  step: null,
  answer: null,
  search: null,
  searchResult: null,
  recall: null,
  recallAnswer: null,
  consentRequest: null,
  consent: null,
  partRequest: null,
  review: null,
} as unknown as MessageTerms;

/** One thing that was said: by whom, when, and what. */
interface Said {
  readonly byAsking: boolean;
  readonly atMs: number;
  readonly action: RequestAction | null;
  readonly outcomes: readonly AnswerOutcome[];
}

const delivery = (issuer: OfficeId) => ({
  kind: ReceiptKind.DELIVERY,
  issuer,
  atMs: (NOW + 500) as EpochMs,
  relayedMs: NOW as number,
  reason: '',
  recordedMs: (NOW + 700) as EpochMs,
  record: 2,
});

const target = { origin: SELF as string, id: idOf(1) as string, digest: fromHex(DIGEST) };
const questions = 2;
const requestTerms: MessageTerms = {
  ...NO_TERMS,
  request: { responseClass: ResponseClass.URGENT, answerBy: null, questions },
};

function termsOf(said: Said): MessageTerms {
  if (said.action !== null)
    return { ...NO_TERMS, step: { target, action: said.action, ground: RefusalGround.NOT_AVAILABLE, assignee: 'd' } };
  const results = said.outcomes.flatMap((outcome, index) =>
    outcome === 0 ? [] : [{ question: index + 1, outcome, ground: RefusalGround.UNSPECIFIED }],
  );
  return { ...NO_TERMS, answer: { target, results } };
}

/** The message as its own side has it, with the receipt for it, and as the other side has it. */
function bothWays(said: Said, number: number, office: 'asking' | 'asked'): AnyMessage {
  const isOwn = said.byAsking === (office === 'asking');
  const sender = said.byAsking ? SELF : PEER;
  const other = said.byAsking ? PEER : SELF;
  const facts = {
    kind: said.action === null ? MessageKind.ANSWER : MessageKind.REQUEST_STEP,
    createdMs: said.atMs as EpochMs,
    terms: termsOf(said),
    origin: sender,
  };
  return isOwn
    ? outbound(number, [copyTo(other, Outcome.RELEASED, { receipts: [delivery(other)] })], facts)
    : inbound(number, { ...facts, from: sender });
}

const ownRequest = (): OutboundMessage =>
  outbound(1, [copyTo(PEER, Outcome.RELEASED, { receipts: [delivery(PEER)], answerByMs: LIMIT })], {
    kind: MessageKind.REQUEST,
    createdMs: NOW,
    expiresMs: EXPIRES,
    envelopeDigest: DIGEST,
    terms: requestTerms,
  });

const theirRequest = (): AnyMessage =>
  inbound(1, {
    origin: SELF,
    from: SELF,
    kind: MessageKind.REQUEST,
    createdMs: NOW,
    expiresMs: EXPIRES,
    envelopeDigest: DIGEST,
    terms: requestTerms,
    answerByMs: LIMIT,
    receipts: [delivery(PEER)],
  });

function lifeAt(
  office: 'asking' | 'asked',
  all: readonly Said[],
  now: number,
  order = all.map((_, at) => at),
): RequestLife {
  const messages = order.map((at) => bothWays(all[at] as Said, 10 + at, office));
  const request = office === 'asking' ? ownRequest() : theirRequest();
  const self = office === 'asking' ? SELF : PEER;
  return livesOf({ about: () => messages }, self, request, now as EpochMs)[0] as RequestLife;
}

const step = (action: RequestAction, atMs: number, byAsking = false): Said => ({
  byAsking,
  atMs,
  action,
  outcomes: [],
});
const answer = (atMs: number, ...outcomes: AnswerOutcome[]): Said => ({
  byAsking: false,
  atMs,
  action: null,
  outcomes,
});

describe('livesOf', () => {
  it('is the same on both sides, whatever came first', () => {
    const anySaid = fc.record({
      atMs: fc.integer({ min: 0, max: 110 }).map((hours) => NOW + hours * HOUR),
      what: fc.constantFrom<RequestAction | null>(
        ...[1, 2, 3, 4, 5, 6, 7].map((action) => action as RequestAction),
        null,
        null,
        null,
      ),
      outcomes: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 2 }),
    });
    const asking = new Set<RequestAction | null>([3, 5, 6, 7]);
    fc.assert(
      fc.property(
        fc.array(anySaid, { maxLength: 8 }),
        fc.integer({ min: 0, max: 120 }),
        fc.infiniteStream(fc.nat()),
        (raw, hours, numbers) => {
          const all = raw.map(({ atMs, what, outcomes }) => ({
            byAsking: asking.has(what),
            atMs,
            action: what,
            outcomes: outcomes as AnswerOutcome[],
          }));
          const shuffled = (): number[] =>
            all
              .map((_, at) => ({ at, by: numbers.next().value as number }))
              .sort((a, b) => a.by - b.by)
              .map(({ at }) => at);
          const now = NOW + hours * HOUR;
          const one = lifeAt('asking', all, now, shuffled());
          expect(one).toEqual(lifeAt('asked', all, now, shuffled()));
          const figures = requestFigures([{ side: 'asking', life: one }]);
          const theirs = requestFigures([{ side: 'asked', life: one }]);
          expect(figures.map(({ peer: _, side: __, ...rest }) => rest)).toEqual(
            theirs.map(({ peer: _, side: __, ...rest }) => rest),
          );
        },
      ),
    );
  });

  it('is closed by the first that closes it, and lists what came later', () => {
    const refused = lifeAt(
      'asking',
      [step(RequestAction.REFUSE, NOW + 2), answer(NOW + 3, 1, 1), step(RequestAction.ACKNOWLEDGE, NOW + 4)],
      NOW + 5,
    );
    expect(refused).toMatchObject({
      state: 'refused',
      closedMs: NOW + 2,
      lateAnswers: 1,
      results: [],
      acknowledgedMs: null,
    });
    expect(refused.facts.map(({ standing }) => standing)).toEqual(['counted', 'late', 'late']);
  });

  it('is answered once every question has a final outcome, and in part before', () => {
    expect(lifeAt('asked', [answer(NOW + 1, AnswerOutcome.ANSWERED, 0)], NOW + 9).state).toBe('answered-in-part');
    expect(lifeAt('asked', [answer(NOW + 1, AnswerOutcome.ANSWERED, AnswerOutcome.PARTLY)], NOW + 9).state).toBe(
      'answered-in-part',
    );
    const whole = [answer(NOW + 1, AnswerOutcome.NOTHING_HELD, 0), answer(NOW + 2, 0, AnswerOutcome.REFUSED)];
    expect(lifeAt('asked', whole, NOW + 9)).toMatchObject({ state: 'answered', answeredMs: NOW + 2 });
  });

  it('expires at its expiry and not a millisecond before; what was made later is late', () => {
    expect(lifeAt('asking', [], EXPIRES)).toMatchObject({ state: 'delivered', open: true });
    expect(lifeAt('asking', [], EXPIRES + 1)).toMatchObject({ state: 'expired', closedMs: EXPIRES });
    expect(lifeAt('asking', [answer(EXPIRES, 1, 1)], EXPIRES + 9).state).toBe('answered');
    expect(lifeAt('asking', [answer(EXPIRES + 1, 1, 1)], EXPIRES + 9)).toMatchObject({
      state: 'expired',
      lateAnswers: 1,
    });
  });

  it('is overdue one millisecond after its time limit, and stays so when it is closed late', () => {
    expect(lifeAt('asking', [], LIMIT).overdue).toBe(false);
    expect(lifeAt('asking', [], LIMIT + 1).overdue).toBe(true);
    expect(lifeAt('asking', [answer(LIMIT, 1, 1)], LIMIT + 9).overdue).toBe(false);
    expect(lifeAt('asking', [answer(LIMIT + 1, 1, 1)], LIMIT + 9)).toMatchObject({ overdue: true, state: 'answered' });
  });

  it('counts nothing that is about another text, or between other offices', () => {
    const other = { ...target, digest: new Uint8Array(32) };
    const strange = inbound(20, {
      kind: MessageKind.REQUEST_STEP,
      terms: {
        ...termsOf(step(RequestAction.REFUSE, NOW + 1)),
        step: { target: other, action: 4, ground: 1, assignee: '' },
      },
    });
    const third = inbound(21, {
      origin: 'mm-tachileik' as OfficeId,
      from: 'mm-tachileik' as OfficeId,
      kind: MessageKind.REQUEST_STEP,
      terms: termsOf(step(RequestAction.REFUSE, NOW + 1)),
    });
    const [life] = livesOf({ about: () => [strange, third] }, SELF, ownRequest(), (NOW + 9) as EpochMs);
    expect(life).toMatchObject({ state: 'delivered', facts: [] });
  });

  it.each([
    ['held', copyTo(PEER, Outcome.HELD), 'held', true],
    ['refused by the gate', copyTo(PEER, Outcome.REFUSED), 'refused-by-gate', false],
    ['on its way', copyTo(PEER, Outcome.RELEASED), 'submitted', true],
    [
      'not taken',
      copyTo(PEER, Outcome.RELEASED, { receipts: [{ ...delivery(PEER), kind: ReceiptKind.RELAY_FAILURE }] }),
      'failed',
      false,
    ],
  ])('says of a copy that is %s where it is', (_, copy, state, open) => {
    const request = { ...ownRequest(), copies: new Map([[PEER, copy]]) };
    expect(livesOf({ about: () => [] }, SELF, request, (NOW + 9) as EpochMs)).toMatchObject([
      { state, open, delivered: false },
    ]);
  });

  it('reads what is on its way as said where it is asked to, and as nothing where it is not', () => {
    const waiting = outbound(10, [copyTo(PEER, Outcome.RELEASED)], {
      kind: MessageKind.REQUEST_STEP,
      createdMs: (NOW + 1) as EpochMs,
      terms: termsOf(step(RequestAction.WITHDRAW, NOW + 1, true)),
    });
    const about = { about: () => [waiting] };
    const now = (NOW + 9) as EpochMs;
    expect(livesOf(about, SELF, ownRequest(), now)[0]).toMatchObject({ state: 'delivered', open: true });
    expect(livesOf(about, SELF, ownRequest(), now, 'said')[0]).toMatchObject({ state: 'withdrawn', open: false });
  });
});

describe('requestFigures', () => {
  const life = (more: Partial<RequestLife>): RequestLife => ({ ...lifeAt('asking', [], NOW + 1), ...more });
  const minutesOn = (minutes: number) => (NOW + minutes * 60_000) as EpochMs;

  it('counts states, takes the nearest rank, and leaves out exercises and what never arrived', () => {
    const lives = [
      ...[1, 2, 3, 4].map((minutes) =>
        life({
          state: 'answered',
          open: false,
          acknowledgedMs: minutesOn(minutes),
          answeredMs: minutesOn(10 * minutes),
        }),
      ),
      life({ state: 'delivered', overdue: true }),
      life({ state: 'refused', open: false, overdue: true }),
      life({ drill: true }),
      life({ delivered: false, state: 'held' }),
    ];
    expect(requestFigures(lives.map((each) => ({ side: 'asking' as const, life: each })))).toEqual([
      {
        peer: PEER,
        side: 'asking',
        open: 1,
        overdue: 1,
        answered: 4,
        refused: 1,
        withdrawn: 0,
        expired: 0,
        late: 1,
        toAcknowledge: { count: 4, medianMs: 120_000, ninetiethMs: 240_000 },
        toAnswer: { count: 4, medianMs: 1_200_000, ninetiethMs: 2_400_000 },
      },
    ]);
  });

  it('takes a clock that runs ahead for no time below nothing', () => {
    const early = life({ acknowledgedMs: (NOW - 5) as EpochMs });
    expect(requestFigures([{ side: 'asked', life: early }])[0]?.toAcknowledge).toMatchObject({ count: 1, medianMs: 0 });
  });
});
