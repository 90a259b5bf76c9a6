import { type EnvelopeId, isLiaisonError } from '../foundation/index.ts';
import { type InboundMessageView, messageKey, type OutboundCopy, type OutboundMessage } from '../ledger/index.ts';
import { Outcome, ReceiptKind } from '../wire/index.ts';
import { endCopy, hasEnd } from './end-copy.ts';
import type { HoldQueue } from './hold/index.ts';
import type { RelayContext } from './parts.ts';
import { sentReceipt } from './receipts.ts';

/** Ends what nobody ended in time: a signed negative receipt or the end of a hold, never silence and never a release. */
export interface Expiry {
  /** Looks at the next of what is open, in turn; resolves when all that was found to be over is ended. */
  readonly sweep: () => Promise<void>;
}

/** With a million open messages each is looked at every two minutes; with what an office has, at every sweep. */
const LOOKED_AT_ONCE = 10_000;
const ENDED_AT_ONCE = 256;

/** The expiry of this office. */
export function expiry(context: RelayContext, holds: HoldQueue): Expiry {
  const { projection, clock, settings, self } = context;
  let open: Iterator<string> | undefined;

  const isUnread = (message: InboundMessageView): boolean =>
    message.retrievals.length === 0 && !message.receipts.some((receipt) => receipt.kind === ReceiptKind.NON_RETRIEVAL);

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
    const sent = await context.desk.commit(
      (round) => {
        const unread = isUnread(message);
        return { contents: [], events: () => (unread ? [sentReceipt(receipt, round)] : []), result: () => unread };
      },
      [messageKey(message.origin, message.id)],
    );
    if (!sent) return;
    context.wake(message.from);
    context.events.receipt({
      direction: 'out',
      peer: message.from,
      kind: ReceiptKind.NON_RETRIEVAL,
      origin: message.origin,
      id: message.id,
    });
  };

  const endOfCopy = (message: OutboundMessage, copy: OutboundCopy): (() => Promise<unknown>) | undefined => {
    const now = clock.now();
    if (copy.decision.outcome === Outcome.HELD && copy.hold === null) {
      const key = { direction: 'outbound', origin: self, id: message.id, peer: copy.to } as const;
      return now > message.expiresMs ? () => holds.expire(key) : undefined;
    }
    // The neighbour takes it until the tolerance after its expiry, by a clock that may be wrong by as much.
    const isOver = copy.releasedMs !== null && !hasEnd(copy) && now > message.expiresMs + 2 * settings.clockToleranceMs;
    return isOver ? () => endCopy(context, message, copy, 'EXPIRED') : undefined;
  };

  const endOfArrival = (message: InboundMessageView): (() => Promise<unknown>) | undefined => {
    if (clock.now() <= message.expiresMs) return undefined;
    if (message.decision.outcome === Outcome.HELD && message.hold === null) {
      const key = { direction: 'inbound', origin: message.origin, id: message.id, peer: message.from } as const;
      return () => holds.expire(key);
    }
    return message.deliveredMs !== null && isUnread(message) ? () => nonRetrieval(message) : undefined;
  };

  const endsOf = (key: string): readonly (() => Promise<unknown>)[] => {
    const outbound = projection.outbound.get(key);
    const inbound = projection.inbound.get(key);
    const ends =
      outbound === undefined
        ? [inbound === undefined ? undefined : endOfArrival(inbound)]
        : [...outbound.copies.values()].map((copy) => endOfCopy(outbound, copy));
    return ends.filter((end) => end !== undefined);
  };

  /** The next open ones; what is opened or closed meanwhile appears or is left out, as a set's iterator does it. */
  const nextOpen = function* (): Generator<string> {
    for (let looked = 0; looked < LOOKED_AT_ONCE; looked++) {
      open ??= projection.open.values();
      const next = open.next();
      if (next.done === true) {
        open = undefined;
        return;
      }
      yield next.value;
    }
  };

  return {
    sweep: async () => {
      const ends = [...nextOpen()].flatMap(endsOf);
      for (let at = 0; at < ends.length; at += ENDED_AT_ONCE) {
        const ended = await Promise.allSettled(ends.slice(at, at + ENDED_AT_ONCE).map((end) => end()));
        // Somebody was faster: it was released, rejected or read meanwhile.
        for (const result of ended)
          if (result.status === 'rejected' && !isLiaisonError(result.reason)) throw result.reason;
      }
    },
  };
}
