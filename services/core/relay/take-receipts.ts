import {
  assertReceiptAnswers,
  type OpenedFrame,
  type UnverifiedReceipt,
  type VerifiedReceipt,
  verifyReceipt,
} from '../envelope/index.ts';
import { type Digest, digestFromBytes, isLiaisonError, type OfficeId, toHex } from '../foundation/index.ts';
import { type LedgerEvent, messageKey } from '../ledger/index.ts';
import { MessageKind, signedReceiptCodec } from '../wire/index.ts';
import { assertContinues } from './arrival-order.ts';
import type { Prepared } from './desk.ts';
import { RelayError } from './errors.ts';
import type { RelayContext } from './parts.ts';
import type { Quarantine, QuarantineEntry } from './quarantine.ts';
import { mayVerifyLater } from './waits.ts';

/** A receipt of the frame, or why it counts for nothing. */
interface Judged {
  readonly item: UnverifiedReceipt;
  readonly receipt: VerifiedReceipt | null;
  readonly refused: QuarantineEntry | undefined;
}

/**
 * Takes the receipts of a frame in: each signed by the neighbour and about the exact crossing that was sent to it. One
 * that is not goes into quarantine, changes nothing, and keeps none of the others from counting.
 * @throws RelayError RELAY_FRAME_REPLAYED_ALTERED, RELAY_FRAME_CHAIN_BROKEN, RELAY_STOPPED; the stores' errors; where
 * `patient`, the error of a receipt that may verify later.
 */
export async function takeReceipts(
  context: RelayContext,
  quarantine: Quarantine,
  frame: OpenedFrame & { readonly carries: 'receipts' },
  patient: boolean,
): Promise<void> {
  const { from, header } = frame;
  const chain = toHex(header.chain);
  const lane = context.projection.arrivals.lane(from, chain, frame.lane);
  assertContinues(lane, frame);
  const judged = frame.receipts
    .filter((item) => !lane.have.has(item.number))
    .map((item) => judge(context, quarantine, item, patient));
  if (judged.length === 0) return;
  const taken = await context.desk.commit((): Prepared<readonly Judged[]> => {
    // Another copy of the frame may have been taken in while this one was judged.
    const { have } = context.projection.arrivals.lane(from, chain, frame.lane);
    const fresh = judged.filter(({ item }) => !have.has(item.number));
    const originals = fresh.flatMap(({ refused }) => (refused?.content ? [refused] : []));
    return {
      contents: originals.map((entry) => entry.content as NonNullable<QuarantineEntry['content']>),
      events: (refs) => {
        if (fresh.length === 0) return [];
        const events: LedgerEvent[] = [{ frameReceived: { header: frame.headerBytes, proof: frame.proof } }];
        for (const { item, receipt, refused } of fresh) {
          const signed = receipt === null ? null : signedReceiptCodec.decode(receipt.signedReceipt);
          events.push({ receiptReceived: { receipt: signed, from, number: item.number, chain: header.chain } });
          if (refused !== undefined) events.push(refused.event(refs[originals.indexOf(refused)] ?? null));
        }
        return events;
      },
      result: () => fresh,
    };
  });
  for (const { receipt, refused } of taken) {
    if (receipt !== null)
      context.events.receipt({
        direction: 'in',
        peer: from,
        kind: receipt.receipt.kind,
        origin: receipt.origin,
        id: receipt.envelopeId,
      });
    if (refused !== undefined) quarantine.tell(from, refused);
  }
  if (taken.some(({ receipt }) => receipt !== null && letsFilesGoOn(context, receipt))) context.arrived();
}

/** Whether the receipt is about a post or a piece of a file: further pieces may wait for it. */
function letsFilesGoOn({ projection }: RelayContext, { origin, envelopeId }: VerifiedReceipt): boolean {
  const kind = projection.outbound.get(messageKey(origin, envelopeId))?.kind;
  return kind === MessageKind.ATTACHMENT_CHUNK || kind === MessageKind.OPERATION_POST;
}

function judge(context: RelayContext, quarantine: Quarantine, item: UnverifiedReceipt, patient: boolean): Judged {
  const now = context.clock.now();
  const { from } = item.frame;
  try {
    const receipt = verifyReceipt(item, { keyOf: context.trust().keysForArrival(now), heads: context.heads, now });
    assertAnswersUs(context, receipt, from);
    return { item, receipt, refused: undefined };
  } catch (cause) {
    if (!isLiaisonError(cause) || (patient && mayVerifyLater(cause))) throw cause;
    return { item, receipt: null, refused: quarantine.entry(from, cause.code, item.bytes) };
  }
}

/** A neighbour may only speak of what was sent to it, byte for byte. @throws RelayError RELAY_RECEIPT_MISPLACED; EnvelopeError ENVELOPE_RECEIPT_MISMATCH. */
function assertAnswersUs(context: RelayContext, receipt: VerifiedReceipt, from: OfficeId): void {
  const own = context.projection.outbound.get(messageKey(receipt.origin, receipt.envelopeId));
  const added = context.projection.added.byCrossing(receipt.receipt.crossingDigest);
  const message = added ?? own;
  const crossing = (added === undefined ? own?.copies.get(from) : added)?.crossing ?? null;
  if (message === undefined || crossing === null || (added !== undefined && added.to !== from))
    throw new RelayError('RELAY_RECEIPT_MISPLACED', { context: { office: from } });
  const crossingDigest: Digest = digestFromBytes(crossing.digest);
  assertReceiptAnswers(receipt, {
    to: from,
    origin: message.origin,
    envelopeId: message.id,
    envelopeDigest: message.envelopeDigest,
    crossingDigest,
  });
}
