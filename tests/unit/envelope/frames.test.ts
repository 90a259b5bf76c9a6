import { createPrivateKey, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { FlattenedEncrypt, flattenedDecrypt } from 'jose';
import { describe, expect, it } from 'vitest';
import { padContent, unpadContent } from '../../../services/core/envelope/frame-content.ts';
import {
  countForFrame,
  FRAME_MAX_CONTENT_BYTES,
  FRAME_MAX_ITEMS,
  MAX_TRANSIT_BYTES,
  makeFrames,
  openFrame,
  receiveTransit,
  sealFrame,
  verifyCrossing,
} from '../../../services/core/envelope/index.ts';
import { openSeal, seal } from '../../../services/core/envelope/seal.ts';
import { isSizeStep, sizeStep } from '../../../services/core/envelope/size-steps.ts';
import { fromUtf8, toBase64url, toHex, utf8 } from '../../../services/core/foundation/index.ts';
import { Lane, transitCodec } from '../../../services/core/wire/index.ts';
import { LA, NOW, seededRandom, TH } from '../trust/fixtures.ts';
import {
  crossing,
  crossingContext,
  draft,
  frameDraft,
  la,
  open,
  openContext,
  signedMessage,
  th,
  transit,
} from './fixtures.ts';

const random = seededRandom('frames');
const code = (value: string) => expect.objectContaining({ code: value });
const empty = new Uint8Array(0);

describe('sizeStep', () => {
  it('holds what it is for and wastes at most half of itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000 }), (size) => {
        const step = sizeStep(size);
        return (
          step >= size &&
          isSizeStep(step) &&
          (step <= 1024 || step < size * 2) &&
          (size <= 65_536 || step <= size * 1.25)
        );
      }),
    );
  });

  it('has few steps', () => {
    const steps = new Set(Array.from({ length: 1024 }, (_, i) => sizeStep((i + 1) * 1024)));
    expect(steps.size).toBe(23);
  });

  it('has the largest content as a step', () => {
    expect(isSizeStep(FRAME_MAX_CONTENT_BYTES)).toBe(true);
  });
});

describe('padContent', () => {
  it('fills every content up to a step, and unpadContent gives the items back', () => {
    const sizes = [
      ...Array.from({ length: 300 }, (_, i) => 760 + i),
      ...Array.from({ length: 40 }, (_, i) => 2020 + i),
      ...Array.from({ length: 40 }, (_, i) => 16_340 + i),
    ];
    for (const size of sizes) {
      const item = new Uint8Array(size).fill(3);
      const content = padContent([item]);
      expect(isSizeStep(content.length), String(size)).toBe(true);
      expect(unpadContent(content).map(toHex)).toEqual([toHex(item)]);
    }
  });

  it('keeps empty and many items apart', () => {
    const items = [empty, utf8('a'), empty, utf8('b')];
    expect(unpadContent(padContent(items)).map(fromUtf8)).toEqual(['', 'a', '', 'b']);
  });
});

describe('countForFrame', () => {
  it('takes no more than a frame may hold', () => {
    expect(countForFrame(new Array(300).fill(10))).toBe(FRAME_MAX_ITEMS);
    expect(countForFrame([600_000, 400_000, 100_000])).toBe(2);
    expect(countForFrame([FRAME_MAX_CONTENT_BYTES])).toBe(0);
    expect(countForFrame([])).toBe(0);
  });

  it('takes only what fits when it is padded', () => {
    const sizes = Array.from({ length: 160 }, (_, i) => FRAME_MAX_CONTENT_BYTES - i).filter(
      (size) => countForFrame([size]) === 1,
    );
    expect(sizes.length).toBeGreaterThan(140);
    for (const size of sizes) expect(padContent([new Uint8Array(size)]).length).toBe(FRAME_MAX_CONTENT_BYTES);
  });
});

