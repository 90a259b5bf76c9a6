import { verify } from 'node:crypto';
import { copyBytes, type EpochMs, type KeyId, leafHash, verifyInclusion } from '../foundation/index.ts';
import { type HeadKind, type Proof, treeHeadCodec, WireError } from '../wire/index.ts';
import { equalBytes } from './equal-bytes.ts';
import { TrustError } from './errors.ts';
import { parseProofHeader, proofSigningInput } from './proof-header.ts';
import type { HeadCache, KeyOf, KnownHead, SigningPublicKey, VerifiedHead, VerifiedProof } from './types.ts';

const MAX_SIGNER_LENGTH = 48;

const HEAD_CHECKS: readonly (readonly [field: string, isSound: (head: VerifiedHead) => boolean])[] = [
  ['size', ({ size }) => size >= 1],
  ['root', ({ root }) => root.length === 32],
  ['signer', ({ signer }) => signer.length >= 1 && signer.length <= MAX_SIGNER_LENGTH],
  ['signedMs', ({ signedMs }) => signedMs >= 0],
];

/** What a proof is verified with, and the kind of item it must be of. */
export interface ProofContext {
  readonly kind: HeadKind;
  readonly keyOf: KeyOf;
  readonly heads: HeadCache;
  /** What was signed is an exercise. Left out, it is real, and no key for exercises is good for it. */
  readonly drill?: boolean;
}

function knownHead(proof: Proof, heads: HeadCache): KnownHead | undefined {
  const known = heads.find(proof.signature);
  if (known === undefined) return undefined;
  return equalBytes(known.protected, proof.protected) && equalBytes(known.headBytes, proof.head) ? known : undefined;
}

function parseHead(bytes: Uint8Array): VerifiedHead {
  try {
    const { kind, size, root, signer, signedMs } = treeHeadCodec.decode(bytes);
    return { kind, size, root, signer, signedMs: signedMs as EpochMs };
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new TrustError('TRUST_PROOF_HEAD_INVALID', { context: { fault: 'encoding' }, cause });
  }
}

function headInvalid(field: string): TrustError {
  return new TrustError('TRUST_PROOF_HEAD_INVALID', { context: { field } });
}

function assertHead(head: VerifiedHead, kind: HeadKind): void {
  if (head.kind !== kind) throw headInvalid('kind');
  for (const [field, isSound] of HEAD_CHECKS) if (!isSound(head)) throw headInvalid(field);
}

function signingKey(kid: KeyId, head: VerifiedHead, { keyOf, drill = false }: ProofContext): SigningPublicKey {
  const key = keyOf({ kid, signer: head.signer, signedMs: head.signedMs, drill });
  if (key.kid !== kid) throw new TypeError('the key that was looked up is another one');
  return key;
}

function verifySignature(proof: Proof, key: SigningPublicKey): void {
  const valid =
    proof.signature.length === 64 &&
    verify(null, proofSigningInput(proof.protected, proof.head), key.handle, proof.signature);
  if (!valid) throw new TrustError('TRUST_PROOF_SIGNATURE_INVALID', { context: { kid: key.kid } });
}

function assertInclusion(item: Uint8Array, proof: Proof, head: VerifiedHead): void {
  // A path longer than the tree is deep is refused as soon as it leaves the tree.
  if (!verifyInclusion(leafHash(item), proof.leafIndex, head.size, proof.path, head.root))
    throw new TrustError('TRUST_PROOF_INCLUSION_INVALID');
}

/**
 * Who signed the item, when and with which key: the signature is verified, the item is in the tree that was signed, and
 * the key was the signer's and good for it. Whether that signer may say such a thing is not judged.
 *
 * A head whose signature was verified before is not verified again; whether its key is good is asked every time.
 * @throws TrustError TRUST_PROOF_*; TRUST_KEY_*, TRUST_OFFICE_UNKNOWN, TRUST_DIRECTORY_*, TRUST_SIGNED_IN_FUTURE from `keyOf`.
 */
export function verifyProof(item: Uint8Array, proof: Proof | null, context: ProofContext): VerifiedProof {
  if (proof === null) throw new TrustError('TRUST_PROOF_HEADER_INVALID', { context: { fault: 'missing' } });
  // One allowed form, so that "alg" (RFC 7515 §4.1.1), "crit" (§4.1.11) and "typ" (§4.1.9) need no further reading; that
  // of a known head was read when the head was of the kind that it still is.
  const known = knownHead(proof, context.heads);
  const kid = known?.kid ?? parseProofHeader(proof.protected, context.kind);
  const head = known?.head ?? parseHead(proof.head);
  assertHead(head, context.kind);
  const key = signingKey(kid, head, context);
  // RFC 8032 §5.1.7.
  if (known === undefined) {
    verifySignature(proof, key);
    context.heads.keep({
      kid,
      protected: copyBytes(proof.protected),
      headBytes: copyBytes(proof.head),
      signature: copyBytes(proof.signature),
      head,
    });
  }
  // RFC 9162 §2.1.3.2.
  assertInclusion(item, proof, head);
  return { signer: head.signer, signedMs: head.signedMs, kid };
}
