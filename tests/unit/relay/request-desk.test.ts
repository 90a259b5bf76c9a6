import { afterEach, describe, expect, it } from 'vitest';
import type { EnvelopeId, OfficeId } from '../../../services/core/foundation/index.ts';
import { messageKey } from '../../../services/core/ledger/index.ts';
import { RELAY_ERRORS } from '../../../services/core/relay/index.ts';
import {
  AnswerOutcome,
  CrimeArea,
  HandlingCode,
  MessageKind,
  Outcome,
  Purpose,
  RefusalGround,
  RequestAction,
  ResponseClass,
} from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { bundleOf } from '../policy/fixtures.ts';
import { LA, TH } from '../trust/fixtures.ts';
import {
  answerInput,
  lifeAt,
  requestBody,
  requestInput,
  requestOffices,
  shared,
  stepInput,
} from './request-fixtures.ts';
import { codesOf, submission, type TwoOffices } from './two-offices.ts';

const HOUR = 3_600_000;
/** A law that lets a person release what it holds, and holds everything. */
const holdAll = (nation: 'th' | 'la') =>
  bundleOf(
    nation,
    1,
    `@id("${nation}.release") @reason("Persons release.") permit (principal, action == Action::"release", resource);`,
    `@id("${nation}.disclose") @reason("All of it.") permit (principal, action == Action::"disclose", resource);`,
    `@id("${nation}.in") @reason("All may come in.") permit (principal, action in [Action::"admit", Action::"admitUnattended", Action::"accept"], resource);`,
  );
let pair: TwoOffices;
afterEach(async () => {
  await pair?.close();
});

async function asked(init: Parameters<typeof requestInput>[0] = {}): Promise<EnvelopeId> {
  pair = await requestOffices();
  const { id } = await pair.th.relay.requests.submit(requestInput(init));
  await delivered(id);
  return id;
}

/** Another person lets what is held there pass, as it is shown now. */
async function releaseHeld(office: TwoOffices['th'], id: EnvelopeId, peer: OfficeId): Promise<void> {
  const key = { direction: 'outbound', origin: office.office, id, peer } as const;
  const { shown } = await office.relay.readHeld(key);
  if (shown === null) throw new TypeError('refused');
  await office.relay.release(key, { name: 'supervisor-1', role: 'supervisor' }, { reason: 'seen', shown });
}

async function delivered(id: EnvelopeId): Promise<void> {
  await eventually(() => expect(lifeAt(pair.th, id)).toMatchObject({ delivered: true }));
}

