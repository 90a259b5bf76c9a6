import type { EpochMs, OfficeId } from '../../foundation/index.ts';
import { type AnyMessage, copyIsDone, type OutboundCopy } from '../../ledger/index.ts';
import { Outcome, ReceiptKind, type Timestamp } from '../../wire/index.ts';

/** Whether both offices have it: only then a message counts for the state of a matter. `under-way` may still become one of the others. */
export type Standing = 'delivered' | 'under-way' | 'failed';

function standingOfCopy(copy: OutboundCopy): Standing {
  const has = (kind: ReceiptKind): boolean => copy.receipts.some((receipt) => receipt.kind === kind);
  if (has(ReceiptKind.DELIVERY) || has(ReceiptKind.RETRIEVAL)) return 'delivered';
  return copyIsDone(copy) || copy.decision.outcome === Outcome.REFUSED ? 'failed' : 'under-way';
}

/** How a message stands between this office and that one. */
export function standingWith(message: AnyMessage, peer: OfficeId): Standing {
  if (message.direction === 'outbound') {
    const copy = message.copies.get(peer);
    return copy === undefined ? 'failed' : standingOfCopy(copy);
  }
  if (message.deliveredMs !== null) return 'delivered';
  return message.decision.outcome === Outcome.HELD && message.hold === null ? 'under-way' : 'failed';
}

/** The order in which both offices count what was said: by the signed time of its making. */
export function bySigned(a: AnyMessage, b: AnyMessage): number {
  return a.createdMs - b.createdMs || (`${a.origin}/${a.id}` < `${b.origin}/${b.id}` ? -1 : 1);
}

/** A time of the contract in milliseconds since the epoch; whole seconds count. */
export function msOf(time: Timestamp | null): EpochMs | null {
  return time === null ? null : ((time.seconds * 1000) as EpochMs);
}

/** The second that a time lies in, as the contract writes it. */
export function secondsOf(ms: number): Timestamp {
  return { seconds: Math.floor(ms / 1000), nanos: 0 };
}
