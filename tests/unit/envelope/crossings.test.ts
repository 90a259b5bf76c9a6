import { describe, expect, it } from 'vitest';
import {
  assertReceiptAnswers,
  keepReceivedCrossing,
  type OpenedFrame,
  openFrame,
  readReceivedCrossing,
  receiveTransit,
  signReceipts,
  type UnverifiedCrossing,
  type VerifiedCrossing,
  verifyCrossing,
  verifyFramedCrossing,
  verifyReceipt,
  verifySignedReceipt,
  verifyStatus,
} from '../../../services/core/envelope/index.ts';
import { assertReceiptAbout } from '../../../services/core/envelope/verify-receipt.ts';
import {
  days,
  digestOf,
  type EpochMs,
  later,
  leafHash,
  merkleTree,
  type OfficeId,
  toHex,
} from '../../../services/core/foundation/index.ts';
import { headCache } from '../../../services/core/trust/index.ts';
import {
  crossingCodec,
  crossingItemCodec,
  DataCategory,
  type FrameHeader,
  frameHeaderCodec,
  HeadKind,
  type Init,
  Lane,
  MessageKind,
  type Proof,
  Purpose,
  type Receipt,
  ReceiptKind,
  type ReceivedCrossing,
  receivedCrossingCodec,
} from '../../../services/core/wire/index.ts';
import {
  drillUnsealerOfLaos,
  LA as LA_VECTOR,
  laoStore,
  MAE_SAI,
  NOON,
  unsealerOfLaos,
} from '../../vectors/envelopes/generator/actors.ts';
import { buildProof } from '../../vectors/envelopes/generator/build-proof.ts';
import { buildTransit, type Recipe } from '../../vectors/envelopes/generator/build-transit.ts';
import { flipped } from '../../vectors/envelopes/generator/change-bytes.ts';
import { LA, NOW, seededRandom, TH } from '../trust/fixtures.ts';
import { crossing, crossingContext, draft, frameDraft, keyOf, la, open, signedMessage, transit } from './fixtures.ts';

const code = (value: string, context: object = {}) =>
  expect.objectContaining({ code: value, context: expect.objectContaining(context) });
const store = await laoStore();

async function openVector(recipe: Recipe = {}, now: EpochMs = NOON): Promise<OpenedFrame> {
  const { transit: bytes } = await buildTransit(recipe);
  const context = {
    self: LA_VECTOR,
    keyOf: store.keysForArrival(now),
    heads: headCache(),
    unsealer: unsealerOfLaos(),
    drillUnsealer: drillUnsealerOfLaos(),
    now,
  };
  return openFrame(receiveTransit(bytes) as never, context);
}

async function firstCrossing(recipe: Recipe = {}): Promise<UnverifiedCrossing> {
  const frame = await openVector(recipe);
  if (frame.carries !== 'crossings') throw new TypeError('no crossings');
  return frame.crossings[0] as UnverifiedCrossing;
}

const contextAt = (now: EpochMs = NOON) => ({ keyOf: store.keysForArrival(now), heads: headCache(), now });

