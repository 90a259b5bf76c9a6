import { type Digest, digestFromBytes, isLiaisonError, type OfficeId, toHex } from '../foundation/index.ts';
import { type OpenedFrame, type UnverifiedReceipt, type VerifiedReceipt, verifyReceipt } from '../envelope/index.ts';
import { type LedgerEvent, messageKey } from '../ledger/index.ts';
import { signedReceiptCodec } from '../wire/index.ts';
import { assertContinues } from './arrival-order.ts';
import { RelayError } from './errors.ts';
import type { RelayContext } from './parts.ts';

/**
 * Takes the receipts of a frame in: each signed by the neighbour and about the exact crossing that was sent to it.
 * @throws RelayError RELAY_RECEIPT_MISPLACED, RELAY_FRAME_REPLAYED_ALTERED, RELAY_FRAME_CHAIN_BROKEN; EnvelopeError.
 */
export async function takeReceipts(context: RelayContext, frame: OpenedFrame & { readonly carries: 'receipts' }): Promise<void> {
  const lane = context.projection.arrivals.lane(frame.from, toHex(frame.header.chain), frame.lane);
  const receiptBytes = frame.receipts.map((item) => ({ number: item.number, bytes: receiptOf(item) }));
  assertContinues(lane, frame, receiptBytes);
  const fresh = frame.receipts.filter((item) => !lane.have.has(item.number));
  if (fresh.length === 0) return;
  const now = context.clock.now();
  const verified = fresh.map((item) => {
    const receipt = verifyReceipt(item, { keyOf: context.trust().keysForArrival(now), heads: context.heads, now });
    assertAnswersUs(context, receipt, frame.from);
    return { number: item.number, receipt };
  });
  await context.desk.commit(() => ({
    contents: [],
    events: () => {
      const events: LedgerEvent[] = [{ frameReceived: { header: frame.headerBytes, proof: frame.proof } }];
      for (const { number, receipt } of verified) {
        if (lane.have.has(number)) continue;
        events.push({ receiptReceived: { receipt: signedReceiptCodec.decode(receipt.signedReceipt), from: frame.from, number, chain: frame.header.chain } });
      }
      return events.length === 1 ? [] : events;
    },
    result: () => undefined,
  }));
  for (const { receipt } of verified) {
    context.events.receipt({ direction: 'in', peer: frame.from, kind: receipt.receipt.kind, origin: receipt.origin, id: receipt.envelopeId });
  }
}

/** The bytes that a receipt's number stands for: the receipt without its proof, which may be made anew. */
function receiptOf(item: UnverifiedReceipt): Uint8Array {
  try {
    return signedReceiptCodec.decode(item.bytes).receipt;
  } catch (cause) {
    if (!isLiaisonError(cause)) throw cause;
    return item.bytes;
  }
}

/** A neighbour may only speak of what was sent to it, byte for byte. */
function assertAnswersUs(context: RelayContext, receipt: VerifiedReceipt, from: OfficeId): void {
  const copy = context.projection.outbound.get(messageKey(receipt.origin, receipt.envelopeId))?.copies.get(from);
  const digest: Digest | null = receipt.receipt.crossingDigest.length === 32 ? digestFromBytes(receipt.receipt.crossingDigest) : null;
  const sent = copy?.crossing === null || copy === undefined ? null : digestFromBytes(copy.crossing.digest);
  if (receipt.addressee !== context.self || digest === null || sent === null || digest !== sent) {
    throw new RelayError('RELAY_RECEIPT_MISPLACED', { context: { office: from } });
  }
}
