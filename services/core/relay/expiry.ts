import { digestFromBytes, type EnvelopeId, isLiaisonError } from '../foundation/index.ts';
import { copyIsDone, type InboundMessageView, type OutboundCopy, type OutboundMessage } from '../ledger/index.ts';
import { Outcome, ReceiptKind } from '../wire/index.ts';
import type { HoldQueue } from './hold-queue.ts';
import type { RelayContext } from './parts.ts';
import { keptReceipt, sentReceipt } from './receipts.ts';

/** Ends what nobody ended in time: a signed negative receipt or the end of a hold, never silence and never a release. */
export interface Expiry {
  /** Looks at everything that is open; returns how much it ended. */
  readonly sweep: () => Promise<number>;
}

/** The expiry of this office. */
export function expiry(context: RelayContext, holds: HoldQueue): Expiry {
  const { projection, clock, settings, self } = context;

  const hasEnd = (copy: OutboundCopy): boolean =>
    copyIsDone(copy) || copy.receipts.some((receipt) => receipt.kind === ReceiptKind.DELIVERY);

  const nonDelivery = async (message: OutboundMessage, copy: OutboundCopy): Promise<void> => {
    const receipt = await context.receipts.sign({
      kind: ReceiptKind.NON_DELIVERY,
      addressee: copy.to,
      origin: self,
      envelopeId: message.id,
      envelopeDigest: message.envelopeDigest,
      crossingDigest: copy.crossing === null ? null : digestFromBytes(copy.crossing.digest),
      atMs: clock.now(),
      reason: 'EXPIRED',
      relayedMs: null,
    });
    await context.desk.commit(() => ({ contents: [], events: () => (hasEnd(copy) ? [] : [keptReceipt(receipt)]), result: () => undefined }));
    context.events.receipt({ direction: 'out', peer: copy.to, kind: ReceiptKind.NON_DELIVERY, origin: self, id: message.id });
  };

  const nonRetrieval = async (message: InboundMessageView): Promise<void> => {
    const receipt = await context.receipts.sign({
      kind: ReceiptKind.NON_RETRIEVAL,
      addressee: message.from,
      origin: message.origin,
      envelopeId: message.id as EnvelopeId,
      envelopeDigest: message.envelopeDigest,
      crossingDigest: message.crossingDigest,
      atMs: clock.now(),
      reason: 'EXPIRED',
      relayedMs: message.receivedMs,
    });
    await context.desk.commit((round) => ({
      contents: [],
      events: () => (message.retrievals.length > 0 ? [] : [sentReceipt(receipt, round)]),
      result: () => context.wake(message.from),
    }));
    context.events.receipt({ direction: 'out', peer: message.from, kind: ReceiptKind.NON_RETRIEVAL, origin: message.origin, id: message.id });
  };

  const sweepOutbound = async (message: OutboundMessage): Promise<number> => {
    let ended = 0;
    const now = clock.now();
    for (const copy of message.copies.values()) {
      const held = copy.decision.outcome === Outcome.HELD && copy.hold === null;
      if (held && now > message.expiresMs) {
        await holds.expire({ direction: 'outbound', origin: self, id: message.id, peer: copy.to });
        ended++;
      } else if (copy.releasedMs !== null && !hasEnd(copy) && now > message.expiresMs + 2 * settings.clockToleranceMs) {
        // The neighbour takes it until the tolerance after its expiry, by a clock that may be wrong by as much.
        await nonDelivery(message, copy);
        ended++;
      }
    }
    return ended;
  };

  const sweepInbound = async (message: InboundMessageView): Promise<number> => {
    if (clock.now() <= message.expiresMs) return 0;
    if (message.decision.outcome === Outcome.HELD && message.hold === null) {
      await holds.expire({ direction: 'inbound', origin: message.origin, id: message.id, peer: message.from });
      return 1;
    }
    if (message.deliveredMs === null || message.retrievals.length > 0) return 0;
    await nonRetrieval(message);
    return 1;
  };

  return {
    sweep: async () => {
      let ended = 0;
      for (const key of [...projection.open]) {
        const outbound = projection.outbound.get(key);
        const inbound = projection.inbound.get(key);
        try {
          if (outbound !== undefined) ended += await sweepOutbound(outbound);
          else if (inbound !== undefined) ended += await sweepInbound(inbound);
        } catch (cause) {
          if (!isLiaisonError(cause)) throw cause;
        }
      }
      return ended;
    },
  };
}
