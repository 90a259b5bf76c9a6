import { type EpochMs, isDrillScope, leafHash, merkleTree, type OfficeId, sha256 } from '../foundation/index.ts';
import { equalBytes, type RandomBytes, type SealingPublicKey, type Signer, signProofs } from '../trust/index.ts';
import { type FrameHeader, frameHeaderCodec, HeadKind, type Lane, type Proof, transitCodec } from '../wire/index.ts';
import { coveredBytes } from './crossing-item.ts';
import { EnvelopeError } from './errors.ts';
import { countForFrame, padContent } from './frame-content.ts';
import { assertFrameHeader, isScopeOf, itemCountOf } from './frame-header.ts';
import { carriedOn } from './lanes.ts';
import { seal } from './seal.ts';
import type { FrameDraft, MadeFrame } from './types.ts';

function rootOf(lane: Lane, items: readonly Uint8Array[]): Uint8Array {
  return merkleTree(items.map((item) => leafHash(coveredBytes(lane, item)))).root;
}

function headerOf({ scope, from, to, lane, first, chain, previous, items }: FrameDraft, at: EpochMs): FrameHeader {
  if (countForFrame(items.map((item) => item.length)) < items.length || items.length === 0) {
    throw new EnvelopeError('ENVELOPE_FRAME_TOO_LARGE', { context: { to, lane, items: items.length } });
  }
  const last = carriedOn(lane) === 'status' ? 0 : first + items.length - 1;
  const header = { scope, from, to, lane, first, last, chain, previous, root: rootOf(lane, items), madeMs: at };
  assertFrameHeader(header);
  if (!isScopeOf(scope, from, to, lane)) throw new EnvelopeError('ENVELOPE_SCOPE_MISMATCH', { context: { from, to } });
  return header;
}

/**
 * The headers of these frames of one office, signed by it with one signature: by `signer` those of pairs and real
 * operations, which may go together, and those of exercises, which go apart. To be recorded before their content
 * is sealed and sent, and then sent as they are for as long as it takes.
 * @throws EnvelopeError ENVELOPE_FRAME_TOO_LARGE, ENVELOPE_FRAME_HEADER_INVALID, ENVELOPE_SCOPE_MISMATCH; TrustError
 * TRUST_SIGNER_FAILED; TypeError for a frame from another office, and for frames of exercises among others.
 */
export async function makeFrames(
  signer: Signer,
  office: OfficeId,
  drafts: readonly FrameDraft[],
  at: EpochMs,
): Promise<MadeFrame[]> {
  for (const { from } of drafts) if (from !== office) throw new TypeError('an office signs its own frames');
  if (new Set(drafts.map(({ scope }) => isDrillScope(scope))).size > 1)
    throw new TypeError('an exercise is signed with a key of its own');
  const headers = drafts.map((draft) => headerOf(draft, at));
  const encoded = headers.map((header) => frameHeaderCodec.encode(header));
  const proofs = await signProofs(signer, HeadKind.FRAME, office, encoded, at);
  return encoded.map((headerBytes, i) => ({
    header: headers[i] as FrameHeader,
    headerBytes,
    headerDigest: sha256(headerBytes),
    proof: proofs[i] as Proof,
  }));
}

/**
 * The bytes to publish: the signed header with its items sealed to the recipient, who alone can read them; under a fresh
 * key each time, so that a frame may be sent again and a relay cannot tell.
 * @throws EnvelopeError ENVELOPE_FRAME_ROOT_MISMATCH when the items are not those that the header was signed for.
 */
export function sealFrame(
  made: Pick<MadeFrame, 'headerBytes' | 'proof'>,
  items: readonly Uint8Array[],
  recipient: SealingPublicKey,
  random: RandomBytes,
): Uint8Array {
  const header = frameHeaderCodec.decode(made.headerBytes);
  if (items.length !== itemCountOf(header) || !equalBytes(rootOf(header.lane, items), header.root))
    throw new EnvelopeError('ENVELOPE_FRAME_ROOT_MISMATCH');
  const sealed = seal('liaison-frame-content', padContent(items), made.headerBytes, recipient, random);
  return transitCodec.encode({ frame: { header: made.headerBytes, proof: made.proof, seal: sealed } });
}
