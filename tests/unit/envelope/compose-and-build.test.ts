import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildCrossing,
  composeMessage,
  keepOwnMessage,
  laneOf,
  type MessageDraft,
  readOwnMessage,
  repackCrossing,
  type SignedMessage,
  signMessages,
} from '../../../services/core/envelope/index.ts';
import { type EpochMs, sha256, toHex } from '../../../services/core/foundation/index.ts';
import { headCache } from '../../../services/core/trust/index.ts';
import {
  crossingCodec,
  crossingItemCodec,
  DataCategory,
  envelopeCodec,
  HandlingCode,
  joinParts,
  Lane,
  MessageKind,
  Outcome,
  ownMessageCodec,
  Precedence,
  type Purpose,
} from '../../../services/core/wire/index.ts';
import { LA, NOW, seededRandom, TH } from '../trust/fixtures.ts';
import { alertBody, decided, draft, keyOf, la, laneFor, signedMessage, th } from './fixtures.ts';

const random = seededRandom('compose');
const code = (value: string, context: object = {}) =>
  expect.objectContaining({ code: value, context: expect.objectContaining(context) });

describe('composeMessage', () => {
  it('splits the body into salted parts that its envelope names by digest and category', () => {
    const message = composeMessage(draft(), random);
    const envelope = envelopeCodec.decode(message.envelopeBytes);
    expect(envelope.parts.map(({ digest }) => toHex(digest))).toEqual(
      message.parts.map(({ bytes }) => toHex(sha256(bytes))),
    );
    expect(envelope.parts.map(({ category }) => category)).toEqual(message.parts.map(({ category }) => category));
    expect(message.envelopeDigest).toBe(toHex(sha256(message.envelopeBytes)));
    expect(joinParts(MessageKind.ALERT, message.parts)).toMatchObject({ narrative: alertBody()['narrative'] });
  });

  it('gives each part a salt of its own, so that equal parts have different digests', () => {
    const subjects = [1, 2].map(() => ({ role: 1, person: { familyName: 'Same' } }));
    const message = composeMessage(draft({}, { ...alertBody(), subjects }), random);
    const digests = message.parts.map(({ digest }) => toHex(digest));
    expect(new Set(digests).size).toBe(digests.length);
  });

  it.each([
    ['id', { id: 'x' }],
    ['origin', { origin: 'TH' }],
    ['officer', { officer: '' }],
    ['purpose', { purpose: 0 as Purpose }],
    ['handling', { handling: 0 as HandlingCode }],
    ['caveat', { handling: HandlingCode.H3 }],
    ['precedence', { precedence: 0 as Precedence }],
    ['expiresMs', { expiresMs: NOW }],
    ['caseReference', { caseReference: 'a b' }],
    ['inReplyTo', { inReplyTo: 'x' }],
    ['supersedes', { supersedes: 'x' }],
  ] as [string, MessageDraft['header']][])('refuses a header whose %s is not sound, and names it', (field, header) => {
    expect(() => composeMessage(draft(header), random)).toThrow(code('ENVELOPE_HEADER_INVALID', { field }));
  });

  it('takes H3 with its caveat, in whatever script', () => {
    const caveat = 'ห้ามเผยแพร่ต่อ'.repeat(12);
    expect(composeMessage(draft({ handling: HandlingCode.H3, caveat }), random).header.caveat).toBe(caveat);
  });

  it('refuses a kind that it does not know', () => {
    expect(() => composeMessage({ ...draft(), kind: 99 as MessageKind }, random)).toThrow(
      code('ENVELOPE_KIND_UNKNOWN'),
    );
  });
});

describe('signMessages', () => {
  it('signs what waits with one signature', async () => {
    const messages = await signMessages(
      th.signer,
      TH,
      [composeMessage(draft(), random), composeMessage(draft(), random)],
      NOW,
    );
    expect(new Set(messages.map(({ proof }) => toHex(proof.signature))).size).toBe(1);
  });

  it('does not sign for another office', async () => {
    await expect(signMessages(la.signer, LA, [composeMessage(draft(), random)], NOW)).rejects.toThrow(TypeError);
  });
});