describe('verifyCrossing', () => {
  it('gives what was said, what came and what did not', async () => {
    const verified = verifyCrossing(await firstCrossing(), contextAt());
    expect(verified).toMatchObject({ from: 'th-chiang-khong', to: 'la-houayxay', number: 1, kind: MessageKind.ALERT });
    expect(verified.withheld).toEqual([{ index: 4, category: DataCategory.CONTACT, policies: ['no-contact-data'] }]);
    expect(verified.parts.map(({ index }) => index)).not.toContain(4);
    expect(verified.body).toMatchObject({ narrative: 'White van crossed at dawn.' });
    expect(JSON.stringify(verified.body)).not.toContain('555 0101');
    expect(verified.crossingDigest).toBe(digestOf(verified.bytes));
  });

  const passedOn: Recipe = { header: { origin: MAE_SAI }, envelopeProof: { key: 'mae-sai', signer: MAE_SAI } };

  it('takes what an office passes on only where the crossing says that it goes on', async () => {
    const onward = { purpose: Purpose.INVESTIGATION };
    const item = await firstCrossing({ ...passedOn, crossing: (made) => ({ ...made, onward }) });
    expect(verifyCrossing(item, contextAt())).toMatchObject({ origin: MAE_SAI, from: 'th-chiang-khong' });
    const silent = await firstCrossing(passedOn);
    expect(() => verifyCrossing(silent, contextAt())).toThrow(code('ENVELOPE_ORIGIN_NOT_EXPORTER'));
  });

  it('does not take the exporter’s own for something that goes on, nor what goes on for an opening', async () => {
    const onward = { purpose: Purpose.INVESTIGATION };
    const own = await firstCrossing({ crossing: (made) => ({ ...made, onward }) });
    expect(() => verifyCrossing(own, contextAt())).toThrow(code('ENVELOPE_ORIGIN_NOT_EXPORTER'));
    const both = await firstCrossing({ ...passedOn, crossing: (made) => ({ ...made, onward, supplement: true }) });
    expect(() => verifyCrossing(both, contextAt())).toThrow(code('ENVELOPE_ORIGIN_NOT_EXPORTER'));
  });

  it('is refused to an exporter who changes any one byte of what the origin signed', async () => {
    const passed: string[] = [];
    const attempt = async (what: string, recipe: Recipe) => {
      try {
        verifyCrossing(await firstCrossing(recipe), contextAt());
        passed.push(what);
      } catch (refused) {
        if (!/^(ENVELOPE|TRUST)_/.test((refused as { code?: string }).code ?? ''))
          passed.push(`${what}: ${String(refused)}`);
      }
    };
    const { envelope, proof: soundProof } = await firstSigned();
    for (let at = 0; at < envelope.length; at += 3) {
      await attempt(`envelope ${at}`, {
        crossing: (made) => ({
          ...made,
          envelope: { ...made.envelope, envelope: flipped(made.envelope?.envelope as Uint8Array, at) },
        }),
      });
    }
    for (const field of ['protected', 'head', 'signature'] as const) {
      for (let at = 0; at < soundProof[field].length; at += 5) {
        await attempt(`${field} ${at}`, {
          envelopeProof: { change: (proof) => ({ ...proof, [field]: flipped(proof[field], at) }) },
        });
      }
    }
    for (let at = 0; at < 20; at++) {
      await attempt(`part ${at}`, {
        item: (made) => ({
          ...made,
          parts: (made.parts ?? []).map((bytes, i) => (i === 1 ? flipped(bytes, at) : bytes)),
        }),
      });
    }
    expect(passed).toEqual([]);
  }, 120_000);

  async function firstSigned(): Promise<{ envelope: Uint8Array; proof: Proof }> {
    return crossingCodec.decode((await firstCrossing()).bytes).envelope as { envelope: Uint8Array; proof: Proof };
  }
});

async function received(count = 3): Promise<readonly UnverifiedCrossing[]> {
  const message = await signedMessage();
  const items = Array.from({ length: count }, (_, i) => crossing(message, i + 1));
  const frame = await open(
    await transit(
      frameDraft(
        items.map(({ bytes }) => bytes),
        Lane.PRIORITY,
      ),
    ),
  );
  if (frame.carries !== 'crossings') throw new TypeError('no crossings');
  return frame.crossings;
}

describe('readReceivedCrossing', () => {
  const evidence = { self: LA, keyOf, heads: headCache() };
  const kept = async (accept: (part: VerifiedCrossing['parts'][number]) => boolean = () => true) => {
    const item = (await received())[1] as UnverifiedCrossing;
    const verified = verifyCrossing(item, crossingContext());
    return { item, verified, bytes: keepReceivedCrossing(item, verified.parts.filter(accept)) };
  };
  const changed = (bytes: Uint8Array, change: Init<ReceivedCrossing>) =>
    receivedCrossingCodec.encode({ ...receivedCrossingCodec.decode(bytes), ...change });

  it('gives the crossing that was kept, long after it expired', async () => {
    const { verified, bytes } = await kept();
    expect(readReceivedCrossing(bytes, evidence)).toEqual(verified);
  });

  it('proves the same when not all parts were kept', async () => {
    const { verified, bytes } = await kept(({ category }) => category !== DataCategory.IDENTITY);
    const read = readReceivedCrossing(bytes, evidence);
    expect(read.crossingDigest).toBe(verified.crossingDigest);
    expect(read.parts.length).toBeLessThan(verified.parts.length);
    expect(read.withheld).toEqual(verified.withheld);
    expect(JSON.stringify(read.body)).not.toContain('Example');
  });

  it.each([
    ['another place in the frame', { leafIndex: 0 }, 'ENVELOPE_FRAME_ROOT_MISMATCH'],
    ['another size of the frame', { leafCount: 4 }, 'ENVELOPE_FRAME_ROOT_MISMATCH'],
    ['no path', { path: [] }, 'ENVELOPE_FRAME_ROOT_MISMATCH'],
    ['another crossing', { crossing: crossingCodec.encode({ number: 1 }) }, 'ENVELOPE_FRAME_ROOT_MISMATCH'],
    ['no frame header', { frameHeader: new Uint8Array(0) }, 'ENVELOPE_FRAME_HEADER_INVALID'],
    ['no proof', { frameProof: null }, 'TRUST_PROOF_HEADER_INVALID'],
    ['a part of something else', { parts: [new Uint8Array([1])] }, 'ENVELOPE_PART_FOREIGN'],
  ])('refuses %s', async (_, change, refused) => {
    const { bytes } = await kept();
    expect(() => readReceivedCrossing(changed(bytes, change), evidence)).toThrow(code(refused));
  });

  it('refuses what is no ReceivedCrossing', () => {
    expect(() => readReceivedCrossing(new Uint8Array([255]), evidence)).toThrow(code('ENVELOPE_EVIDENCE_MALFORMED'));
  });

  it('refuses what was for another office', async () => {
    const { bytes } = await kept();
    expect(() => readReceivedCrossing(bytes, { ...evidence, self: 'la-pakbeng' as OfficeId })).toThrow(
      code('ENVELOPE_NOT_ADDRESSED_TO_US'),
    );
  });
});

