import type { EpochMs } from '../../core/foundation/index.ts';
import type { HoldView, InboundMessageView, OutboundCopy } from '../../core/ledger/index.ts';

/** The copy as it stood at that moment, by what was on record here then. */
export function copyAsOf(copy: OutboundCopy, at: EpochMs): OutboundCopy {
  const isKnown = (ms: EpochMs | null): EpochMs | null => (ms !== null && ms <= at ? ms : null);
  return {
    ...copy,
    ...holdAsOf(copy, at),
    releasedMs: isKnown(copy.releasedMs),
    framedMs: isKnown(copy.framedMs),
    relayedMs: isKnown(copy.relayedMs),
    receipts: copy.receipts.filter(({ recordedMs }) => recordedMs <= at),
  };
}

/** The message as it stood here at that moment. */
export function inboundAsOf(message: InboundMessageView, at: EpochMs): InboundMessageView {
  return {
    ...message,
    ...holdAsOf(message, at),
    deliveredMs: message.deliveredMs !== null && message.deliveredMs <= at ? message.deliveredMs : null,
    retrievals: message.retrievals.filter(({ atMs }) => atMs <= at),
  };
}

/** A hold that was resolved later waited then, under the decision that had held it. */
function holdAsOf<Held extends { readonly decision: OutboundCopy['decision']; readonly hold: HoldView | null }>(
  { decision, hold }: Held,
  at: EpochMs,
): Pick<Held, 'decision' | 'hold'> {
  return hold === null || hold.atMs <= at ? { decision, hold } : { decision: hold.decision, hold: null };
}
