import { createPrivateKey } from 'node:crypto';
import { FlattenedSign, flattenedVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  durationMs,
  type EpochMs,
  fromUtf8,
  later,
  toBase64url,
  utf8,
} from '../../../services/core/foundation/index.ts';
import {
  fileSigner,
  generateSigningKey,
  type HeadCache,
  headCache,
  type KeyOf,
  proofHeader,
  signProofs,
  TrustError,
  verifyProof,
} from '../../../services/core/trust/index.ts';
import { HeadKind, type Proof, treeHeadCodec } from '../../../services/core/wire/index.ts';
import { keysOf, NOW, seededRandom, TH, testOffice } from './fixtures.ts';

const { signer, signingKey } = testOffice(TH);
const keyOf = keysOf({ [TH]: signer });
const code = (value: string) => expect.objectContaining({ code: value });
const items = (count: number) => Array.from({ length: count }, (_, i) => utf8(`item ${i}`));
const sign = (of: readonly Uint8Array[], kind: HeadKind = HeadKind.ENVELOPE) => signProofs(signer, kind, TH, of, NOW);
const verifyWith =
  (heads: HeadCache, keys: KeyOf = keyOf) =>
  (item: Uint8Array, proof: Proof | null, kind: HeadKind = HeadKind.ENVELOPE) =>
    verifyProof(item, proof, { kind, keyOf: keys, heads });
const verify = verifyWith(headCache());

describe('signProofs', () => {
  it.each([1, 2, 3, 7, 64, 256])('proves each of %i items with one signature', async (count) => {
    const of = items(count);
    const proofs = await sign(of);
    expect(new Set(proofs.map(({ signature }) => toBase64url(signature))).size).toBe(1);
    for (const [i, item] of of.entries())
      expect(verify(item, proofs[i] as Proof)).toEqual({ signer: TH, signedMs: NOW, kid: signer.kid });
  });

  it('signs nothing when there is nothing to sign', async () => {
    const silent = { ...signer, sign: () => Promise.reject(new TypeError('asked to sign')) };
    expect(await signProofs(silent, HeadKind.ENVELOPE, TH, [], NOW)).toEqual([]);
  });

  it.each([
    [
      'the signature of another key',
      (input: Uint8Array) => fileSigner(generateSigningKey(seededRandom('another')).privateJwk).sign(input),
    ],
    ['a signature that is too short', async () => new Uint8Array(63)],
    ['a signature over something else', (input: Uint8Array) => signer.sign(input.subarray(1))],
  ])('finds a signer that gives %s', async (_, broken) => {
    await expect(signProofs({ ...signer, sign: broken }, HeadKind.ENVELOPE, TH, items(1), NOW)).rejects.toMatchObject({
      code: 'TRUST_SIGNER_FAILED',
    });
  });

  it('makes the bytes that jose makes from the same key, header and head', async () => {
    const [proof] = (await sign(items(1))) as [Proof];
    const key = createPrivateKey({ key: JSON.parse(signingKey.privateJwk) as never, format: 'jwk' });
    const header = JSON.parse(fromUtf8(proof.protected)) as { alg: string };
    const jws = await new FlattenedSign(proof.head).setProtectedHeader(header).sign(key, { crit: { b64: true } });
    expect(jws.protected).toBe(toBase64url(proof.protected));
    expect(jws.signature).toBe(toBase64url(proof.signature));
  });

  it('makes what jose verifies', async () => {
    const [proof] = (await sign(items(1))) as [Proof];
    const jws = {
      protected: toBase64url(proof.protected),
      payload: proof.head,
      signature: toBase64url(proof.signature),
    };
    const { payload } = await flattenedVerify(jws, signer.publicKey.handle, {
      algorithms: ['Ed25519'],
      crit: { b64: true },
    });
    expect(treeHeadCodec.decode(payload)).toMatchObject({ size: 1, signer: TH, signedMs: NOW });
  });
});

