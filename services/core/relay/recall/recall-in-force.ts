import type { AnyMessage, OfficeProjection } from '../../ledger/index.ts';
import { messageKey } from '../../ledger/index.ts';
import { MessageKind, RecallAction, type RecallTerms } from '../../wire/index.ts';

/** A message of kind RECALL with what it orders. */
export interface RecallInForce {
  readonly message: AnyMessage;
  readonly terms: RecallTerms;
}

type Messages = Pick<OfficeProjection, 'about'>;

/** Recalls of that message that count here, in the order in which they came on record: own ones, and received ones that were let in. */
export function recallsOf(projection: Messages, message: string): readonly RecallInForce[] {
  const found: RecallInForce[] = [];
  for (const about of projection.about(message)) {
    const terms = about.terms?.recall ?? null;
    if (about.kind !== MessageKind.RECALL || terms === null || terms.target === null) continue;
    const isItsOrigins = about.origin === terms.target.origin;
    const counts = about.direction === 'outbound' || about.deliveredMs !== null;
    if (isItsOrigins && counts) found.push({ message: about, terms });
  }
  return found;
}

/** The recall that a message stands under: a deletion before a restriction; null where it is not recalled. */
export function recallInForce(projection: Messages, message: string): RecallInForce | null {
  const recalls = recallsOf(projection, message);
  return recalls.find(({ terms }) => terms.action === RecallAction.DELETE) ?? recalls[0] ?? null;
}

/**
 * Whether only those who decide and those who audit may still see what the message says: it was called back by its
 * originator, who himself restricts nothing of his own but what he had all others delete.
 */
export function isRestricted(projection: Messages, message: AnyMessage): boolean {
  const recall = recallInForce(projection, messageKey(message.origin, message.id));
  return recall !== null && (message.direction === 'inbound' || recall.terms.action === RecallAction.DELETE);
}
