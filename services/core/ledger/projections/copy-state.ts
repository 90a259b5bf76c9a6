import { HoldResolution, Outcome, ReceiptKind } from '../../wire/index.ts';
import type { CopyState, InboundMessageView, OutboundCopy } from './views.ts';

/** Where a copy stands, by the strongest evidence there is; `delivered` and `retrieved` only on the peer's signed receipt. */
export function stateOfCopy(copy: OutboundCopy): CopyState {
  const has = (kind: ReceiptKind): boolean => copy.receipts.some((receipt) => receipt.kind === kind);
  if (has(ReceiptKind.RETRIEVAL)) return 'retrieved';
  if (has(ReceiptKind.DELIVERY)) return 'delivered';
  if (has(ReceiptKind.RELAY_FAILURE) || has(ReceiptKind.NON_DELIVERY)) return 'failed';
  if (has(ReceiptKind.RELAY_ACCEPTANCE)) return 'accepted';
  if (copy.framedMs !== null) return 'sent';
  if (copy.releasedMs !== null) return 'queued';
  if (copy.hold?.resolution === HoldResolution.REJECTED) return 'rejected';
  if (copy.hold?.resolution === HoldResolution.EXPIRED) return 'expired';
  return copy.decision.outcome === Outcome.HELD ? 'held' : 'refused';
}

/** Where a message from another office stands here. */
export function stateOfInbound(message: InboundMessageView): CopyState {
  if (message.retrievals.length > 0) return 'retrieved';
  if (message.deliveredMs !== null) return 'delivered';
  if (message.hold?.resolution === HoldResolution.REJECTED) return 'rejected';
  if (message.hold?.resolution === HoldResolution.EXPIRED) return 'expired';
  return message.decision.outcome === Outcome.HELD ? 'held' : 'refused';
}

/** Whether nothing more is expected of this copy: refused, rejected, or ended by a receipt. */
export function copyIsDone(copy: OutboundCopy): boolean {
  if (copy.releasedMs === null) return copy.decision.outcome === Outcome.REFUSED || copy.hold !== null;
  return copy.receipts.some(
    (receipt) =>
      receipt.kind === ReceiptKind.RETRIEVAL ||
      receipt.kind === ReceiptKind.NON_RETRIEVAL ||
      receipt.kind === ReceiptKind.NON_DELIVERY ||
      receipt.kind === ReceiptKind.RELAY_FAILURE,
  );
}