describe('verifyProof', () => {
  it('verifies what jose signed', async () => {
    const [proof] = (await sign(items(1))) as [Proof];
    const key = createPrivateKey({ key: JSON.parse(signingKey.privateJwk) as never, format: 'jwk' });
    const header = JSON.parse(fromUtf8(proofHeader(HeadKind.ENVELOPE, signer.kid))) as { alg: string };
    const jws = await new FlattenedSign(proof.head).setProtectedHeader(header).sign(key, { crit: { b64: true } });
    expect(
      verify(utf8('item 0'), { ...proof, signature: new Uint8Array(Buffer.from(jws.signature, 'base64url')) }),
    ).toMatchObject({ signer: TH });
  });

  it('refuses an item without a proof', () => {
    expect(() => verify(utf8('item 0'), null)).toThrow(code('TRUST_PROOF_HEADER_INVALID'));
  });

  it('refuses a proof of one kind as one of another, also when its head is known', async () => {
    const [proof] = (await sign(items(1))) as [Proof];
    verify(utf8('item 0'), proof);
    expect(() => verify(utf8('item 0'), proof, HeadKind.FRAME)).toThrow(TrustError);
  });

  it('refuses another item of the same batch in its place', async () => {
    const [first, second] = (await sign(items(2))) as [Proof, Proof];
    expect(() => verify(utf8('item 1'), first)).toThrow(code('TRUST_PROOF_INCLUSION_INVALID'));
    expect(verify(utf8('item 1'), second).signer).toBe(TH);
  });

  it('refuses a signature of 65 bytes, the first 64 of which are right', async () => {
    const [proof] = (await sign(items(1))) as [Proof];
    expect(() =>
      verifyWith(headCache())(utf8('item 0'), { ...proof, signature: new Uint8Array([...proof.signature, 0]) }),
    ).toThrow(code('TRUST_PROOF_SIGNATURE_INVALID'));
  });

  it.each([
    [
      'protected header',
      (proof: Proof): Proof => ({ ...proof, protected: proofHeader(HeadKind.FRAME, signer.kid) }),
      'TRUST_PROOF_HEADER_INVALID',
    ],
    [
      'head',
      (proof: Proof): Proof => ({
        ...proof,
        head: treeHeadCodec.encode({ ...treeHeadCodec.decode(proof.head), signedMs: NOW + 1 }),
      }),
      'TRUST_PROOF_SIGNATURE_INVALID',
    ],
  ])('does not take another %s for one that it knows by its signature', async (_, change, refused) => {
    const heads = headCache();
    const [proof] = (await sign(items(1))) as [Proof];
    verifyWith(heads)(utf8('item 0'), proof);
    expect(() => verifyWith(heads)(utf8('item 0'), change(proof))).toThrow(code(refused));
  });

  it('asks for the key every time, so that a key that was revoked meanwhile is refused', async () => {
    const heads = headCache();
    const [proof] = (await sign(items(1))) as [Proof];
    verifyWith(heads)(utf8('item 0'), proof);
    const revoked: KeyOf = () => {
      throw new TrustError('TRUST_KEY_REVOKED');
    };
    expect(() => verifyWith(heads, revoked)(utf8('item 0'), proof)).toThrow(code('TRUST_KEY_REVOKED'));
  });

  it('verifies a known head without its signature', async () => {
    const known: unknown[] = [];
    const inner = headCache();
    const heads: HeadCache = {
      find: inner.find,
      keep: (head) => {
        known.push(head);
        inner.keep(head);
      },
    };
    const of = items(8);
    const proofs = await sign(of);
    for (const [i, item] of of.entries()) verifyWith(heads)(item, proofs[i] as Proof);
    expect(known).toHaveLength(1);
  });

  it('keeps no head whose signature does not verify', async () => {
    const [proof] = (await sign(items(1))) as [Proof];
    const heads = headCache();
    const forged = { ...proof, signature: new Uint8Array(64) };
    expect(() => verifyWith(heads)(utf8('item 0'), forged)).toThrow(code('TRUST_PROOF_SIGNATURE_INVALID'));
    expect(heads.find(forged.signature)).toBeUndefined();
  });

  it('is not affected by later changes to the bytes it was given', async () => {
    const heads = headCache();
    const [proof] = (await sign(items(1))) as [Proof];
    const mutable = { ...proof, head: new Uint8Array(proof.head) };
    verifyWith(heads)(utf8('item 0'), mutable);
    mutable.head.fill(0);
    expect(verifyWith(heads)(utf8('item 0'), proof).signer).toBe(TH);
  });

  it('tells the time that was signed, whatever the reader’s clock', async () => {
    const at = later(NOW, durationMs(1)) as EpochMs;
    const [proof] = (await signProofs(signer, HeadKind.LEDGER, TH, items(1), at)) as [Proof];
    expect(verify(utf8('item 0'), proof, HeadKind.LEDGER).signedMs).toBe(at);
  });
});

describe('headCache', () => {
  const head = (n: number) => ({
    kid: signer.kid,
    protected: new Uint8Array(1),
    headBytes: new Uint8Array(1),
    signature: new Uint8Array(64).fill(n),
    head: {} as never,
  });

  it('forgets what was not asked for the longest, at its bound', () => {
    const heads = headCache(2);
    heads.keep(head(1));
    heads.keep(head(2));
    heads.find(head(1).signature);
    heads.keep(head(3));
    expect([1, 2, 3].map((n) => heads.find(head(n).signature) !== undefined)).toEqual([true, false, true]);
  });
});

describe('proofHeader', () => {
  it('has no form for a tree without a kind', () => {
    expect(() => proofHeader(HeadKind.UNSPECIFIED, signer.kid)).toThrow(TypeError);
  });
});
