import {
  isDrillScope,
  later,
  leafHash,
  type MerkleTree,
  merkleTree,
  type OfficeId,
  type Scope,
  sha256,
} from '../foundation/index.ts';
import { CLOCK_TOLERANCE_MS, equalBytes, type Unsealer, type VerifiedProof, verifyProof } from '../trust/index.ts';
import { type FrameHeader, frameHeaderCodec, HeadKind } from '../wire/index.ts';
import { unpackCrossing } from './crossing-item.ts';
import { decodeExact } from './decode-exact.ts';
import { EnvelopeError } from './errors.ts';
import { unpadContent } from './frame-content.ts';
import { assertFrameHeader, isScopeOf, itemCountOf } from './frame-header.ts';
import { carriedOn } from './lanes.ts';
import { openSeal } from './seal.ts';
import type {
  FrameItem,
  OpenContext,
  OpenedFrame,
  ReceivedFrame,
  UnverifiedCrossing,
  UnverifiedReceipt,
  UnverifiedStatus,
} from './types.ts';

function parseHeader(bytes: Uint8Array): FrameHeader {
  const header = decodeExact(frameHeaderCodec, bytes, 'ENVELOPE_FRAME_HEADER_INVALID');
  assertFrameHeader(header);
  return header;
}

function assertAddress({ from, to, scope, lane }: FrameHeader, self: OfficeId): void {
  if (to !== self) throw new EnvelopeError('ENVELOPE_NOT_ADDRESSED_TO_US', { context: { from, self } });
  if (!isScopeOf(scope, from as OfficeId, self, lane))
    throw new EnvelopeError('ENVELOPE_SCOPE_MISMATCH', { context: { from, self } });
}

function verifySigner(
  frame: ReceivedFrame,
  { from, scope }: FrameHeader,
  { keyOf, heads }: OpenContext,
): VerifiedProof {
  const drill = isDrillScope(scope);
  const signed = verifyProof(frame.header, frame.proof, { kind: HeadKind.FRAME, keyOf, heads, drill });
  if (signed.signer !== from) throw new EnvelopeError('ENVELOPE_FRAME_SIGNER_MISMATCH', { context: { from } });
  return signed;
}

function assertTime({ from, madeMs }: FrameHeader, { now }: OpenContext): void {
  if (madeMs > later(now, CLOCK_TOLERANCE_MS))
    throw new EnvelopeError('ENVELOPE_FROM_FUTURE', { context: { from, madeMs } });
}

/** What opens a seal of that scope: keys for exercises open nothing else, and nothing else opens an exercise. */
function unsealerFor({ scope }: FrameHeader, { unsealer, drillUnsealer }: OpenContext): Unsealer {
  return isDrillScope(scope) ? drillUnsealer : unsealer;
}

/** An item as its frame's root covers it, with the parts that came beside it. */
interface CoveredItem {
  readonly bytes: Uint8Array;
  readonly parts: readonly Uint8Array[];
}

const NO_PARTS: readonly Uint8Array[] = [];

function coveredItems(items: readonly Uint8Array[], { lane }: FrameHeader): readonly CoveredItem[] {
  if (carriedOn(lane) !== 'crossings') return items.map((bytes) => ({ bytes, parts: NO_PARTS }));
  return items.map((item) => {
    const { crossing, parts } = unpackCrossing(item);
    return { bytes: crossing, parts };
  });
}

function assertItems(items: readonly CoveredItem[], header: FrameHeader): MerkleTree {
  if (items.length !== itemCountOf(header))
    throw new EnvelopeError('ENVELOPE_FRAME_COUNT_MISMATCH', { context: { from: header.from } });
  const tree = merkleTree(items.map((item) => leafHash(item.bytes)));
  if (!equalBytes(tree.root, header.root))
    throw new EnvelopeError('ENVELOPE_FRAME_ROOT_MISMATCH', { context: { from: header.from } });
  return tree;
}

function opened(
  frame: ReceivedFrame,
  header: FrameHeader,
  signed: VerifiedProof,
  items: readonly CoveredItem[],
  tree: MerkleTree,
): OpenedFrame {
  const place = {
    header,
    headerBytes: frame.header,
    headerDigest: sha256(frame.header),
    proof: frame.proof,
    signed,
    from: header.from as OfficeId,
    to: header.to as OfficeId,
    scope: header.scope as Scope,
    lane: header.lane,
  };
  const placed = items.map(
    (item, index): FrameItem => ({
      ...item,
      frame: place,
      index,
      count: items.length,
      number: header.first + index,
      path: tree.path(index),
    }),
  );
  const carries = carriedOn(header.lane);
  if (carries === 'crossings')
    return { ...place, carries, crossings: placed as UnverifiedCrossing[] } as unknown as OpenedFrame;
  if (carries === 'receipts')
    return { ...place, carries, receipts: placed as UnverifiedReceipt[] } as unknown as OpenedFrame;
  return { ...place, carries, status: placed[0] as UnverifiedStatus } as unknown as OpenedFrame;
}

/**
 * A frame for this office: its header is the sender's own, signed with a key that was good for it, and its items are
 * those that the header was signed for. What the items say is not verified, and whether the frame follows the one before
 * on its lane is for the ledger to tell.
 * @throws EnvelopeError ENVELOPE_FRAME_HEADER_INVALID, ENVELOPE_NOT_ADDRESSED_TO_US, ENVELOPE_SCOPE_MISMATCH,
 * ENVELOPE_FRAME_SIGNER_MISMATCH, ENVELOPE_FROM_FUTURE, ENVELOPE_SEAL_INVALID, ENVELOPE_CONTENT_INVALID,
 * ENVELOPE_FRAME_COUNT_MISMATCH, ENVELOPE_FRAME_ROOT_MISMATCH; TrustError as `verifyProof`, TRUST_UNSEALER_KEY_UNKNOWN.
 */
export async function openFrame(frame: ReceivedFrame, context: OpenContext): Promise<OpenedFrame> {
  const header = parseHeader(frame.header);
  assertAddress(header, context.self);
  const signed = verifySigner(frame, header, context);
  assertTime(header, context);
  const content = await openSeal('liaison-frame-content', frame.seal, frame.header, unsealerFor(header, context));
  const items = coveredItems(unpadContent(content), header);
  const tree = assertItems(items, header);
  return opened(frame, header, signed, items, tree);
}
