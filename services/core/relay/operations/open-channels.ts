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

/** Whoever left or was removed gets nothing more, and for a while still owes the others what it said before. */
function isLeaving(view: OperationView, office: OfficeId, now: EpochMs): boolean {
  const member = view.members.get(office);
  const isOut = member?.state === 'left' || member?.state === 'removed';
  return isOut && member.joinedMs !== null && member.endedMs !== null && now < later(member.endedMs, DRAIN_MS);
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
      if (view === undefined || !isPresent(view, peer)) return false;
      if (isPresent(view, self) && OPEN.has(view.state)) return true;
      const isEnding = isPresent(view, self) ? isDraining(view, now()) : isLeaving(view, self, now());
      return isEnding && isUnderWay(projection, view, peer);
    },
  };
}

/**
 * The scopes in which that office may send to this one: of every operation that both have signed, or may have, until
 * this one has left or the operation is over; and as long after as the other may still send what it said in time.
 */
export function inboundScopes(
  self: OfficeId,
  operations: OperationViews,
  office: OfficeId,
  now: EpochMs,
): readonly Scope[] {
  const maySend = (view: OperationView): boolean => {
    const state = view.members.get(office)?.state;
    // Who is invited may have joined without its being known here.
    return state === 'joined' || state === 'invited' || isLeaving(view, office, now);
  };
  return operations
    .all()
    .filter((view) => isPresent(view, self) && maySend(view))
    .filter((view) => view.state === 'proposed' || OPEN.has(view.state) || isDraining(view, now))
    .map(({ scope }) => scope);
}