describe('verifyFramedCrossing', () => {
  const frameOf = async (recipe: Recipe): Promise<Uint8Array> => {
    const item = await firstCrossing(recipe);
    return keepReceivedCrossing(item, []);
  };
  const context = () => ({ keyOf: store.keysForEvidence(NOON), heads: headCache() });

  it('gives frame, number and signer', async () => {
    expect(verifyFramedCrossing(await frameOf({ items: 2 }), context())).toMatchObject({
      number: 1,
      signed: { signer: 'th-chiang-khong' },
    });
  });

  it.each([
    [
      'the scope of another pair',
      (header: FrameHeader): Init<FrameHeader> => ({ ...header, scope: 'la-houayxay--th-mae-sai' }),
      'ENVELOPE_SCOPE_MISMATCH',
    ],
    [
      'a lane that carries no crossings',
      (header: FrameHeader): Init<FrameHeader> => ({ ...header, lane: Lane.RECEIPTS }),
      'ENVELOPE_FRAME_HEADER_INVALID',
    ],
  ])('refuses a frame with %s', async (_, frameHeader, refused) => {
    const bytes = await frameOf({});
    const record = receivedCrossingCodec.decode(bytes);
    const header = frameHeaderCodec.encode(frameHeader(frameHeaderCodec.decode(record.frameHeader)));
    const frameProof = await buildProof(header, HeadKind.FRAME, 'th-chiang-khong', 'th-current');
    expect(() =>
      verifyFramedCrossing(receivedCrossingCodec.encode({ ...record, frameHeader: header, frameProof }), context()),
    ).toThrow(code(refused));
  });

  it('refuses a frame signed by another office', async () => {
    const record = receivedCrossingCodec.decode(await frameOf({}));
    const frameProof = await buildProof(record.frameHeader, HeadKind.FRAME, MAE_SAI, 'mae-sai');
    expect(() => verifyFramedCrossing(receivedCrossingCodec.encode({ ...record, frameProof }), context())).toThrow(
      code('ENVELOPE_FRAME_SIGNER_MISMATCH'),
    );
  });
});

describe('the items of a frame', () => {
  it('come with their number and the path that proves each alone', async () => {
    const items = await received();
    expect(items.map(({ number, index, count }) => [number, index, count])).toEqual([
      [1, 0, 3],
      [2, 1, 3],
      [3, 2, 3],
    ]);
    const tree = merkleTree(items.map(({ bytes }) => leafHash(bytes)));
    expect(items.map(({ path }) => path.map(toHex))).toEqual([0, 1, 2].map((i) => tree.path(i).map(toHex)));
  });

  it('are not proved by their parts, which the crossing names', async () => {
    const message = await signedMessage();
    const built = crossing(message);
    const { crossing: bytes } = crossingItemCodec.decode(built.bytes);
    const frame = await open(await transit(frameDraft([built.bytes], built.lane)));
    expect(toHex(frame.header.root)).toBe(toHex(leafHash(bytes)));
  });
});

const about = async () => {
  const message = await signedMessage();
  const built = crossing(message);
  return {
    sent: {
      to: LA,
      origin: TH,
      envelopeId: built.envelopeId,
      envelopeDigest: built.envelopeDigest,
      crossingDigest: built.digest,
    },
    receipt: {
      kind: ReceiptKind.DELIVERY,
      issuer: LA,
      addressee: TH,
      origin: TH,
      envelopeId: built.envelopeId,
      envelopeDigest: new Uint8Array(Buffer.from(built.envelopeDigest, 'hex')),
      crossingDigest: new Uint8Array(Buffer.from(built.digest, 'hex')),
      atMs: NOW,
    } satisfies Init<Receipt>,
  };
};

