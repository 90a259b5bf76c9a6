import { durationMs, type EpochMs, later, type OfficeId, type Scope } from '../../foundation/index.ts';
import { copyIsDone, type OfficeProjection } from '../../ledger/index.ts';
import { MessageKind, ReceiptKind } from '../../wire/index.ts';
import type { ChannelPort } from '../parts.ts';
import { isPresent } from './members.ts';
import type { OperationView, OperationViews } from './types.ts';

const CHANNEL_KINDS = [MessageKind.OPERATION_POST, MessageKind.OPERATION_GAP, MessageKind.ATTACHMENT_CHUNK] as const;
/** What was said in time is still delivered so long after the last member had contributed. */
const DRAIN_MS = durationMs(3_600_000);

/** Whether something of that channel is still on its way to that office. */
function isUnderWay(projection: Pick<OfficeProjection, 'ofKind'>, { scope }: OperationView, peer: OfficeId): boolean {
  return CHANNEL_KINDS.some((kind) =>
    projection.ofKind(kind).some((message) => {
      const copy = message.direction === 'outbound' ? message.copies.get(peer) : undefined;
      const isAnswered = copy?.receipts.some((receipt) => receipt.kind === ReceiptKind.DELIVERY) ?? true;
      return copy !== undefined && copy.scope === scope && copy.releasedMs !== null && !copyIsDone(copy) && !isAnswered;
    }),
  );
}

function isDraining({ state, sinceMs }: OperationView, now: EpochMs): boolean {
  return state === 'closed' && now < later(sinceMs, DRAIN_MS);
}

const OPEN: ReadonlySet<OperationView['state']> = new Set(['live', 'suspended', 'closing']);

/** Whoever left or was removed gets nothing more, and still owes the others what it said before: they know its last post. */
function hasJoined(view: OperationView, office: OfficeId): boolean {
  const state = view.members.get(office)?.state;
  return state === 'joined' || state === 'left' || state === 'removed';
}

/** Which channels are open, by the operations as they are now: to members that are there, from the opening to the end. */
export function openChannels(
  self: OfficeId,
  operations: OperationViews,
  projection: Pick<OfficeProjection, 'ofKind'>,
  now: () => EpochMs,
): ChannelPort {
  return {
    isOpen: (scope: Scope, peer: OfficeId) => {
      const view = operations.byScope(scope);
      if (view === undefined || !hasJoined(view, self) || !isPresent(view, peer)) return false;
      return OPEN.has(view.state) || (isDraining(view, now()) && isUnderWay(projection, view, peer));
    },
  };
}

/**
 * The scopes in which neighbours may send: of every operation that this office has signed, until it has left or the
 * operation is over; a little longer than it sends itself, for what is still on its way here.
 */
export function inboundScopes(self: OfficeId, operations: OperationViews, now: EpochMs): readonly Scope[] {
  return operations
    .all()
    .filter((view) => isPresent(view, self))
    .filter((view) => view.state === 'proposed' || OPEN.has(view.state) || isDraining(view, now))
    .map(({ scope }) => scope);
}
