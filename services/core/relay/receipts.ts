import { type SignedReceiptBytes, signReceipts } from '../envelope/index.ts';
import {
  type Clock,
  type Digest,
  type EnvelopeId,
  type EpochMs,
  fromHex,
  type OfficeId,
  pairScope,
} from '../foundation/index.ts';
import type { Ledger, LedgerEvent } from '../ledger/index.ts';
import type { Signer } from '../trust/index.ts';
import { Lane, ReceiptKind } from '../wire/index.ts';
import { batcher } from './batcher.ts';
import type { Desk, Round } from './desk.ts';

/** What a receipt is about and says. */
export interface ReceiptDraft {
  readonly kind: ReceiptKind;
  readonly addressee: OfficeId;
  readonly origin: OfficeId;
  readonly envelopeId: EnvelopeId;
  readonly envelopeDigest: Digest;
  /** Null for a receipt about a submission. */
  readonly crossingDigest: Digest | null;
  readonly atMs: EpochMs;
  readonly reason: string;
  /** For a delivery: when the crossing had been verified. */
  readonly relayedMs: EpochMs | null;
}

/** Signs receipts of this office; those that wait together get one signature. */
export interface ReceiptDesk {
  readonly sign: (draft: ReceiptDraft) => Promise<SignedReceiptBytes>;
}

/** Receipts of `self`, each with the head of its ledger. */
export function receiptDesk(parts: {
  readonly self: OfficeId;
  readonly signer: Signer;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly desk: Desk;
}): ReceiptDesk {
  const signAll = (drafts: readonly ReceiptDraft[]): Promise<SignedReceiptBytes[]> => {
    const head = parts.ledger.head();
    return signReceipts(
      parts.signer,
      drafts.map((draft) => ({
        kind: draft.kind,
        issuer: parts.self,
        addressee: draft.addressee,
        origin: draft.origin,
        envelopeId: draft.envelopeId,
        envelopeDigest: fromHex(draft.envelopeDigest),
        crossingDigest: draft.crossingDigest === null ? new Uint8Array() : fromHex(draft.crossingDigest),
        atMs: draft.atMs,
        reason: draft.reason,
        head,
        relayedMs: draft.relayedMs ?? 0,
      })),
      parts.clock.now(),
    );
  };
  return { sign: batcher(1024, signAll, parts.desk.beforeRound).add };
}

/** The record of a receipt that goes to its addressee. */
export function sentReceipt(receipt: SignedReceiptBytes, round: Round): LedgerEvent {
  const to = receipt.receipt.addressee as OfficeId;
  const number = round.takeNumber(to, Lane.RECEIPTS);
  const scope = pairScope(receipt.receipt.issuer as OfficeId, to);
  round.leaves({ to, scope, lane: Lane.RECEIPTS, number, bytes: receipt.bytes });
  return { receiptIssued: { receipt: receipt.signed, number } };
}

/** The record of a receipt that stays with this office. */
export function keptReceipt(receipt: SignedReceiptBytes): LedgerEvent {
  return { receiptIssued: { receipt: receipt.signed, number: 0 } };
}

/** Whether a receipt of this kind says that what it is about did not succeed. */
export function isNegative(kind: ReceiptKind): boolean {
  return (
    kind === ReceiptKind.SUBMISSION_REJECTION ||
    kind === ReceiptKind.RELAY_FAILURE ||
    kind === ReceiptKind.NON_DELIVERY ||
    kind === ReceiptKind.NON_RETRIEVAL
  );
}