describe('buildCrossing', () => {
  it('holds the parts that are disclosed, and says which', async () => {
    const message = await signedMessage();
    const made = decided(message, [DataCategory.IDENTITY]);
    const { crossing, parts } = crossingItemCodec.decode(buildCrossing(made, Lane.PRIORITY, 7, random).bytes);
    expect(crossingCodec.decode(crossing)).toMatchObject({ disclosed: made.disclosed, number: 7, from: TH, to: LA });
    expect(parts.map(toHex)).toEqual(made.disclosed.map((index) => toHex(message.parts[index]?.bytes as Uint8Array)));
  });

  it('is another crossing each time, so that nobody can tell equal ones', async () => {
    const message = await signedMessage();
    const [one, other] = [1, 2].map(() => buildCrossing(decided(message), Lane.PRIORITY, 1, random));
    expect(one?.digest).not.toBe(other?.digest);
  });

  it('contains no byte of a withheld part, whatever is withheld', async () => {
    const everything: readonly DataCategory[] = Object.values(DataCategory).filter((category) => category !== 0);
    const words = ['Somchai', 'TOPSECRETNAME', '+66815550101', '2KX4471', 'narrative of the case'];
    const body = {
      ...alertBody(),
      narrative: words[4],
      subjects: [
        { role: 1, person: { familyName: words[0], givenNames: words[1], telephoneNumbers: [words[2]] } },
        { role: 6, vehicle: { registration: words[3] } },
      ],
    };
    const message = await signedMessage(draft({}, body));
    fc.assert(
      fc.property(fc.subarray([...everything]), (withhold) => {
        const bytes = Buffer.from(buildCrossing(decided(message, withhold), Lane.PRIORITY, 1, random).bytes);
        for (const part of message.parts) {
          if (part.value.length < 4) continue;
          const isWithheld = withhold.includes(part.category);
          if (bytes.includes(Buffer.from(part.value)) === isWithheld) return false;
        }
        return true;
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    [
      'was held',
      (made: ReturnType<typeof decided>) => ({ decision: { ...made.decision, outcome: Outcome.HELD } }),
      'ENVELOPE_NOT_RELEASED',
    ],
    [
      'was refused',
      (made: ReturnType<typeof decided>) => ({ decision: { ...made.decision, outcome: Outcome.REFUSED } }),
      'ENVELOPE_NOT_RELEASED',
    ],
    ['has no agreement', () => ({ agreement: null }), 'ENVELOPE_AGREEMENT_MISSING'],
    [
      'discloses more than the decision accounts for',
      (made: ReturnType<typeof decided>) => ({ disclosed: [...made.message.parts.keys()] }),
      'ENVELOPE_WITHHELD_MISMATCH',
    ],
    [
      'discloses less than the decision accounts for',
      (made: ReturnType<typeof decided>) => ({ disclosed: made.disclosed.slice(1) }),
      'ENVELOPE_WITHHELD_MISMATCH',
    ],
  ])('refuses what %s', async (_, change, refused) => {
    const made = decided(await signedMessage(), [DataCategory.IDENTITY]);
    expect(() => buildCrossing({ ...made, ...change(made) } as never, Lane.PRIORITY, 1, random)).toThrow(code(refused));
  });

  it('refuses a lane that is not the one of the precedence', async () => {
    const message = await signedMessage();
    for (const lane of [Lane.FLASH, Lane.RECEIPTS, Lane.STATUS, Lane.BULK]) {
      expect(() => buildCrossing(decided(message), lane, 1, random)).toThrow(code('ENVELOPE_LANE_MISMATCH'));
    }
    expect(laneFor(message)).toBe(Lane.PRIORITY);
  });
});

describe('laneOf', () => {
  it('has pieces of files travel behind all else, however urgent they say they are', () => {
    expect(laneOf({ kind: MessageKind.ATTACHMENT_CHUNK, precedence: Precedence.FLASH })).toBe(Lane.BULK);
    expect(laneOf({ kind: MessageKind.OPERATION_POST, precedence: Precedence.FLASH })).toBe(Lane.FLASH);
    expect(laneOf({ kind: MessageKind.ALERT, precedence: Precedence.UNSPECIFIED })).toBeUndefined();
  });
});

describe('buildCrossing in a channel', () => {
  it.each([
    ['an exercise in the channel of a real operation', true, 'op-naga'],
    ['what is real in the channel of an exercise', false, 'drill-naga'],
  ])('refuses %s', async (_, drill, scope) => {
    const [message] = await signMessages(th.signer, TH, [composeMessage(draft({ drill }), random)], NOW);
    expect(() =>
      buildCrossing({ ...decided(message as SignedMessage), scope } as never, Lane.PRIORITY, 1, random),
    ).toThrow(code('ENVELOPE_DRILL_SCOPE_MISMATCH'));
  });
});

describe('signMessages of exercises', () => {
  it('never signs an exercise together with what is real', async () => {
    const messages = [true, false].map((drill) => composeMessage(draft({ drill }), random));
    await expect(signMessages(th.signer, TH, messages, NOW)).rejects.toThrow(TypeError);
  });
});

const evidence = { self: TH, keyOf, heads: headCache() };

describe('readOwnMessage', () => {
  it('gives the message that was kept', async () => {
    const message = await signedMessage();
    const read = readOwnMessage(keepOwnMessage(message), evidence);
    expect(read).toMatchObject({ header: message.header, envelopeDigest: message.envelopeDigest });
    expect(buildCrossing(decided(read), Lane.PRIORITY, 1, seededRandom('x')).digest).toBe(
      buildCrossing(decided(message), Lane.PRIORITY, 1, seededRandom('x')).digest,
    );
  });

  const spoil =
    (change: (own: { signedEnvelope: Uint8Array; parts: Uint8Array[] }) => void) => (message: SignedMessage) => {
      const own = {
        signedEnvelope: new Uint8Array(message.signedEnvelope),
        parts: message.parts.map(({ bytes }) => new Uint8Array(bytes)),
      };
      change(own);
      return ownMessageCodec.encode(own);
    };

  it.each([
    ['a part altered', spoil(({ parts }) => parts[1]?.fill(1))],
    ['a part missing', spoil(({ parts }) => void parts.pop())],
    ['the envelope altered', spoil(({ signedEnvelope }) => signedEnvelope.fill(1, 40, 41))],
    ['something else in its place', () => new Uint8Array([1, 2, 3])],
  ])('refuses one with %s', async (_, spoiled) => {
    const bytes = spoiled(await signedMessage());
    expect(() => readOwnMessage(bytes, evidence)).toThrow(code('ENVELOPE_OWN_MESSAGE_INVALID'));
  });

  it('refuses the message of another office', async () => {
    const bytes = keepOwnMessage(await signedMessage());
    expect(() => readOwnMessage(bytes, { ...evidence, self: LA })).toThrow(code('ENVELOPE_OWN_MESSAGE_INVALID'));
  });
});

describe('repackCrossing', () => {
  it('is the item as it was first built', async () => {
    const message = await signedMessage();
    const built = buildCrossing(decided(message, [DataCategory.IDENTITY]), Lane.PRIORITY, 1, random);
    const { crossing } = crossingItemCodec.decode(built.bytes);
    expect(toHex(repackCrossing(crossing, keepOwnMessage(message)))).toBe(toHex(built.bytes));
  });

  it('refuses a crossing and a message that do not belong together', async () => {
    const [message, other] = [await signedMessage(), await signedMessage(draft(), seededRandom('other'))];
    const { crossing } = crossingItemCodec.decode(buildCrossing(decided(message), Lane.PRIORITY, 1, random).bytes);
    expect(() => repackCrossing(crossing, keepOwnMessage(other))).toThrow(code('ENVELOPE_OWN_MESSAGE_INVALID'));
  });
});

describe('times', () => {
  it('are kept to the millisecond', () => {
    const createdMs = (NOW + 1) as EpochMs;
    expect(composeMessage(draft({ createdMs }), random).header.createdMs).toBe(createdMs);
  });
});
