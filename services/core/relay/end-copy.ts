import { digestFromBytes, type OfficeId } from '../foundation/index.ts';
import { copyIsDone, messageKey, type OutboundCopy, type OutboundMessage } from '../ledger/index.ts';
import { ReceiptKind } from '../wire/index.ts';
import type { RelayContext } from './parts.ts';
import { keptReceipt } from './receipts.ts';

/** Names what one office gets of a message: its release, its frame and its end are committed one after the other. */
export function copySubject(message: string, to: OfficeId): string {
  return `${message}>${to}`;
}

/** Whether the sender needs no further word: a receipt says how it ended, or that officers have it. */
export function hasEnd(copy: OutboundCopy): boolean {
  return copyIsDone(copy) || copy.receipts.some((receipt) => receipt.kind === ReceiptKind.DELIVERY);
}

/** Ends a released copy that has no end by a signed negative receipt of this office, kept here, if `mayEnd` says so when it is on record; true when it did. */
export async function endCopy(
  context: RelayContext,
  message: Pick<OutboundMessage, 'origin' | 'id' | 'envelopeDigest'>,
  copy: OutboundCopy,
  reason: string,
  mayEnd: () => boolean = () => true,
): Promise<boolean> {
  if (copy.crossing === null || hasEnd(copy)) return false;
  const receipt = await context.receipts.sign({
    kind: ReceiptKind.NON_DELIVERY,
    addressee: copy.to,
    origin: message.origin,
    envelopeId: message.id,
    envelopeDigest: message.envelopeDigest,
    crossingDigest: digestFromBytes(copy.crossing.digest),
    atMs: context.clock.now(),
    reason,
    relayedMs: null,
  });
  const ended = await context.desk.commit(() => {
    const open = !hasEnd(copy) && mayEnd();
    return { contents: [], events: () => (open ? [keptReceipt(receipt)] : []), result: () => open };
  }, [copySubject(messageKey(message.origin, message.id), copy.to)]);
  if (ended)
    context.events.receipt({
      direction: 'out',
      peer: copy.to,
      kind: ReceiptKind.NON_DELIVERY,
      origin: message.origin,
      id: message.id,
    });
  return ended;
}
