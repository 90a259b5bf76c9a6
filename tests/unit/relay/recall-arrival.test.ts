import { afterEach, describe, expect, it } from 'vitest';
import { type EnvelopeId, fromHex } from '../../../services/core/foundation/index.ts';
import { messageKey } from '../../../services/core/ledger/index.ts';
import {
  MessageKind,
  type MessageRef,
  Precedence,
  RecallAction,
  RecallGround,
  RecallOutcome,
  ReceiptKind,
} from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { LA, TH } from '../trust/fixtures.ts';
import { copyAt, submission, type TestRelay, type TwoOffices, twoOffices } from './two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

async function scene(): Promise<TwoOffices> {
  offices = await twoOffices();
  return offices;
}

const NOBODYS = '01900000-0000-7000-8000-000000000000' as EnvelopeId;

function refTo({ projection, office }: TestRelay, id: EnvelopeId): MessageRef {
  const digest = projection.outbound.get(messageKey(office, id))?.envelopeDigest ?? '';
  return { origin: office, id, digest: fromHex(digest) };
}

const recallOf = (target: MessageRef | null) => ({
  terms: {
    target,
    action: RecallAction.DELETE,
    ground: RecallGround.INCORRECT,
    answerBy: { seconds: 2_000_000_000, nanos: 0 },
  },
  crimeArea: 11,
  text: '',
  textLanguage: '',
});

const answerTo = (target: MessageRef | null, recalled: MessageRef | null) => ({
  terms: { target, recalled, outcome: RecallOutcome.DONE, ground: 0, passedOn: [] },
  crimeArea: 11,
  text: '',
  textLanguage: '',
});

/** What th says to la, past its own desks, as a tampered office would. */
async function said(at: TwoOffices, kind: MessageKind, body: unknown): Promise<EnvelopeId> {
  const { id } = await at.th.relay.submit(submission({ kind, body, precedence: Precedence.IMMEDIATE }));
  await eventually(() => expect(copyAt(at, id).receipts).not.toEqual([]));
  return id;
}

/** The code under which la refused what th said. */
async function refusal(at: TwoOffices, kind: MessageKind, body: unknown): Promise<string | undefined> {
  const id = await said(at, kind, body);
  const [receipt] = copyAt(at, id).receipts;
  return receipt?.kind === ReceiptKind.RELAY_FAILURE ? receipt.reason : undefined;
}

describe('assertRecallInPlace', () => {
  it('takes a recall from the originator of what it names alone', async () => {
    const at = await scene();
    const { id } = await at.la.relay.submit(submission({ recipients: [TH] }));
    expect(await refusal(at, MessageKind.RECALL, recallOf(refTo(at.la, id)))).toBe('RECALL_NOT_ORIGINATOR');
    expect(at.la.relay.recalls.list()).toEqual([]);
  });

  it('takes no recall that names nothing, or another envelope than the one that is here', async () => {
    const at = await scene();
    const id = await said(at, MessageKind.ALERT, submission().body);
    const digest = new Uint8Array(32).fill(7);
    expect(await refusal(at, MessageKind.RECALL, recallOf(null))).toBe('RECALL_NOT_ORIGINATOR');
    expect(await refusal(at, MessageKind.RECALL, recallOf({ origin: TH, id, digest }))).toBe('RECALL_NOT_ORIGINATOR');
    expect(await refusal(at, MessageKind.RECALL, recallOf({ origin: TH, id, digest: new Uint8Array(4) }))).toBe(
      'RECALL_NOT_ORIGINATOR',
    );
    expect(await at.la.relay.read(TH, id)).toMatchObject({ kind: MessageKind.ALERT });
  });

  it('takes no recall of a recall', async () => {
    const at = await scene();
    const id = await said(at, MessageKind.ALERT, submission().body);
    const recall = await said(at, MessageKind.RECALL, recallOf(refTo(at.th, id)));
    expect(await refusal(at, MessageKind.RECALL, recallOf(refTo(at.th, recall)))).toBe('RECALL_KIND_UNFIT');
  });

  it('takes a recall of what is not here, since it may come later', async () => {
    const at = await scene();
    const target = { origin: TH, id: NOBODYS, digest: new Uint8Array(32).fill(7) };
    expect(await refusal(at, MessageKind.RECALL, recallOf(target))).toBeUndefined();
    await eventually(() => expect(at.la.relay.recalls.list()[0]?.holders).toMatchObject([{ state: 'done' }]));
  });
});

describe('assertRecallAnswerInPlace', () => {
  /** A message of la that it recalled from th. */
  async function recalledByLa(at: TwoOffices): Promise<{ readonly message: MessageRef; readonly recall: MessageRef }> {
    const { id } = await at.la.relay.submit(submission({ recipients: [TH] }));
    await eventually(() => expect(at.th.projection.inbound.has(messageKey(LA, id))).toBe(true));
    return await recalling(at, id);
  }

  const wrong = 'RECALL_ANSWER_MISPLACED';

  it('takes one answer to a recall, that names it and what was recalled', async () => {
    const at = await scene();
    const { message, recall } = await recalledByLa(at);
    const other = { ...message, digest: new Uint8Array(32).fill(7) };
    expect(await refusal(at, MessageKind.RECALL_ANSWER, answerTo(null, message))).toBe(wrong);
    expect(await refusal(at, MessageKind.RECALL_ANSWER, answerTo({ ...recall, id: NOBODYS }, message))).toBe(wrong);
    expect(await refusal(at, MessageKind.RECALL_ANSWER, answerTo({ ...recall, digest: other.digest }, message))).toBe(
      wrong,
    );
    expect(await refusal(at, MessageKind.RECALL_ANSWER, answerTo(recall, other))).toBe(wrong);
    expect(await refusal(at, MessageKind.RECALL_ANSWER, answerTo(recall, null))).toBe(wrong);
    expect(await refusal(at, MessageKind.RECALL_ANSWER, answerTo(recall, message))).toBeUndefined();
    expect(await refusal(at, MessageKind.RECALL_ANSWER, answerTo(recall, message))).toBe(wrong);
    expect(at.la.relay.recalls.find(recall.id as EnvelopeId).holders).toMatchObject([{ office: TH, state: 'done' }]);
  });

  it('takes none from an office that the recall was not sent to', async () => {
    const at = await scene();
    at.thToLa.up = false;
    at.laToTh.up = false;
    const { id } = await at.la.relay.submit(submission({ recipients: [] }));
    const { recall, message } = await recalling(at, id);
    at.thToLa.up = true;
    at.laToTh.up = true;
    expect(await refusal(at, MessageKind.RECALL_ANSWER, answerTo(recall, message))).toBe(wrong);
  });

  async function recalling(at: TwoOffices, id: EnvelopeId) {
    const ordered = await at.la.relay.recalls.recall({
      submittedBy: 'supervisor-2',
      id,
      action: RecallAction.DELETE,
      ground: RecallGround.UNLAWFUL,
      answerByMs: null,
      text: '',
      textLanguage: '',
      idempotencyKey: '',
      submissionDigest: '0'.repeat(64) as never,
    });
    return { recall: refTo(at.la, ordered.id), message: refTo(at.la, id) };
  }
});
