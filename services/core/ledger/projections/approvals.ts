import { type EpochMs, type OfficeId, toHex } from '../../foundation/index.ts';
import { Direction, type HoldApproved } from '../../wire/index.ts';
import type { ApprovalView, InboundMessageView, OutboundMessage } from './views.ts';

/** The held crossing shows who approved its release first; it stays held. */
export function applyApproval(
  event: HoldApproved,
  atMs: EpochMs,
  messages: {
    readonly outbound: ReadonlyMap<string, OutboundMessage>;
    readonly inbound: ReadonlyMap<string, InboundMessageView>;
  },
): void {
  const key = `${event.origin}/${event.envelopeId}`;
  const held =
    event.direction === Direction.OUTBOUND
      ? messages.outbound.get(key)?.copies.get(event.peer as OfficeId)
      : messages.inbound.get(key);
  if (held === undefined) return;
  const { by, role, reason, shown } = event;
  const approval: ApprovalView = { by, role, reason, shown: toHex(shown), atMs };
  held.approvals = [...held.approvals, approval];
}
