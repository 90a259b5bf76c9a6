import type { InboundMessageView, OfficeProjection, OutboundMessage } from '../../core/ledger/index.ts';
import { MessageKind, Outcome } from '../../core/wire/index.ts';

/** What is said in a joint operation and about it is read there, in one order with all the rest of it; what nodes send to serve it is read by nobody. */
const OF_OPERATIONS: ReadonlySet<MessageKind> = new Set([
  MessageKind.OPERATION_ACT,
  MessageKind.OPERATION_POST,
  MessageKind.OPERATION_GAP,
  MessageKind.ATTACHMENT_CHUNK,
]);

/** The messages of an office in the order in which officers came to see them, oldest first; those of operations apart. */
export interface MessageIndex {
  /** What this office said, by when it was accepted. */
  readonly outbox: () => readonly OutboundMessage[];
  /** What was delivered to this office's officers, by when it was delivered. */
  readonly inbox: () => readonly InboundMessageView[];
}

/**
 * An index over a projection that takes in what is new whenever it is asked. A projection never forgets a message, so
 * each is looked at once; only those that wait for a release are looked at again.
 */
export function messageIndex(projection: Pick<OfficeProjection, 'outbound' | 'inbound'>): MessageIndex {
  const outbox: OutboundMessage[] = [];
  const inbox: InboundMessageView[] = [];
  const waiting = new Set<InboundMessageView>();
  const nextOutbound = newEntries(projection.outbound);
  const nextInbound = newEntries(projection.inbound);

  const deliver = (message: InboundMessageView): void => {
    let at = inbox.length;
    while (at > 0 && isBefore(message, inbox[at - 1] as InboundMessageView)) at--;
    if (at === inbox.length) inbox.push(message);
    else inbox.splice(at, 0, message);
  };

  return {
    outbox: () => {
      for (const message of nextOutbound()) if (!OF_OPERATIONS.has(message.kind)) outbox.push(message);
      return outbox;
    },
    inbox: () => {
      for (const message of nextInbound()) {
        if (OF_OPERATIONS.has(message.kind)) continue;
        if (message.deliveredMs === null) waiting.add(message);
        else deliver(message);
      }
      for (const message of waiting) {
        // One that was refused, rejected or expired is never delivered.
        if (message.deliveredMs === null && message.hold === null && message.decision.outcome === Outcome.HELD)
          continue;
        waiting.delete(message);
        if (message.deliveredMs !== null) deliver(message);
      }
      return inbox;
    },
  };
}

function isBefore(one: InboundMessageView, other: InboundMessageView): boolean {
  const difference = (one.deliveredMs ?? 0) - (other.deliveredMs ?? 0);
  return difference < 0 || (difference === 0 && one.record < other.record);
}

/** Gives at each call the values that a growing map got since the last call. */
function newEntries<Value>(map: ReadonlyMap<string, Value>): () => Iterable<Value> {
  // A map's iterator goes on with what is added later, as long as it was never run to its end.
  const values = map.values();
  let seen = 0;
  return function* () {
    while (seen < map.size) {
      seen++;
      yield values.next().value as Value;
    }
  };
}
