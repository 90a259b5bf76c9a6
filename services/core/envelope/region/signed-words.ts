import { digestFromBytes, type EpochMs, type HubId, later, type OfficeId } from '../../foundation/index.ts';
import { CLOCK_TOLERANCE_MS, type Signer, signProofs, verifyProof } from '../../trust/index.ts';
import {
  type Codec,
  HeadKind,
  type HubHead,
  hubHeadCodec,
  type Init,
  type Proof,
  type RegionStatus,
  regionStatusCodec,
  type SignedHubHead,
  type SignedRegionStatus,
  type SignedSubscription,
  type Subscription,
  subscriptionCodec,
} from '../../wire/index.ts';
import { decodeExact } from '../decode-exact.ts';
import { EnvelopeError } from '../errors.ts';
import { assertHubHead, assertRegionStatus, assertSubscription } from './check-words.ts';
import type { RegionContext, VerifiedHubHead, VerifiedRegionStatus, VerifiedSubscription } from './types.ts';

interface Signed {
  readonly bytes: Uint8Array;
  readonly proof: Proof;
}

async function sign(signer: Signer, kind: HeadKind, by: string, bytes: Uint8Array, at: EpochMs): Promise<Signed> {
  const [proof] = await signProofs(signer, kind, by, [bytes], at);
  return { bytes, proof: proof as Proof };
}

function encode<T>(codec: Codec<T>, word: Init<T>, assertSound: (word: T) => void): Uint8Array {
  const bytes = codec.encode(word);
  assertSound(codec.decode(bytes));
  return bytes;
}

/** An office's subscription with its signature. @throws EnvelopeError ENVELOPE_REGION_WORD_INVALID; TrustError TRUST_SIGNER_FAILED. */
export async function signSubscription(
  signer: Signer,
  subscription: Init<Subscription>,
  at: EpochMs,
): Promise<SignedSubscription> {
  const bytes = encode(subscriptionCodec, subscription, assertSubscription);
  const { proof } = await sign(signer, HeadKind.REGION, subscription.office ?? '', bytes, at);
  return { subscription: bytes, proof };
}

/** How an office stands with the region, with its signature. @throws EnvelopeError ENVELOPE_REGION_WORD_INVALID; TrustError TRUST_SIGNER_FAILED. */
export async function signRegionStatus(
  signer: Signer,
  status: Init<RegionStatus>,
  at: EpochMs,
): Promise<SignedRegionStatus> {
  const bytes = encode(regionStatusCodec, status, assertRegionStatus);
  const { proof } = await sign(signer, HeadKind.REGION, status.from ?? '', bytes, at);
  return { status: bytes, proof };
}

/** A hub's word on its log, with its signature. @throws EnvelopeError ENVELOPE_REGION_WORD_INVALID; TrustError TRUST_SIGNER_FAILED. */
export async function signHubHead(signer: Signer, head: Init<HubHead>, at: EpochMs): Promise<SignedHubHead> {
  const bytes = encode(hubHeadCodec, head, assertHubHead);
  const { proof } = await sign(signer, HeadKind.HUB, head.hub ?? '', bytes, at);
  return { head: bytes, proof };
}

function read<T extends { readonly atMs: number }>(
  codec: Codec<T>,
  signed: { readonly bytes: Uint8Array; readonly proof: Proof | null },
  kind: HeadKind,
  by: (word: T) => string,
  assertSound: (word: T) => void,
  { keyOf, heads, now }: RegionContext,
): T {
  const word = decodeExact(codec, signed.bytes, 'ENVELOPE_REGION_WORD_INVALID');
  assertSound(word);
  const { signer } = verifyProof(signed.bytes, signed.proof, { kind, keyOf, heads });
  if (signer !== by(word)) throw new EnvelopeError('ENVELOPE_REGION_SIGNER_MISMATCH', { context: { from: by(word) } });
  if (word.atMs > later(now, CLOCK_TOLERANCE_MS))
    throw new EnvelopeError('ENVELOPE_FROM_FUTURE', { context: { from: by(word) } });
  return word;
}

/** What that office wants of the region. @throws EnvelopeError ENVELOPE_REGION_WORD_INVALID, ENVELOPE_REGION_SIGNER_MISMATCH, ENVELOPE_FROM_FUTURE; TrustError as `verifyProof`. */
export function verifySubscription(signed: SignedSubscription, context: RegionContext): VerifiedSubscription {
  const { subscription: bytes, proof } = signed;
  const subscription = read(
    subscriptionCodec,
    { bytes, proof },
    HeadKind.REGION,
    (word) => word.office,
    assertSubscription,
    context,
  );
  return { office: subscription.office as OfficeId, subscription, signed } as VerifiedSubscription;
}

/** How that office stands with the region. @throws EnvelopeError ENVELOPE_REGION_WORD_INVALID, ENVELOPE_REGION_SIGNER_MISMATCH, ENVELOPE_FROM_FUTURE; TrustError as `verifyProof`. */
export function verifyRegionStatus(signed: SignedRegionStatus, context: RegionContext): VerifiedRegionStatus {
  const { status: bytes, proof } = signed;
  const status = read(
    regionStatusCodec,
    { bytes, proof },
    HeadKind.REGION,
    (word) => word.from,
    assertRegionStatus,
    context,
  );
  return { from: status.from as OfficeId, status, signed } as VerifiedRegionStatus;
}

/** What that hub says of its log; `keyOf` knows the hub's key. @throws EnvelopeError ENVELOPE_REGION_WORD_INVALID, ENVELOPE_REGION_SIGNER_MISMATCH, ENVELOPE_FROM_FUTURE; TrustError as `verifyProof`. */
export function verifyHubHead(signed: SignedHubHead, context: RegionContext): VerifiedHubHead {
  const { head: bytes, proof } = signed;
  const head = read(hubHeadCodec, { bytes, proof }, HeadKind.HUB, (word) => word.hub, assertHubHead, context);
  return { hub: head.hub as HubId, head, digest: digestFromBytes(head.digest), signed } as VerifiedHubHead;
}
