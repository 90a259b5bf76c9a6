import { describe, expect, it } from 'vitest';
import { digestOf, type EnvelopeId, type EpochMs, utf8 } from '../../../services/core/foundation/index.ts';
import type { OutboundCopy, OutboundMessage } from '../../../services/core/ledger/index.ts';
import { RelayError } from '../../../services/core/relay/index.ts';
import { sendRecall } from '../../../services/core/relay/recall/send-recall.ts';
import { MessageKind, Outcome, Precedence, RecallAction, RecallGround } from '../../../services/core/wire/index.ts';
import { codeOf } from '../ledger/fixtures.ts';
import { LA, TH } from '../trust/fixtures.ts';

const ID = '01900000-0000-7000-8000-000000000001' as EnvelopeId;

/** A held copy that somebody releases while the recall of its message is being signed: `released` says how far it came. */
function scene(released: (copy: OutboundCopy) => void) {
  const copy = {
    to: LA,
    decision: { outcome: Outcome.HELD },
    hold: null,
    crossing: null,
    framedMs: null,
    releasedMs: null,
    receipts: [],
  } as unknown as OutboundCopy;
  const message = {
    direction: 'outbound',
    origin: TH,
    id: ID,
    kind: MessageKind.ALERT,
    precedence: Precedence.ROUTINE,
    envelopeDigest: digestOf(utf8('envelope')),
    erased: null,
    content: {},
    copies: new Map([[LA, copy]]),
  } as unknown as OutboundMessage;
  const projection = { outbound: new Map([[`${TH}/${ID}`, message]]), about: () => [], added: { of: () => [] } };
  const context = {
    self: TH,
    projection,
    clock: { now: () => 1_000_000 as EpochMs },
    settings: { maxExpiryMs: 30 * 86_400_000 },
    content: { get: async () => undefined },
    neighbours: [],
  } as unknown as Parameters<typeof sendRecall>[0];
  const holds = { recall: () => Promise.reject(new RelayError('RELAY_NOT_HELD')) } as unknown as Parameters<
    typeof sendRecall
  >[2];
  const submitted: unknown[] = [];
  const messages = {
    submit: async (input: unknown, rules: { readonly guard: (at: number) => void }) => {
      released(copy);
      rules.guard(1_000_000);
      submitted.push(input);
      return { id: ID };
    },
  } as unknown as Parameters<typeof sendRecall>[1];
  const recall = () =>
    sendRecall(context, messages, holds, {
      submittedBy: 'supervisor-1',
      id: ID,
      action: RecallAction.DELETE,
      ground: RecallGround.INCORRECT,
      answerByMs: null,
      text: '',
      textLanguage: '',
      idempotencyKey: '',
      submissionDigest: digestOf(utf8('')),
    });
  return { recall, submitted };
}

describe('sendRecall', () => {
  it.each([
    ['stands on its lane', { crossing: { digest: new Uint8Array(32) }, releasedMs: 1, hold: {} }],
    ['is in a frame', { crossing: { digest: new Uint8Array(32) }, releasedMs: 1, hold: {}, framedMs: 2 }],
  ])('leaves out nobody whose copy was released meanwhile and %s', async (_, state) => {
    const { recall, submitted } = scene((copy) => void Object.assign(copy, state));
    expect(await codeOf(recall())).toBe('RECALL_HOLDERS_CHANGED');
    expect(submitted).toEqual([]);
  });

  it('goes to nobody where nothing has left or will', async () => {
    const { recall, submitted } = scene((copy) => void Object.assign(copy, { hold: {} }));
    await recall();
    expect(submitted).toMatchObject([{ recipients: [], kind: MessageKind.RECALL, precedence: Precedence.IMMEDIATE }]);
  });
});
