import { afterEach, describe, expect, it } from 'vitest';
import { type EnvelopeId, fromHex } from '../../../services/core/foundation/index.ts';
import { messageKey } from '../../../services/core/ledger/index.ts';
import {
  AnswerOutcome,
  answerCodec,
  CrimeArea,
  type Init,
  MessageKind,
  ReceiptKind,
  RefusalGround,
  RequestAction,
  type RequestStep,
  ResponseClass,
  requestStepCodec,
} from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { LA, TH } from '../trust/fixtures.ts';
import { lifeAt, requestBody, requestInput, requestOffices, shared } from './request-fixtures.ts';
import { codesOf, submission, type TestRelay, type TwoOffices } from './two-offices.ts';

// Every message here comes from an office whose own desk lets anything out.
let pair: TwoOffices;
let request: EnvelopeId;
afterEach(async () => {
  await pair?.close();
});

async function asked(): Promise<void> {
  pair = await requestOffices();
  request = (await pair.th.relay.requests.submit(requestInput())).id;
  await eventually(() => expect(lifeAt(pair.th, request)).toMatchObject({ delivered: true }));
}

const digest = () => fromHex(pair.th.projection.outbound.get(messageKey(TH, request))?.envelopeDigest ?? ('' as never));

function step(
  action: RequestAction,
  more: Init<NonNullable<RequestStep['terms']>> = {},
): { readonly kind: MessageKind; readonly body: unknown } {
  const terms = { target: { origin: TH, id: request, digest: digest() }, action, assignee: 'desk', ...more };
  const body = requestStepCodec.decode(requestStepCodec.encode({ terms, crimeArea: CrimeArea.DRUGS }));
  return { kind: MessageKind.REQUEST_STEP, body };
}

function answer(
  results: readonly { question: number; outcome: AnswerOutcome }[],
  target: object = {},
): { readonly kind: MessageKind; readonly body: unknown } {
  const terms = { target: { origin: TH, id: request, digest: digest(), ...target }, results: [...results] };
  return { kind: MessageKind.ANSWER, body: answerCodec.decode(answerCodec.encode({ terms, crimeArea: 1 })) };
}

/** Says it past the desk; the other office refuses it with that code, and it changes no life. */
async function refusedAs(
  from: TestRelay,
  message: { readonly kind: MessageKind; readonly body: unknown },
  code: string,
  more: Parameters<typeof submission>[0] = {},
): Promise<void> {
  const [to, other] = from === pair.th ? ([LA, pair.la] as const) : ([TH, pair.th] as const);
  const { id } = await from.relay.submit(submission({ recipients: [to], ...message, ...more }));
  await eventually(() => expect(codesOf(other, 'failedCrossing')).toEqual([code]));
  await eventually(() => {
    const receipts = from.projection.outbound.get(messageKey(from.office, id))?.copies.get(to)?.receipts;
    expect(receipts).toMatchObject([{ kind: ReceiptKind.RELAY_FAILURE, reason: code }]);
  });
  const now = pair.th.clock.now();
  expect(lifeAt(other, request, now)?.facts).toEqual([]);
  expect(shared(lifeAt(from, request, now))).toEqual(shared(lifeAt(other, request, now)));
}

const answered = { question: 1, outcome: AnswerOutcome.ANSWERED };

