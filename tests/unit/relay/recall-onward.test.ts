import { afterEach, describe, expect, it } from 'vitest';
import type { EnvelopeId } from '../../../services/core/foundation/index.ts';
import { messageKey, stateOfCopy } from '../../../services/core/ledger/index.ts';
import type { RecallAnswerInput } from '../../../services/core/relay/index.ts';
import {
  Purpose,
  RecallAction,
  RecallGround,
  RecallOutcome,
  RetentionGround,
} from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { codeOf } from '../ledger/fixtures.ts';
import { LA, MM, TH } from '../trust/fixtures.ts';
import { type ThreeOffices, threeOffices } from './three-offices.ts';
import { ledgerFindings, submission, type TestRelay } from './two-offices.ts';

let at: ThreeOffices;
afterEach(() => at.close());

const SECRET = 'A headline that is to be gone from three offices';

const holdsSecret = ({ batches }: TestRelay): boolean =>
  [...batches.batches.values()].some(({ bytes }) => Buffer.from(bytes).includes(SECRET));

const forward = (id: EnvelopeId) =>
  at.th.relay.consents.forward({
    origin: LA,
    id,
    recipient: MM,
    purpose: Purpose.INVESTIGATION,
    reason: 'same gang',
    by: 'officer-2',
  });

async function delivered(test: TestRelay, id: EnvelopeId): Promise<void> {
  await eventually(() =>
    expect(test.projection.inbound.get(messageKey(LA, id))?.deliveredMs).toEqual(expect.any(Number)),
  );
}

/** Said by la to th, and by th passed on to mm. */
async function passedOn(): Promise<EnvelopeId> {
  at = await threeOffices();
  const { id } = await at.la.relay.submit(submission({ recipients: [TH], alert: { headline: SECRET } }));
  await delivered(at.th, id);
  const copy = await forward(id);
  await eventually(() => expect(stateOfCopy(copy)).toBe('delivered'));
  return id;
}

async function recall(id: EnvelopeId): Promise<EnvelopeId> {
  const ordered = await at.la.relay.recalls.recall({
    submittedBy: 'supervisor-1',
    id,
    action: RecallAction.DELETE,
    ground: RecallGround.SAFETY_OF_PERSON,
    answerByMs: null,
    text: '',
    textLanguage: '',
    idempotencyKey: '',
    submissionDigest: '0'.repeat(64) as never,
  });
  return ordered.id;
}

const answer = (test: TestRelay, id: EnvelopeId, more: Partial<RecallAnswerInput> = {}) =>
  test.relay.recalls.answer({
    answeredBy: 'supervisor-9',
    origin: LA,
    id,
    outcome: RecallOutcome.DONE,
    ground: RetentionGround.UNSPECIFIED,
    text: '',
    textLanguage: '',
    ...more,
  });

const holdersAt = (test: TestRelay, id: EnvelopeId) =>
  test.relay.recalls.find(id).holders.map(({ office, via, state }) => [office, via, state]);

describe('a recall of what was passed on', () => {
  it('reaches the third office, whose signed answer comes back through the second', async () => {
    const id = await passedOn();
    const ordered = await recall(id);
    await delivered(at.mm, ordered);
    expect(at.mm.projection.inbound.get(messageKey(LA, ordered))).toMatchObject({ origin: LA, from: TH });
    expect(holdersAt(at.th, ordered)).toEqual([
      [TH, LA, 'waiting'],
      [MM, MM, 'waiting'],
    ]);
    await answer(at.th, ordered);
    await eventually(() =>
      expect(holdersAt(at.la, ordered)).toEqual([
        [TH, TH, 'done'],
        [MM, TH, 'waiting'],
      ]),
    );
    await answer(at.mm, ordered, { outcome: RecallOutcome.PARTLY, ground: RetentionGround.COPIED_ELSEWHERE });
    await eventually(() =>
      expect(holdersAt(at.la, ordered)).toEqual([
        [TH, TH, 'done'],
        [MM, TH, 'partly'],
      ]),
    );
    expect(holdersAt(at.th, ordered)).toEqual([
      [TH, LA, 'done'],
      [MM, MM, 'partly'],
    ]);
    await eventually(() => expect(at.all.map(holdsSecret)).toEqual([false, false, false]));
    for (const test of at.all) {
      expect(await ledgerFindings(test)).toEqual([]);
      expect(test.bugs).toEqual([]);
    }
  });

  it('is complete where the third answers first, and through kills of all three', async () => {
    const id = await passedOn();
    const ordered = await recall(id);
    await at.kill(at.la);
    await at.kill(at.th);
    await delivered(at.mm, ordered);
    await answer(at.mm, ordered);
    await at.kill(at.mm);
    await at.kill(at.th);
    await eventually(() => expect(holdersAt(at.la, ordered)).toContainEqual([MM, TH, 'done']), { withinMs: 8000 });
    await answer(at.th, ordered);
    await eventually(
      () =>
        expect(holdersAt(at.la, ordered)).toEqual([
          [TH, TH, 'done'],
          [MM, TH, 'done'],
        ]),
      { withinMs: 8000 },
    );
    await eventually(() => expect(at.all.map(holdsSecret)).toEqual([false, false, false]));
    expect(at.th.projection.added.of(messageKey(LA, ordered))).toHaveLength(1);
  });

  it('keeps what had not gone on from going on, and nothing goes on afterwards', async () => {
    at = await threeOffices();
    const { id } = await at.la.relay.submit(submission({ recipients: [TH], alert: { headline: SECRET } }));
    await delivered(at.th, id);
    const ordered = await recall(id);
    await delivered(at.th, ordered);
    expect(await codeOf(forward(id))).toBe('CONSENTS_MESSAGE_ENDED');
    await answer(at.th, ordered);
    expect(at.mm.projection.inbound.size).toBe(0);
    await eventually(() => expect(holdersAt(at.la, ordered)).toEqual([[TH, TH, 'done']]));
  });

  it('is not answered as done while the copy that went on may have to be sent again', async () => {
    at = await threeOffices();
    const { id } = await at.la.relay.submit(submission({ recipients: [TH], alert: { headline: SECRET } }));
    await delivered(at.th, id);
    at.lines.thToMm.up = false;
    const copy = await forward(id);
    await eventually(() => expect(copy.framedMs).not.toBeNull());
    const ordered = await recall(id);
    await delivered(at.th, ordered);
    expect(await codeOf(answer(at.th, ordered))).toBe('RECALL_COPY_UNDER_WAY');
    expect(holdsSecret(at.th)).toBe(true);
    at.lines.thToMm.up = true;
    at.th.relay.linkChanged(MM, true);
    await eventually(async () => expect(await codeOf(answer(at.th, ordered))).toBe('resolved'));
    expect(holdsSecret(at.th)).toBe(false);
  });
});