describe('signReceipts', () => {
  it('signs what waits with one signature, each verifiable alone', async () => {
    const { receipt } = await about();
    const signed = await signReceipts(la.signer, [receipt, { ...receipt, kind: ReceiptKind.RETRIEVAL }], NOW);
    const verified = signed.map(({ bytes }) => verifySignedReceipt(bytes, { keyOf, heads: headCache() }));
    expect(verified.map(({ receipt: { kind } }) => kind)).toEqual([ReceiptKind.DELIVERY, ReceiptKind.RETRIEVAL]);
    expect(new Set(verified.map(({ proof }) => toHex(proof.signature))).size).toBe(1);
  });

  it('signs nothing that is not sound', async () => {
    const { receipt } = await about();
    await expect(signReceipts(la.signer, [{ ...receipt, reason: 'POLICY_REFUSED' }], NOW)).rejects.toMatchObject({
      code: 'ENVELOPE_RECEIPT_MALFORMED',
      context: { field: 'reason' },
    });
  });

  it('signs nothing for two offices at once', async () => {
    const { receipt } = await about();
    await expect(signReceipts(la.signer, [receipt, { ...receipt, issuer: TH }], NOW)).rejects.toThrow(TypeError);
  });

  it('signs nothing when there is nothing to sign', async () => {
    expect(await signReceipts(la.signer, [], NOW)).toEqual([]);
  });
});

describe('verifyReceipt', () => {
  it('gives the receipt of the office whose frame it came in', async () => {
    const frame = await openVector({ lane: Lane.RECEIPTS });
    if (frame.carries !== 'receipts') throw new TypeError('no receipts');
    expect(verifyReceipt(frame.receipts[0] as never, contextAt())).toMatchObject({
      issuer: 'th-chiang-khong',
      addressee: 'la-houayxay',
    });
  });
});

describe('assertReceiptAnswers', () => {
  const verified = async (change: Init<Receipt> = {}) => {
    const { receipt, sent } = await about();
    const [signed] = await signReceipts(la.signer, [{ ...receipt, ...change }], NOW);
    return { sent, receipt: verifySignedReceipt(signed?.bytes as Uint8Array, { keyOf, heads: headCache() }) };
  };

  it('accepts a receipt about exactly what was sent', async () => {
    const { receipt, sent } = await verified();
    expect(() => assertReceiptAnswers(receipt, sent)).not.toThrow();
    expect(() => assertReceiptAbout(receipt, sent)).not.toThrow();
  });

  it.each([
    ['another office than it was sent to', {}, { to: 'la-pakbeng' }, 'issuer'],
    ['another origin', { origin: LA }, {}, 'envelope'],
    ['another envelope', { envelopeId: '01935f3c-a000-7abc-8def-0123456789ff' }, {}, 'envelope'],
    ['other bytes of the envelope', { envelopeDigest: new Uint8Array(32) }, {}, 'envelope-digest'],
    ['other bytes of the crossing', { crossingDigest: new Uint8Array(32) }, {}, 'crossing-digest'],
    [
      'a submission',
      { kind: ReceiptKind.SUBMISSION_ACCEPTANCE, crossingDigest: new Uint8Array(0) },
      {},
      'crossing-digest',
    ],
  ])('refuses a receipt about %s', async (_, change, sentChange, fault) => {
    const { receipt, sent } = await verified(change);
    expect(() => assertReceiptAnswers(receipt, { ...sent, ...sentChange } as never)).toThrow(
      code('ENVELOPE_RECEIPT_MISMATCH', { fault }),
    );
  });
});

describe('verifyStatus', () => {
  it('gives the state of the link as its sender signed it', async () => {
    const frame = await openVector({ lane: Lane.STATUS });
    if (frame.carries !== 'status') throw new TypeError('no status');
    expect(verifyStatus(frame.status)).toMatchObject({ from: 'th-chiang-khong', status: { directorySequence: 1 } });
  });
});

describe('an envelope sent twice', () => {
  it('has one digest however often it is exported, so that a reused id is found', async () => {
    const message = await signedMessage();
    const other = await signedMessage(draft({ caseReference: 'CK-2026/119' }), seededRandom('other'));
    expect(message.header.id).toBe(other.header.id);
    expect(message.envelopeDigest).not.toBe(other.envelopeDigest);
    expect(crossing(message, 1).envelopeDigest).toBe(crossing(message, 2).envelopeDigest);
  });
});

describe('evidence of a key', () => {
  it('outlives the key: what was recorded before its revocation is read again', async () => {
    const item = await firstCrossing();
    const bytes = keepReceivedCrossing(item, verifyCrossing(item, contextAt()).parts);
    const muchLater = { self: LA_VECTOR, keyOf: store.keysForEvidence(later(NOON, days(1))), heads: headCache() };
    expect(readReceivedCrossing(bytes, muchLater).envelopeId).toBe('01935f3c-a000-7abc-8def-0123456789ab');
  });
});
