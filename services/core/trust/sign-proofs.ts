import { verify } from 'node:crypto';
import { type EpochMs, leafHash, merkleTree } from '../foundation/index.ts';
import { type HeadKind, type Proof, treeHeadCodec } from '../wire/index.ts';
import { TrustError } from './errors.ts';
import { proofHeader, proofSigningInput } from './proof-header.ts';
import type { Signer } from './types.ts';

/** 64 bytes that verify with the signer's own key: a broken signer is found here and not by a peer. */
export async function signChecked(input: Uint8Array, signer: Signer): Promise<Uint8Array> {
  const signature = await signer.sign(input);
  if (signature.length !== 64 || !verify(null, input, signer.publicKey.handle, signature)) {
    throw new TrustError('TRUST_SIGNER_FAILED', { context: { kid: signer.kid } });
  }
  return signature;
}

/**
 * A proof for each item, in their order, with one signature for all of them: a tree head over the items (RFC 9162 §2.1)
 * is what is signed, and each proof holds the item's inclusion path. No items, no signature.
 *
 * `signerId` is the office or nation that signs, `at` its clock.
 * @throws TrustError TRUST_SIGNER_FAILED; whatever the signer throws.
 */
export async function signProofs(
  signer: Signer,
  kind: HeadKind,
  signerId: string,
  items: readonly Uint8Array[],
  at: EpochMs,
): Promise<Proof[]> {
  if (items.length === 0) return [];
  const tree = merkleTree(items.map(leafHash));
  const head = treeHeadCodec.encode({ kind, size: tree.size, root: tree.root, signer: signerId, signedMs: at });
  const protectedHeader = proofHeader(kind, signer.kid);
  const signature = await signChecked(proofSigningInput(protectedHeader, head), signer);
  return items.map((_, leafIndex) => ({
    protected: protectedHeader,
    head,
    signature,
    leafIndex,
    path: tree.path(leafIndex),
  }));
}
