import type { EpochMs } from '../../foundation/index.ts';
import {
  type ApprovalView,
  type DecisionView,
  type HoldView,
  type InboundMessageView,
  messageKey,
  type OfficeProjection,
  type OutboundCopy,
  type OutboundMessage,
} from '../../ledger/index.ts';
import { Outcome } from '../../wire/index.ts';
import { RelayError } from '../errors.ts';
import { recallInForce } from '../recall/index.ts';
import type { HeldKey } from '../types.ts';
import { HoldError } from './errors.ts';

/** A crossing that waits for a person, either way. */
export type Held =
  | { readonly way: 'outbound'; readonly message: OutboundMessage; readonly state: OutboundCopy }
  | { readonly way: 'inbound'; readonly message: InboundMessageView; readonly state: InboundMessageView };

type HoldState = {
  readonly decision: DecisionView;
  readonly hold: HoldView | null;
  readonly approvals: readonly ApprovalView[];
};

function isHeld({ decision, hold }: HoldState): boolean {
  return decision.outcome === Outcome.HELD && hold === null;
}

/** The held crossing of that key. @throws RelayError RELAY_NOT_HELD. */
export function findHeld(projection: OfficeProjection, key: HeldKey): Held {
  const name = messageKey(key.origin, key.id);
  if (key.direction === 'outbound') {
    const message = projection.outbound.get(name);
    const state = message?.copies.get(key.peer);
    if (message !== undefined && state !== undefined && isHeld(state)) return { way: 'outbound', message, state };
  } else {
    const message = projection.inbound.get(name);
    if (message?.from === key.peer && isHeld(message)) return { way: 'inbound', message, state: message };
  }
  throw new RelayError('RELAY_NOT_HELD');
}

/**
 * The held crossing of that key, which may still be released: current, and not called back.
 * @throws RelayError RELAY_NOT_HELD; HoldError HOLD_RECALLED.
 */
export function findReleasable(projection: OfficeProjection, key: HeldKey, now: EpochMs): Held {
  const held = findHeld(projection, key);
  if (now > held.message.expiresMs) throw new RelayError('RELAY_NOT_HELD');
  if (recallInForce(projection, messageKey(key.origin, key.id)) !== null) throw new HoldError('HOLD_RECALLED');
  return held;
}