/** Both offices have the same life, and this is in it. */
async function both(id: EnvelopeId, life: Record<string, unknown>): Promise<void> {
  await eventually(() => {
    const now = pair.th.clock.now();
    expect(shared(lifeAt(pair.th, id, now))).toMatchObject(life);
    expect(shared(lifeAt(pair.la, id, now))).toEqual(shared(lifeAt(pair.th, id, now)));
  });
}

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('requestDesk', () => {
  it('counts the questions, and gives a request its time limit and an expiry a week after it', async () => {
    const id = await asked();
    const message = pair.th.projection.outbound.get(messageKey(TH, id));
    expect(message?.terms?.request?.questions).toBe(1);
    const life = lifeAt(pair.la, id);
    expect((life?.answerByMs ?? 0) - (life?.createdMs ?? 0)).toBe(8 * HOUR);
    expect(Math.abs((life?.expiresMs ?? 0) - (life?.answerByMs ?? 0) - 168 * HOUR)).toBeLessThan(5_000);
    await both(id, { state: 'delivered', open: true, overdue: false });
  });

  it('takes a request through acknowledgement, clarification and a partial answer to the whole one', async () => {
    const id = await asked({ request: { questions: [{ questionType: 3 }, { questionType: 9, text: 'Who?' }] } });
    const { th, la } = pair;
    await la.relay.requests.step(stepInput(id, RequestAction.ACKNOWLEDGE));
    await both(id, { state: 'acknowledged', assignee: 'desk-4' });
    await la.relay.requests.step(stepInput(id, RequestAction.ASK_CLARIFICATION));
    await both(id, { state: 'clarification-asked', clarificationsAsked: 1 });
    await th.relay.requests.step(stepInput(id, RequestAction.CLARIFY));
    await both(id, { state: 'acknowledged', clarificationsGiven: 1 });
    await la.relay.requests.answer(answerInput(id, [AnswerOutcome.ANSWERED, AnswerOutcome.PARTLY]));
    await both(id, { state: 'answered-in-part', open: true });
    await la.relay.requests.answer(answerInput(id, [AnswerOutcome.UNSPECIFIED, AnswerOutcome.WITHHELD]));
    await both(id, { state: 'answered', open: false, lateAnswers: 0 });
    expect(lifeAt(th, id)?.results.map(({ outcome, ground }) => [outcome, ground])).toEqual([
      [AnswerOutcome.ANSWERED, RefusalGround.UNSPECIFIED],
      [AnswerOutcome.WITHHELD, RefusalGround.NOT_AVAILABLE],
    ]);
    const asking = th.relay.requests.figures();
    expect(asking).toMatchObject([{ peer: LA, side: 'asking', open: 0, answered: 1, toAnswer: { count: 1 } }]);
    expect(la.relay.requests.figures()).toEqual(asking.map((each) => ({ ...each, peer: TH, side: 'asked' })));
  });

  it('gives what is said of a request its purpose, handling, crime area, case, precedence and drill', async () => {
    const id = await asked({ drill: true, purpose: Purpose.LIFE_SAFETY, handling: HandlingCode.H2 });
    const answer = await pair.la.relay.requests.answer(
      answerInput(id, [AnswerOutcome.NOTHING_HELD], { body: { crimeArea: CrimeArea.DRUGS } }),
    );
    const content = await pair.la.relay.read(LA, answer.id);
    expect(content.header).toMatchObject({ purpose: Purpose.LIFE_SAFETY, handling: HandlingCode.H2, inReplyTo: id });
    expect(content.header.caseReference).toBe('CASE-1');
    expect(content.body).toMatchObject({ crimeArea: CrimeArea.STOLEN_VEHICLES });
    expect(pair.la.projection.outbound.get(messageKey(LA, answer.id))?.drill).toBe(true);
  });

  it('lets an answer be handled more strictly than its request, never less', async () => {
    const id = await asked({ handling: HandlingCode.H1 });
    const { requests } = pair.la.relay;
    await expect(requests.answer(answerInput(id, undefined, { handling: HandlingCode.H0 }))).rejects.toEqual(
      code('REQUESTS_HANDLING_LOWERED'),
    );
    const { id: answer } = await requests.answer(
      answerInput(id, undefined, { handling: HandlingCode.H3, caveat: 'x' }),
    );
    expect((await pair.la.relay.read(LA, answer)).header.handling).toBe(HandlingCode.H3);
  });

  it('previews what the answer then holds, byte for byte', async () => {
    const id = await asked();
    const input = answerInput(id, undefined, { body: { texts: [{ question: 1, text: 'Twice.' }], language: 'en' } });
    const [preview] = await pair.la.relay.requests.previewAnswer(input);
    const { id: answer } = await pair.la.relay.requests.answer(input);
    await eventually(async () => expect((await pair.th.relay.read(LA, answer)).body).toEqual(preview?.body));
  });

  it.each([
    ['a time limit that has passed', { answerBy: -HOUR }],
    ['a time limit later than its class allows', { answerBy: 9 * HOUR }],
    ['an expiry before the time limit', { expires: 7 * HOUR }],
  ])('refuses a request with %s', async (_, { answerBy, expires }: { answerBy?: number; expires?: number }) => {
    pair = await requestOffices();
    const now = pair.th.clock.now();
    const terms = {
      responseClass: ResponseClass.URGENT,
      ...(answerBy === undefined ? {} : { answerBy: { seconds: Math.floor((now + answerBy) / 1000), nanos: 0 } }),
    };
    const input = requestInput({
      request: { terms },
      expiresMs: expires === undefined ? null : ((now + expires) as typeof now),
    });
    await expect(pair.th.relay.requests.submit(input)).rejects.toEqual(code('REQUESTS_DEADLINE_INVALID'));
    await expect(pair.th.relay.requests.preview(input)).rejects.toEqual(code('REQUESTS_DEADLINE_INVALID'));
    expect(pair.th.projection.outbound.size).toBe(0);
  });

  it('refuses a question about a subject that is not there', async () => {
    pair = await requestOffices();
    const input = requestInput({ request: { questions: [{ questionType: 3, about: ['V2'] }] } });
    await expect(pair.th.relay.requests.submit(input)).rejects.toEqual(code('REQUESTS_SUBJECT_UNKNOWN'));
  });

  it('refuses steps that lack what they need, or are for the other side or the node to take', async () => {
    const id = await asked();
    const { th, la } = pair;
    const refused = (office: typeof th, action: RequestAction, expected: string, init = {}) =>
      expect(office.relay.requests.step(stepInput(id, action, init))).rejects.toEqual(code(expected));
    await refused(la, RequestAction.ACKNOWLEDGE, 'REQUESTS_ASSIGNEE_MISSING', { assignee: '' });
    await refused(la, RequestAction.REFUSE, 'REQUESTS_GROUND_MISSING');
    await refused(la, RequestAction.ASK_CLARIFICATION, 'REQUESTS_TEXT_MISSING', { text: ' ' });
    await refused(th, RequestAction.CLARIFY, 'REQUESTS_TEXT_MISSING', { text: '' });
    await refused(th, RequestAction.REFUSE, 'REQUESTS_NOT_OURS', { ground: RefusalGround.MINOR_OFFENCE });
    await refused(la, RequestAction.WITHDRAW, 'REQUESTS_NOT_OURS');
    await refused(th, RequestAction.REMIND, 'REQUESTS_NOT_OURS');
    await refused(th, RequestAction.WITHDRAW, 'REQUESTS_NOT_SENT', { recipients: ['mm-tachileik'] });
    await refused(th, RequestAction.WITHDRAW, 'REQUESTS_UNKNOWN', { request: { origin: LA, id } });
    expect(lifeAt(la, id)?.facts).toEqual([]);
  });

  it('refuses answers to questions that were not asked, asked twice, without a ground, or to its own request', async () => {
    const id = await asked();
    const { th, la } = pair;
    const refused = (input: ReturnType<typeof answerInput>, expected: string, office = la) =>
      expect(office.relay.requests.answer(input)).rejects.toEqual(code(expected));
    const results = (...all: { question: number; outcome: AnswerOutcome }[]) =>
      answerInput(id, [], { body: { terms: { results: all } } });
    const answered = { question: 1, outcome: AnswerOutcome.ANSWERED };
    await refused(results({ ...answered, question: 2 }), 'REQUESTS_QUESTION_INVALID');
    await refused(results(answered, answered), 'REQUESTS_QUESTION_INVALID');
    await refused(results({ question: 1, outcome: AnswerOutcome.WITHHELD }), 'REQUESTS_GROUND_MISSING');
    await refused(results({ question: 1, outcome: AnswerOutcome.REFUSED }), 'REQUESTS_GROUND_MISSING');
    await refused(answerInput(id, undefined, { body: { texts: [{ question: 2 }] } }), 'REQUESTS_QUESTION_INVALID');
    const about = { texts: [{ question: 1, about: ['P9'] }] };
    await refused(answerInput(id, undefined, { body: about }), 'REQUESTS_SUBJECT_UNKNOWN');
    await refused(answerInput(id), 'REQUESTS_NOT_OURS', th);
    await refused(answerInput(id, undefined, { request: { origin: LA, id } }), 'REQUESTS_UNKNOWN');
    expect(lifeAt(la, id)?.facts).toEqual([]);
  });

  it.each([
    ['answered', async (id: EnvelopeId) => pair.la.relay.requests.answer(answerInput(id))],
    [
      'refused',
      async (id: EnvelopeId) =>
        pair.la.relay.requests.step(stepInput(id, RequestAction.REFUSE, { ground: RefusalGround.MINOR_OFFENCE })),
    ],
    ['withdrawn', async (id: EnvelopeId) => pair.th.relay.requests.step(stepInput(id, RequestAction.WITHDRAW))],
    ['expired', async () => pair.skip(200 * HOUR)],
  ])('takes nothing more once a request is %s', async (state, close) => {
    const id = await asked();
    await close(id);
    await both(id, { state, open: false });
    await expect(pair.la.relay.requests.answer(answerInput(id))).rejects.toEqual(code('REQUESTS_CLOSED'));
    await expect(pair.la.relay.requests.previewAnswer(answerInput(id))).rejects.toEqual(code('REQUESTS_CLOSED'));
    await expect(pair.la.relay.requests.step(stepInput(id, RequestAction.ACKNOWLEDGE))).rejects.toEqual(
      code('REQUESTS_CLOSED'),
    );
    await expect(pair.th.relay.requests.step(stepInput(id, RequestAction.WITHDRAW))).rejects.toEqual(
      code('REQUESTS_CLOSED'),
    );
  });

  it('lets one of two that are said at the same moment pass where both would close it', async () => {
    const id = await asked();
    pair.laToTh.up = false;
    const { requests } = pair.la.relay;
    const both = await Promise.allSettled([
      requests.answer(answerInput(id)),
      requests.step(stepInput(id, RequestAction.REFUSE, { ground: RefusalGround.MINOR_OFFENCE })),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('takes an answer that crossed a withdrawal on the way, and counts it for nothing', async () => {
    const id = await asked();
    pair.thToLa.up = false;
    pair.laToTh.up = false;
    await pair.th.relay.requests.step(stepInput(id, RequestAction.WITHDRAW));
    pair.skip(1_000);
    await pair.la.relay.requests.answer(answerInput(id));
    pair.thToLa.up = true;
    pair.laToTh.up = true;
    await both(id, { state: 'withdrawn', lateAnswers: 1, results: [], answeredMs: null });
  });

  it('answers a step again under its key as the first time, though the request is closed by it', async () => {
    const id = await asked();
    const input = stepInput(id, RequestAction.WITHDRAW, { idempotencyKey: 'k-1' });
    const first = await pair.th.relay.requests.step(input);
    expect(await pair.th.relay.requests.step(input)).toMatchObject({ id: first.id, repeated: true });
  });

  it('waits with a withdrawal that overtook its request for as long as the request is still to come', async () => {
    pair = await requestOffices();
    // The first frame is lost after it was acknowledged, and th does not hear that la lacks it.
    pair.laToTh.up = false;
    let losing = true;
    pair.thToLa.decide = () => (losing ? 'lose' : 'pass');
    const { id } = await pair.th.relay.requests.submit(requestInput());
    await eventually(() => expect(pair.th.seen.map(({ event }) => event)).toContain('relayed'));
    losing = false;
    await pair.th.relay.requests.step(stepInput(id, RequestAction.WITHDRAW));
    await eventually(() => expect(pair.thToLa.counts.naked).toBeGreaterThan(20));
    expect(pair.la.projection.inbound.size).toBe(0);
    pair.laToTh.up = true;
    await both(id, { state: 'withdrawn' });
    expect(codesOf(pair.la, 'failedCrossing')).toEqual([]);
    expect(pair.la.seen.filter(({ event }) => event === 'quarantined')).toEqual([]);
    expect(RELAY_ERRORS['RELAY_REFERENCE_AWAITED'].disposition).toBe('retry');
  });

  it('takes a request and its withdrawal that come in one frame', async () => {
    pair = await requestOffices();
    // Two frames are on the line, so that what is said meanwhile is framed together.
    pair.thToLa.delayMs = () => 400;
    await pair.th.relay.submit(submission());
    await pair.th.relay.submit(submission());
    const { id } = await pair.th.relay.requests.submit(requestInput());
    await pair.th.relay.requests.step(stepInput(id, RequestAction.WITHDRAW));
    pair.thToLa.delayMs = () => 0;
    await both(id, { state: 'withdrawn' });
    expect(pair.th.seen.filter(({ event }) => event === 'framed').map(({ facts }) => facts)).toContainEqual(
      expect.objectContaining({ first: 3, last: 4 }),
    );
    expect(codesOf(pair.la, 'failedCrossing')).toEqual([]);
    expect(pair.thToLa.counts.naked).toBe(0);
  });

  it('reminds once and says once that it is overdue, whatever is restarted', async () => {
    const id = await asked();
    pair.skip(6 * HOUR + 1_000);
    await both(id, { overdue: false, remindedMs: expect.any(Number) });
    for (let again = 0; again < 3; again++) await pair.th.relay.requests.sweep();
    await pair.kill(pair.th);
    pair.skip(2 * HOUR);
    await both(id, { overdue: true, overdueNoticeMs: expect.any(Number), state: 'delivered' });
    await pair.restart(pair.th);
    await eventually(() =>
      expect(pair.th.seen.filter(({ event }) => event === 'requestDue').length).toBeGreaterThanOrEqual(3),
    );
    for (let again = 0; again < 3; again++) await pair.th.relay.requests.sweep();
    const own = pair.th.projection.ofKind(MessageKind.REQUEST_STEP);
    expect(own.map(({ terms }) => terms?.step?.action)).toEqual([RequestAction.REMIND, RequestAction.OVERDUE]);
    const due = pair.la.seen.filter(({ event }) => event === 'requestDue').map(({ facts }) => facts['due']);
    expect(due).toEqual(['reminder', 'overdue']);
  });

  it('tells the asked office itself that time is up, though the line is down', async () => {
    await asked();
    pair.thToLa.up = false;
    pair.laToTh.up = false;
    pair.skip(9 * HOUR);
    await eventually(() =>
      expect(pair.la.seen.filter(({ event }) => event === 'requestDue').map(({ facts }) => facts['due'])).toEqual([
        'overdue',
      ]),
    );
  });

  it('tells each change of a life on both sides', async () => {
    const id = await asked();
    const states = (office: typeof pair.th) =>
      office.seen.filter(({ event }) => event === 'requestChanged').map(({ facts }) => facts['state']);
    await eventually(() => expect(states(pair.la)).toEqual(['delivered']));
    await pair.la.relay.requests.step(stepInput(id, RequestAction.ACKNOWLEDGE));
    await eventually(() => {
      expect(states(pair.th).at(-1)).toBe('acknowledged');
      expect(states(pair.la)).toEqual(['delivered', 'acknowledged']);
    });
  });

  it('reckons the time limit of a copy that was held by the article it is released under, as its recipient does', async () => {
    pair = await requestOffices({ th: holdAll('th') });
    const { id } = await pair.th.relay.requests.submit(requestInput());
    expect(lifeAt(pair.th, id)).toMatchObject({ state: 'held', open: true });
    await expect(
      pair.th.relay.requests.step(stepInput(id, RequestAction.WITHDRAW, { recipients: [LA] })),
    ).rejects.toEqual(code('REQUESTS_NOT_SENT'));
    for (const { trust } of [pair.th, pair.la]) {
      const { article } = trust;
      if (article === undefined) throw new TypeError('no article');
      trust.article = { ...article, responseTimes: [{ responseClass: ResponseClass.URGENT, hours: 2 }] };
    }
    await releaseHeld(pair.th, id, LA);
    await delivered(id);
    await both(id, { answerByMs: (lifeAt(pair.th, id)?.createdMs ?? 0) + 2 * HOUR });
  });

  it('lets no answer that waited for a release go once its request is withdrawn or expired', async () => {
    for (const ends of ['withdrawn', 'expired']) {
      pair = await requestOffices({ la: holdAll('la') });
      const { id } = await pair.th.relay.requests.submit(requestInput());
      await delivered(id);
      const answer = await pair.la.relay.requests.answer(answerInput(id));
      expect(answer.recipients[0]?.outcome).toBe(Outcome.HELD);
      if (ends === 'withdrawn') await pair.th.relay.requests.step(stepInput(id, RequestAction.WITHDRAW));
      else pair.skip((lifeAt(pair.la, id)?.expiresMs ?? 0) - pair.la.clock.now() + 1);
      await both(id, { state: ends, open: false });
      await expect(releaseHeld(pair.la, answer.id, TH)).rejects.toMatchObject({
        code: ends === 'withdrawn' ? 'REQUESTS_CLOSED' : expect.stringMatching(/^(REQUESTS_CLOSED|RELAY_NOT_HELD)$/),
      });
      await pair.close();
    }
  });

  it('takes an answer for given when it was released: who lets it wait is late, by the figures of both', async () => {
    pair = await requestOffices({ la: holdAll('la') });
    const { id } = await pair.th.relay.requests.submit(requestInput());
    await delivered(id);
    const answer = await pair.la.relay.requests.answer(answerInput(id));
    pair.skip(9 * HOUR);
    await releaseHeld(pair.la, answer.id, TH);
    await both(id, { state: 'answered', overdue: true });
    const life = lifeAt(pair.th, id);
    expect(life?.answeredMs).toBeGreaterThan(life?.answerByMs ?? 0);
  });

  it('keeps exercises out of the figures', async () => {
    await asked({ drill: true });
    expect(pair.th.relay.requests.figures()).toEqual([]);
  });

  it('asks only for what it says', () => {
    expect(requestBody().questions).toHaveLength(1);
  });
});