describe('makeFrames', () => {
  it.each([
    ['no item', []],
    ['more items than a frame may hold', new Array(FRAME_MAX_ITEMS + 1).fill(utf8('x'))],
    ['an item larger than a frame', [new Uint8Array(FRAME_MAX_CONTENT_BYTES)]],
  ])('refuses %s', async (_, items) => {
    await expect(makeFrames(th.signer, TH, [frameDraft(items, Lane.RECEIPTS)], NOW)).rejects.toMatchObject({
      code: 'ENVELOPE_FRAME_TOO_LARGE',
    });
  });

  it.each([
    ['a header that is not sound', { chain: empty }, 'ENVELOPE_FRAME_HEADER_INVALID'],
    ['a channel on a lane of receipts', { scope: 'op-naga' as never }, 'ENVELOPE_SCOPE_MISMATCH'],
    ['the scope of others', { scope: 'la-houayxay--th-mae-sai' as never }, 'ENVELOPE_SCOPE_MISMATCH'],
  ])('refuses %s', async (_, changes, refused) => {
    await expect(
      makeFrames(th.signer, TH, [frameDraft([utf8('x')], Lane.RECEIPTS, changes)], NOW),
    ).rejects.toMatchObject({ code: refused });
  });

  it('signs no frame of an exercise together with another', async () => {
    const drafts = ['op-naga', 'drill-naga'].map((scope) =>
      frameDraft([utf8('x')], Lane.BULK, { scope: scope as never }),
    );
    await expect(makeFrames(th.signer, TH, drafts, NOW)).rejects.toThrow(TypeError);
  });

  it('signs no frame of another office', async () => {
    await expect(makeFrames(la.signer, LA, [frameDraft([utf8('x')], Lane.RECEIPTS)], NOW)).rejects.toThrow(TypeError);
  });

  it('signs several frames with one signature', async () => {
    const drafts = [1, 2].map((first) =>
      frameDraft([utf8('x')], Lane.RECEIPTS, first === 1 ? {} : { first, previous: new Uint8Array(32) }),
    );
    const made = await makeFrames(th.signer, TH, drafts, NOW);
    expect(new Set(made.map(({ proof }) => toHex(proof.signature))).size).toBe(1);
    expect(made.map(({ header }) => header.first)).toEqual([1, 2]);
  });
});

describe('sealFrame', () => {
  it('refuses other items than the header was signed for', async () => {
    const [made] = await makeFrames(th.signer, TH, [frameDraft([utf8('a'), utf8('b')], Lane.RECEIPTS)], NOW);
    if (made === undefined) throw new TypeError('no frame');
    for (const items of [
      [utf8('a')],
      [utf8('b'), utf8('a')],
      [utf8('a'), utf8('c')],
      [utf8('a'), utf8('b'), utf8('c')],
    ]) {
      expect(() => sealFrame(made, items, la.sealTo, random)).toThrow(code('ENVELOPE_FRAME_ROOT_MISMATCH'));
    }
  });

  it('seals the same frame anew each time, and each opens', async () => {
    const message = await signedMessage();
    const item = crossing(message);
    const [made] = await makeFrames(th.signer, TH, [frameDraft([item.bytes], item.lane)], NOW);
    const sent = [1, 2].map(() => sealFrame(made as never, [item.bytes], la.sealTo, random));
    expect(toHex(sent[0] as Uint8Array)).not.toBe(toHex(sent[1] as Uint8Array));
    const opened = await Promise.all(sent.map((bytes) => open(bytes)));
    expect(opened.map(({ headerDigest }) => toHex(headerDigest))).toEqual(
      [1, 2].map(() => toHex(made?.headerDigest as Uint8Array)),
    );
  });

  it('shows a relay nothing but header, proof and a padded size', async () => {
    const lengths = new Set<number>();
    for (const narrative of ['short', 'a longer account of what was seen at the crossing at dawn']) {
      const message = await signedMessage(draft({}, { messageType: 1, crimeArea: 1, narrative }));
      const item = crossing(message);
      const bytes = await transit(frameDraft([item.bytes], item.lane));
      expect(Buffer.from(bytes).includes(Buffer.from(narrative))).toBe(false);
      expect(Buffer.from(bytes).includes(Buffer.from(message.header.id))).toBe(false);
      lengths.add(transitCodec.decode(bytes).frame?.seal?.ciphertext.length ?? 0);
    }
    expect(lengths.size).toBe(1);
  });
});

describe('receiveTransit', () => {
  it('refuses more than may be published, unread', () => {
    expect(() => receiveTransit(new Uint8Array(MAX_TRANSIT_BYTES + 1))).toThrow(code('ENVELOPE_TRANSIT_TOO_LARGE'));
  });

  it('is not affected by later changes to the bytes it was given', async () => {
    const item = crossing(await signedMessage());
    const bytes = await transit(frameDraft([item.bytes], item.lane));
    const received = receiveTransit(bytes);
    bytes.fill(0);
    expect((await openFrame(received as never, openContext())).carries).toBe('crossings');
  });

  it('refuses any bytes with a coded error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          receiveTransit(bytes);
          return true;
        } catch (refused) {
          return (refused as { code?: string }).code === 'ENVELOPE_TRANSIT_MALFORMED';
        }
      }),
    );
  });
});