describe('assertStepInPlace', () => {
  it.each([
    [
      'an acknowledgement without an assignee',
      RequestAction.ACKNOWLEDGE,
      { assignee: '' },
      'REQUESTS_ASSIGNEE_MISSING',
    ],
    ['a refusal without a ground', RequestAction.REFUSE, {}, 'REQUESTS_GROUND_MISSING'],
    ['a withdrawal by the office that was asked', RequestAction.WITHDRAW, {}, 'REQUESTS_NOT_OURS'],
    ['a notice by the office that was asked', RequestAction.OVERDUE, {}, 'REQUESTS_NOT_OURS'],
  ])('refuses %s', async (_, action, terms, code) => {
    await asked();
    await refusedAs(pair.la, step(action, terms), code);
  });

  it.each([
    ['a refusal by the office that asks', RequestAction.REFUSE, { ground: RefusalGround.MINOR_OFFENCE }],
    ['an acknowledgement by the office that asks', RequestAction.ACKNOWLEDGE, {}],
  ])('refuses %s', async (_, action, terms) => {
    await asked();
    await refusedAs(pair.th, step(action, terms), 'REQUESTS_NOT_OURS');
  });

  it('refuses a notice that it is overdue before it is', async () => {
    await asked();
    await refusedAs(pair.th, step(RequestAction.OVERDUE), 'REQUESTS_DEADLINE_INVALID');
  });

  it('refuses a step about a request of another text', async () => {
    await asked();
    const target = { origin: TH, id: request, digest: new Uint8Array(32) };
    await refusedAs(pair.la, step(RequestAction.ACKNOWLEDGE, { target }), 'REQUESTS_UNKNOWN');
  });

  it('refuses a step about what is no request', async () => {
    await asked();
    const { id, envelopeDigest } = await pair.th.relay.submit(submission());
    const target = { origin: TH, id, digest: fromHex(envelopeDigest) };
    await refusedAs(pair.la, step(RequestAction.ACKNOWLEDGE, { target }), 'REQUESTS_UNKNOWN');
  });

  it.each([
    [999, 'delivered'],
    [1_000, 'REQUESTS_TOO_MUCH_SAID'],
  ])('after %i others is %s', async (count, expected) => {
    await asked();
    const message = pair.la.projection.inbound.get(messageKey(TH, request));
    Object.assign(pair.la.projection, { about: () => Array(count).fill(message) });
    const { id } = await pair.th.relay.submit(submission({ recipients: [LA], ...step(RequestAction.CLARIFY) }));
    await eventually(() => {
      const delivered = (pair.la.projection.inbound.get(messageKey(TH, id))?.deliveredMs ?? null) !== null;
      expect(delivered ? 'delivered' : codesOf(pair.la, 'failedCrossing')[0]).toBe(expected);
    });
  });
});

describe('assertAnswerInPlace', () => {
  it.each([
    ['a question that was not asked', [{ ...answered, question: 2 }], 'REQUESTS_QUESTION_INVALID'],
    ['a question twice', [answered, answered], 'REQUESTS_QUESTION_INVALID'],
    [
      'what is withheld without a ground',
      [{ ...answered, outcome: AnswerOutcome.WITHHELD }],
      'REQUESTS_GROUND_MISSING',
    ],
  ])('refuses an answer to %s', async (_, results, code) => {
    await asked();
    await refusedAs(pair.la, answer(results), code);
  });

  it('refuses an answer of the office that asks', async () => {
    await asked();
    await refusedAs(pair.th, answer([answered]), 'REQUESTS_NOT_OURS');
  });

  it('refuses an answer to a request that this office never sent to the one that answers', async () => {
    await asked();
    pair.th.trust.article = undefined;
    const { id, envelopeDigest } = await pair.th.relay.requests.submit(requestInput());
    const target = { id, digest: fromHex(envelopeDigest) };
    await refusedAs(pair.la, answer([answered], target), 'REQUESTS_NOT_OURS');
  });
});

describe('assertRequestInPlace', () => {
  const HOUR = 3_600_000;
  const body = (terms: object) => ({
    kind: MessageKind.REQUEST,
    body: requestBody({ terms: { responseClass: ResponseClass.URGENT, questions: 1, ...terms } }),
  });

  it('refuses a request that miscounts its questions', async () => {
    await asked();
    await refusedAs(pair.th, body({ questions: 2 }), 'REQUESTS_QUESTION_INVALID');
  });

  it('refuses a request that expires before its time limit, or whose time limit had passed', async () => {
    await asked();
    const now = pair.th.clock.now();
    const soon = { expiresMs: (now + HOUR) as typeof now };
    await refusedAs(pair.th, body({}), 'REQUESTS_DEADLINE_INVALID', soon);
    pair.la.seen.length = 0;
    const answerBy = { seconds: Math.floor(now / 1000) - 60, nanos: 0 };
    await refusedAs(pair.th, body({ answerBy }), 'REQUESTS_DEADLINE_INVALID');
  });
});
