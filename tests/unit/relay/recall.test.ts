import { afterEach, describe, expect, it } from 'vitest';
import type { EnvelopeId } from '../../../services/core/foundation/index.ts';
import { messageKey, stateOfCopy } from '../../../services/core/ledger/index.ts';
import type { RecallAnswerInput, RecallInput, RecallView } from '../../../services/core/relay/index.ts';
import {
  ErasureCause,
  MessageKind,
  Outcome,
  Precedence,
  RecallAction,
  RecallGround,
  RecallOutcome,
  ReceiptKind,
  RetentionGround,
} from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { codeOf } from '../ledger/fixtures.ts';
import { bundleOf, permitAll } from '../policy/fixtures.ts';
import { LA, TH } from '../trust/fixtures.ts';
import { exercises } from './test-bundles.ts';
import {
  arrivalAt,
  codesOf,
  copyAt,
  ledgerFindings,
  submission,
  type TestRelay,
  type TwoOffices,
  type TwoOfficesOptions,
  twoOffices,
} from './two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

async function scene(options: TwoOfficesOptions = {}): Promise<TwoOffices> {
  offices = await twoOffices(options);
  return offices;
}

const SECRET = 'Stolen pickup with a secret in it';

function recall(id: EnvelopeId, more: Partial<RecallInput> = {}): RecallInput {
  return {
    submittedBy: 'supervisor-1',
    id,
    action: RecallAction.DELETE,
    ground: RecallGround.INCORRECT,
    answerByMs: null,
    text: '',
    textLanguage: '',
    idempotencyKey: '',
    submissionDigest: '0'.repeat(64) as RecallInput['submissionDigest'],
    ...more,
  };
}

const DONE: Omit<RecallAnswerInput, 'answeredBy' | 'origin' | 'id'> = {
  outcome: RecallOutcome.DONE,
  ground: RetentionGround.UNSPECIFIED,
  text: '',
  textLanguage: '',
};
const answered = (at: TwoOffices, id: EnvelopeId, more: Partial<RecallAnswerInput> = {}) =>
  at.la.relay.recalls.answer({ answeredBy: 'supervisor-2', origin: TH, id, ...DONE, ...more });

/** Delivered to la, and both know it. */
async function delivered(at: TwoOffices, more: Parameters<typeof submission>[0] = {}): Promise<EnvelopeId> {
  const { id } = await at.th.relay.submit(submission({ alert: { headline: SECRET }, ...more }));
  await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
  return id;
}

/** Recalled by th, and la knows it. */
async function recalled(at: TwoOffices, id: EnvelopeId, more: Partial<RecallInput> = {}): Promise<EnvelopeId> {
  const result = await at.th.relay.recalls.recall(recall(id, more));
  await eventually(() => expect(arrivalAt(at, result.id)?.deliveredMs).toEqual(expect.any(Number)));
  return result.id;
}

const holdsSecret = ({ batches }: TestRelay): boolean =>
  [...batches.batches.values()].some(({ bytes }) => Buffer.from(bytes).includes(SECRET));
const viewAt = ({ relay }: TestRelay, id: EnvelopeId): RecallView => relay.recalls.find(id);