/** What an office makes of bytes: everything up to the gate. */
async function receive(bytes: Uint8Array): Promise<void> {
  const frame = await open(bytes);
  if (frame.carries !== 'crossings') throw new TypeError('not crossings');
  for (const item of frame.crossings) verifyCrossing(item, crossingContext());
}

describe('a frame on its way', () => {
  it.each([0x01, 0x80])(
    'is refused with any one byte changed (mask %i)',
    async (mask) => {
      const items = await Promise.all([1, 2].map(async (n) => crossing(await signedMessage(), n)));
      const bytes = await transit(
        frameDraft(
          items.map((item) => item.bytes),
          items[0]?.lane as Lane,
        ),
      );
      await receive(bytes);
      const passed: number[] = [];
      // Within the ciphertext, which the tag covers alike, every sixteenth byte stands for the others.
      const ciphertext = transitCodec.decode(bytes).frame?.seal?.ciphertext ?? empty;
      const from = Buffer.from(bytes).indexOf(ciphertext);
      for (let at = 0; at < bytes.length; at += at > from && at < from + ciphertext.length - 16 ? 16 : 1) {
        bytes[at] = (bytes[at] as number) ^ mask;
        const outcome = await receive(bytes).then(
          () => 'passed',
          (refused: { code?: string }) => refused.code ?? 'no code',
        );
        bytes[at] = (bytes[at] as number) ^ mask;
        if (!/^(ENVELOPE|TRUST)_/.test(outcome)) passed.push(at);
      }
      expect(passed).toEqual([]);
    },
    120_000,
  );

  it('is refused with any one byte left out or added', async () => {
    const item = crossing(await signedMessage());
    const bytes = Buffer.from(await transit(frameDraft([item.bytes], item.lane)));
    const passed: string[] = [];
    for (let at = 0; at <= bytes.length; at += 7) {
      for (const changed of [
        Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]),
        Buffer.concat([bytes.subarray(0, at), Buffer.of(0), bytes.subarray(at)]),
      ]) {
        if (changed.equals(bytes)) continue;
        const isPassed = await receive(changed).then(
          () => true,
          () => false,
        );
        if (isPassed) passed.push(`${at}`);
      }
    }
    expect(passed).toEqual([]);
  }, 120_000);
});

const jwk = JSON.parse(la.sealingKey.privateJwk) as { crv: string; d: string; x: string; kty: string };
const aad = utf8('header of the frame');
const secret = utf8('what was sealed');

describe('seal', () => {
  it('is what jose opens', async () => {
    const sealed = seal('liaison-frame-content', secret, aad, la.sealTo, random);
    const jwe = {
      protected: toBase64url(sealed.protected),
      iv: toBase64url(sealed.iv),
      ciphertext: toBase64url(sealed.ciphertext),
      tag: toBase64url(sealed.tag),
      aad: toBase64url(aad),
    };
    const opened = await flattenedDecrypt(jwe, createPrivateKey({ key: jwk as never, format: 'jwk' }), {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    expect(fromUtf8(opened.plaintext)).toBe('what was sealed');
    expect(toHex(opened.additionalAuthenticatedData as Uint8Array)).toBe(toHex(aad));
  });

  it('differs each time', () => {
    const sealed = [1, 2].map(() => seal('liaison-frame-content', secret, aad, la.sealTo, random));
    expect(new Set(sealed.map(({ protected: header }) => fromUtf8(header))).size).toBe(2);
  });
});

describe('openSeal', () => {
  it('refuses what jose sealed with the same members in another order: there is one form', async () => {
    const recipient = createPublicKey({ key: { kty: 'OKP', ...la.sealingKey.publicKey } as never, format: 'jwk' });
    const header = { alg: 'ECDH-ES', enc: 'A256GCM', kid: la.sealingKey.kid, typ: 'liaison-frame-content' };
    const jwe = await new FlattenedEncrypt(secret)
      .setProtectedHeader(header)
      .setAdditionalAuthenticatedData(aad)
      .encrypt(recipient);
    const bytesOf = (text: string | undefined) => new Uint8Array(Buffer.from(text ?? '', 'base64url'));
    const sealed = {
      protected: bytesOf(jwe.protected),
      iv: bytesOf(jwe.iv),
      ciphertext: bytesOf(jwe.ciphertext),
      tag: bytesOf(jwe.tag),
    };
    await expect(openSeal('liaison-frame-content', sealed, aad, la.unsealer)).rejects.toMatchObject({
      code: 'ENVELOPE_SEAL_INVALID',
      context: { fault: 'header' },
    });
  });
});
