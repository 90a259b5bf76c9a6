import type { SignedReceiptBytes } from '../../envelope/index.ts';
import type { EnvelopeId } from '../../foundation/index.ts';
import { type InboundMessageView, type LedgerEvent, messageKey, type OutboundMessage } from '../../ledger/index.ts';
import { Direction, type HoldResolution, type Init, type LedgerRecord, ReceiptKind } from '../../wire/index.ts';
import type { Prepared, Round } from '../desk.ts';
import { copySubject } from '../end-copy.ts';
import type { RelayContext } from '../parts.ts';
import type { HeldKey } from '../types.ts';

type Resolved = Init<NonNullable<LedgerRecord['holdResolved']>>;

/** One after the other for one held crossing and for its message, so that it leaves the queue once. */
export function commitHeld<Result>(
  context: RelayContext,
  key: HeldKey,
  prepare: (round: Round) => Prepared<Result>,
): Promise<Result> {
  const message = messageKey(key.origin, key.id);
  return context.desk.commit(
    prepare,
    key.direction === 'outbound' ? [message, copySubject(message, key.peer)] : [message],
  );
}

/** Where the held crossing stands, as records name it. */
export function placeOf(key: HeldKey): Pick<Resolved, 'direction' | 'origin' | 'envelopeId' | 'peer'> {
  return {
    direction: key.direction === 'outbound' ? Direction.OUTBOUND : Direction.INBOUND,
    origin: key.origin,
    envelopeId: key.id,
    peer: key.peer,
  };
}

/** The record of a hold's end. */
export function resolvedEvent(
  key: HeldKey,
  resolution: HoldResolution,
  more: Omit<Resolved, 'resolution' | 'direction' | 'origin' | 'envelopeId' | 'peer'>,
): LedgerEvent {
  return { holdResolved: { ...placeOf(key), resolution, ...more } };
}

/** The receipt that officers have what was held here. */
export function deliveryReceipt(context: RelayContext, message: InboundMessageView): Promise<SignedReceiptBytes> {
  return receiptFor(context, message, ReceiptKind.DELIVERY, '');
}

/** The receipt that what was held here ended without a release. */
export function refusalReceipt(
  context: RelayContext,
  message: InboundMessageView,
  reason: string,
): Promise<SignedReceiptBytes> {
  return receiptFor(context, message, ReceiptKind.NON_DELIVERY, reason);
}

/** The receipt, kept here, that a copy of this office ended in its own hold queue: no crossing was ever made of it. */
export function unsentReceipt(
  context: RelayContext,
  message: OutboundMessage,
  key: HeldKey,
  reason: string,
): Promise<SignedReceiptBytes> {
  return context.receipts.sign({
    kind: ReceiptKind.SUBMISSION_REJECTION,
    addressee: key.peer,
    origin: context.self,
    envelopeId: message.id,
    envelopeDigest: message.envelopeDigest,
    crossingDigest: null,
    atMs: context.clock.now(),
    reason,
    relayedMs: null,
  });
}

function receiptFor(
  context: RelayContext,
  message: InboundMessageView,
  kind: ReceiptKind,
  reason: string,
): Promise<SignedReceiptBytes> {
  return context.receipts.sign({
    kind,
    addressee: message.from,
    origin: message.origin,
    envelopeId: message.id as EnvelopeId,
    envelopeDigest: message.envelopeDigest,
    crossingDigest: message.crossingDigest,
    atMs: context.clock.now(),
    reason,
    relayedMs: message.receivedMs,
  });
}