describe('RecallDesk.recall', () => {
  it('goes to whoever has a copy, no later than immediate, and takes the own body too', async () => {
    const at = await scene();
    const id = await delivered(at);
    expect(holdsSecret(at.th)).toBe(true);
    const ordered = await recalled(at, id);
    expect(at.th.projection.outbound.get(messageKey(TH, ordered))).toMatchObject({
      kind: MessageKind.RECALL,
      precedence: Precedence.IMMEDIATE,
    });
    await eventually(() => expect(holdsSecret(at.th)).toBe(false));
    expect(at.th.projection.outbound.get(messageKey(TH, id))?.erased).toMatchObject({ cause: ErasureCause.RECALL });
    expect(await codeOf(at.th.relay.read(TH, id))).toBe('RELAY_CONTENT_ERASED');
    expect(viewAt(at.th, ordered).holders).toMatchObject([{ office: LA, state: 'waiting', copy: 'delivered' }]);
    expect(viewAt(at.la, ordered).holders).toMatchObject([{ office: LA, state: 'waiting' }]);
  });

  it('keeps the precedence of a flash', async () => {
    const at = await scene();
    const id = await delivered(at, { precedence: Precedence.FLASH });
    const ordered = await recalled(at, id);
    expect(at.la.projection.inbound.get(messageKey(TH, ordered))?.precedence).toBe(Precedence.FLASH);
  });

  it('keeps the own body where others are to restrict theirs', async () => {
    const at = await scene();
    const id = await delivered(at);
    await recalled(at, id, { action: RecallAction.RESTRICT });
    await at.th.relay.recalls.sweep();
    expect(holdsSecret(at.th)).toBe(true);
    expect(await at.th.relay.read(TH, id)).toMatchObject({ body: { headline: SECRET } });
  });

  it('keeps from leaving what had not left', async () => {
    const at = await scene();
    at.thToLa.up = false;
    // Two frames take the line; what comes after them waits without a frame.
    const before: EnvelopeId[] = [];
    for (let frame = 0; frame < 2; frame++) {
      const { id } = await at.th.relay.submit(submission());
      before.push(id);
      await eventually(() => expect(copyAt(at, id).framedMs).not.toBeNull());
    }
    const { id } = await at.th.relay.submit(submission({ alert: { headline: SECRET } }));
    expect(copyAt(at, id).framedMs).toBeNull();
    const { id: ordered, recipients } = await at.th.relay.recalls.recall(recall(id));
    expect(recipients).toEqual([]);
    expect(copyAt(at, id).receipts).toMatchObject([{ kind: ReceiptKind.NON_DELIVERY, reason: 'RECALLED', issuer: TH }]);
    expect(holdsSecret(at.th)).toBe(false);
    expect(viewAt(at.th, ordered).holders).toEqual([]);
    at.thToLa.up = true;
    at.th.relay.linkChanged(LA, true);
    await eventually(() => expect(before.map((each) => arrivalAt(at, each)?.origin)).toEqual(before.map(() => TH)));
    expect(arrivalAt(at, id)).toBeUndefined();
    expect(await ledgerFindings(at.th)).toEqual([]);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('ends what is held, so that nobody releases it any more', async () => {
    const at = await scene({ th: exercises('th', 'releaseUnattended') });
    const { id, recipients } = await at.th.relay.submit(submission({ drill: true }));
    expect(recipients.map(({ outcome }) => outcome)).toEqual([Outcome.HELD]);
    await at.th.relay.recalls.recall(recall(id));
    expect(stateOfCopy(copyAt(at, id))).toBe('rejected');
    expect(copyAt(at, id).hold).toMatchObject({ by: 'supervisor-1', reason: 'RECALLED' });
  });

  it('is for the originator alone, once for each action, and not for recalls', async () => {
    const at = await scene();
    const id = await delivered(at);
    expect(await codeOf(at.la.relay.recalls.recall(recall(id)))).toBe('RECALL_NOT_ORIGINATOR');
    expect(await codeOf(at.la.relay.recalls.recall(recall('01900000-0000-7000-8000-000000000000' as EnvelopeId)))).toBe(
      'RELAY_MESSAGE_UNKNOWN',
    );
    const first = await recalled(at, id, { action: RecallAction.RESTRICT });
    expect(await codeOf(at.th.relay.recalls.recall(recall(first)))).toBe('RECALL_KIND_UNFIT');
    expect(await codeOf(at.th.relay.recalls.recall(recall(id, { action: RecallAction.RESTRICT })))).toBe(
      'RECALL_REPEATED',
    );
    const both = await Promise.allSettled([1, 2].map(() => at.th.relay.recalls.recall(recall(id))));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await codeOf(at.th.relay.recalls.recall(recall(id, { action: RecallAction.RESTRICT })))).toBe(
      'RECALL_REPEATED',
    );
  });

  it('answers a repetition under its key as the first time', async () => {
    const at = await scene();
    const id = await delivered(at);
    const first = await at.th.relay.recalls.recall(recall(id, { idempotencyKey: 'once' }));
    const second = await at.th.relay.recalls.recall(recall(id, { idempotencyKey: 'once' }));
    expect(second).toMatchObject({ id: first.id, repeated: true });
  });

  it('takes no time to answer by that is over or too far', async () => {
    const at = await scene();
    const id = await delivered(at);
    for (const answerByMs of [at.th.clock.now() - 1, at.th.clock.now() + 31 * 86_400_000])
      expect(await codeOf(at.th.relay.recalls.recall(recall(id, { answerByMs: answerByMs as never })))).toBe(
        'RECALL_ANSWER_BY_INVALID',
      );
  });
});

describe('RecallDesk.answer', () => {
  it('erases the body in the same step, and the originator sees who did', async () => {
    const at = await scene();
    const id = await delivered(at);
    const ordered = await recalled(at, id);
    expect(holdsSecret(at.la)).toBe(true);
    await answered(at, ordered);
    expect(holdsSecret(at.la)).toBe(false);
    expect(await codeOf(at.la.relay.read(TH, id))).toBe('RELAY_CONTENT_ERASED');
    await eventually(() =>
      expect(viewAt(at.th, ordered).holders).toMatchObject([
        { office: LA, state: 'done', answer: { outcome: RecallOutcome.DONE } },
      ]),
    );
    expect(viewAt(at.la, ordered).holders).toMatchObject([{ office: LA, state: 'done' }]);
    expect(await ledgerFindings(at.th)).toEqual([]);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('erases what could be erased where a part of it is elsewhere', async () => {
    const at = await scene();
    const ordered = await recalled(at, await delivered(at));
    await answered(at, ordered, { outcome: RecallOutcome.PARTLY, ground: RetentionGround.COPIED_ELSEWHERE });
    expect(holdsSecret(at.la)).toBe(false);
    await eventually(() => expect(viewAt(at.th, ordered).holders).toMatchObject([{ state: 'partly' }]));
  });

  it('keeps what the law of the holder obliges it to keep', async () => {
    const at = await scene();
    const id = await delivered(at);
    const ordered = await recalled(at, id);
    await answered(at, ordered, { outcome: RecallOutcome.REFUSED, ground: RetentionGround.COURT_EVIDENCE });
    expect(await at.la.relay.read(TH, id)).toMatchObject({ body: { headline: SECRET } });
    await eventually(() =>
      expect(viewAt(at.th, ordered).holders).toMatchObject([
        { state: 'refused', answer: { ground: RetentionGround.COURT_EVIDENCE } },
      ]),
    );
  });

  it('erases nothing for a restriction', async () => {
    const at = await scene();
    const ordered = await recalled(at, await delivered(at), { action: RecallAction.RESTRICT });
    await answered(at, ordered);
    expect(holdsSecret(at.la)).toBe(true);
  });

  it('comes once, with a ground unless all was done, and only to a received recall', async () => {
    const at = await scene();
    const ordered = await recalled(at, await delivered(at));
    expect(await codeOf(answered(at, ordered, { outcome: RecallOutcome.REFUSED }))).toBe('RECALL_GROUND_UNFIT');
    expect(await codeOf(answered(at, ordered, { ground: RetentionGround.COURT_EVIDENCE }))).toBe('RECALL_GROUND_UNFIT');
    expect(await codeOf(answered(at, '01900000-0000-7000-8000-000000000000' as EnvelopeId))).toBe('RECALL_UNKNOWN');
    expect(await codeOf(at.th.relay.recalls.answer({ answeredBy: 'x', origin: TH, id: ordered, ...DONE }))).toBe(
      'RECALL_NOT_RECEIVED',
    );
    const both = await Promise.allSettled([answered(at, ordered), answered(at, ordered)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await codeOf(answered(at, ordered))).toBe('RECALL_ANSWERED');
  });

  it('leaves no byte when it is killed between the record and the disk', async () => {
    const at = await scene();
    const id = await delivered(at);
    const ordered = await recalled(at, id);
    at.la.batches.failReplaces(true);
    await answered(at, ordered);
    expect(at.la.projection.inbound.get(messageKey(TH, id))?.erased).not.toBeNull();
    expect(holdsSecret(at.la)).toBe(true);
    expect(await codeOf(at.la.relay.read(TH, id))).toBe('RELAY_CONTENT_ERASED');
    expect(codesOf(at.la, 'alarm')).toContain('LEDGER_CONTENT_NOT_ERASED');
    at.la.batches.failReplaces(false);
    await at.kill(at.la);
    await eventually(() => expect(holdsSecret(at.la)).toBe(false));
  });

  it('leaves no byte where the disk takes the erasure only later', async () => {
    const at = await scene();
    const id = await delivered(at);
    const ordered = await recalled(at, id);
    at.la.batches.failReplaces(true);
    await answered(at, ordered);
    at.la.batches.failReplaces(false);
    expect(holdsSecret(at.la)).toBe(true);
    at.la.clock.skip(10_000);
    await at.la.relay.recalls.sweep();
    expect(holdsSecret(at.la)).toBe(false);
    expect(at.la.seen.filter(({ event }) => event === 'erased').map(({ facts }) => facts)).toEqual([
      { origin: TH, id },
    ]);
  });

  it('is overdue where nobody gives it', async () => {
    const at = await scene();
    const id = await delivered(at);
    const ordered = await recalled(at, id, { answerByMs: (at.th.clock.now() + 60_000) as never });
    at.skip(60_001);
    expect(viewAt(at.th, ordered).holders).toMatchObject([{ state: 'overdue' }]);
    expect(viewAt(at.la, ordered).holders).toMatchObject([{ state: 'overdue' }]);
    await answered(at, ordered);
    await eventually(() => expect(viewAt(at.th, ordered).holders).toMatchObject([{ state: 'done' }]));
  });
});

/** A law that holds every alert that comes in. */
const holdsAlerts = bundleOf(
  'la',
  1,
  permitAll('la'),
  '@id("la.alerts") @reason("For a test.") forbid (principal, action == Action::"admitUnattended", resource) when { context.message.kind == MessageKind::"alert" };',
);

describe('a message that was called back', () => {
  it('leaves the hold queue of the office that it came to', async () => {
    const at = await scene({ la: holdsAlerts });
    const { id } = await at.th.relay.submit(submission({ alert: { headline: SECRET } }));
    await eventually(() => expect(arrivalAt(at, id)?.decision.outcome).toBe(Outcome.HELD));
    const ordered = await recalled(at, id);
    await eventually(() => expect(arrivalAt(at, id)?.hold).toMatchObject({ reason: 'RECALLED', by: '' }));
    expect(holdsSecret(at.la)).toBe(true);
    await answered(at, ordered);
    expect(holdsSecret(at.la)).toBe(false);
  });

  it('is not retrieved any more', async () => {
    const at = await scene();
    const id = await delivered(at);
    await recalled(at, id);
    expect(await codeOf(at.la.relay.retrieve(TH, id, 'officer-2'))).toBe('RECALL_RECALLED');
  });

  it('does not come in where it comes after its recall, and the node answers by itself', async () => {
    const at = await scene();
    at.thToLa.decide = (precedence) => (precedence === 'routine' ? 'refuse' : 'pass');
    const { id } = await at.th.relay.submit(submission({ alert: { headline: SECRET } }));
    await eventually(() => expect(copyAt(at, id).framedMs).not.toBeNull());
    const { id: ordered } = await at.th.relay.recalls.recall(recall(id));
    await eventually(() => expect(viewAt(at.th, ordered).holders).toMatchObject([{ office: LA, state: 'done' }]));
    expect(holdsSecret(at.th)).toBe(true);
    at.thToLa.decide = () => 'pass';
    at.th.relay.linkChanged(LA, true);
    await eventually(() =>
      expect(copyAt(at, id).receipts).toMatchObject([
        { kind: ReceiptKind.RELAY_FAILURE, reason: 'RECALL_RECALLED_ALREADY' },
      ]),
    );
    expect(arrivalAt(at, id)).toBeUndefined();
    await eventually(() => expect(holdsSecret(at.th)).toBe(false));
    expect(holdsSecret(at.la)).toBe(false);
  });
});
