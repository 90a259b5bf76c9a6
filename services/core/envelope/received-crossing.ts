import { isDrillScope, leafHash, type OfficeId, verifyInclusion } from '../foundation/index.ts';
import { type VerifiedProof, verifyProof } from '../trust/index.ts';
import {
  type FrameHeader,
  frameHeaderCodec,
  HeadKind,
  type ReceivedCrossing,
  receivedCrossingCodec,
} from '../wire/index.ts';
import { decodeExact } from './decode-exact.ts';
import { EnvelopeError } from './errors.ts';
import { assertFrameHeader, isScopeOf, itemCountOf } from './frame-header.ts';
import { carriedOn } from './lanes.ts';
import type { FrameItem, MessagePart, VerifiedCrossing, VerifyContext } from './types.ts';
import { verifyCrossingAt } from './verify-crossing.ts';

/**
 * What is to be kept of a crossing so that it can be proved alone for ever, with those of its parts that this office may
 * keep: an encoded ReceivedCrossing. It proves the same without the others.
 */
export function keepReceivedCrossing(
  { frame, index, count, bytes, path }: FrameItem,
  parts: readonly Pick<MessagePart, 'bytes'>[],
): Uint8Array {
  return receivedCrossingCodec.encode({
    crossing: bytes,
    frameHeader: frame.headerBytes,
    frameProof: frame.proof,
    leafIndex: index,
    leafCount: count,
    path,
    parts: parts.map((part) => part.bytes),
  });
}

/** A crossing with the header of the frame that it came in; the frame's signature and its place in it are verified. */
export interface FramedCrossing {
  readonly received: ReceivedCrossing;
  readonly frame: FrameHeader;
  readonly number: number;
  readonly signed: VerifiedProof;
}

function parseHeader(bytes: Uint8Array): FrameHeader {
  const header = decodeExact(frameHeaderCodec, bytes, 'ENVELOPE_FRAME_HEADER_INVALID');
  assertFrameHeader(header);
  if (!isScopeOf(header.scope, header.from as OfficeId, header.to as OfficeId, header.lane))
    throw new EnvelopeError('ENVELOPE_SCOPE_MISMATCH');
  if (carriedOn(header.lane) !== 'crossings')
    throw new EnvelopeError('ENVELOPE_FRAME_HEADER_INVALID', { context: { field: 'lane' } });
  return header;
}

function assertIncluded({ crossing, leafIndex, leafCount, path }: ReceivedCrossing, header: FrameHeader): void {
  const isWhole = leafCount === itemCountOf(header);
  if (!isWhole || !verifyInclusion(leafHash(crossing), leafIndex, leafCount, path, header.root))
    throw new EnvelopeError('ENVELOPE_FRAME_ROOT_MISMATCH');
}

/**
 * The exporter signed a frame that holds this very crossing at this very place of the lane. Takes an encoded
 * ReceivedCrossing; what the crossing says is not verified.
 * @throws EnvelopeError ENVELOPE_EVIDENCE_MALFORMED, ENVELOPE_FRAME_HEADER_INVALID, ENVELOPE_SCOPE_MISMATCH,
 * ENVELOPE_FRAME_SIGNER_MISMATCH, ENVELOPE_FRAME_ROOT_MISMATCH; TrustError as `verifyProof`.
 */
export function verifyFramedCrossing(bytes: Uint8Array, { keyOf, heads }: VerifyContext): FramedCrossing {
  const received = decodeExact(receivedCrossingCodec, bytes, 'ENVELOPE_EVIDENCE_MALFORMED');
  const frame = parseHeader(received.frameHeader);
  const drill = isDrillScope(frame.scope);
  const signed = verifyProof(received.frameHeader, received.frameProof, { kind: HeadKind.FRAME, keyOf, heads, drill });
  if (signed.signer !== frame.from)
    throw new EnvelopeError('ENVELOPE_FRAME_SIGNER_MISMATCH', { context: { from: frame.from } });
  assertIncluded(received, frame);
  return { received, frame, number: frame.first + received.leafIndex, signed };
}

/**
 * A crossing that this office kept, with the parts that it kept, verified again in everything that does not depend on
 * the time of day: it may have expired since. Takes an encoded ReceivedCrossing; `keyOf` answers for the time when it was recorded.
 * @throws EnvelopeError as `verifyFramedCrossing` and `verifyCrossing`, ENVELOPE_NOT_ADDRESSED_TO_US; TrustError as `verifyProof`.
 */
export function readReceivedCrossing(
  bytes: Uint8Array,
  context: VerifyContext & { readonly self: OfficeId },
): VerifiedCrossing {
  const { received, frame, number } = verifyFramedCrossing(bytes, context);
  if (frame.to !== context.self)
    throw new EnvelopeError('ENVELOPE_NOT_ADDRESSED_TO_US', { context: { from: frame.from } });
  const { scope, from, to, lane } = frame;
  return verifyCrossingAt(
    received.crossing,
    received.parts,
    { scope, from, to, lane, number },
    context,
  ) as VerifiedCrossing;
}
