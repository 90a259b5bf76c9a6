import type { OfficeId } from '../../foundation/index.ts';
import { messageKey, type OfficeProjection, type OutboundMessage } from '../../ledger/index.ts';
import { CrossingOccasion, type DataCategory, ReceiptKind } from '../../wire/index.ts';

/** Parts of a message of this office that are withheld from one recipient, by their index in the envelope. */
export type StillWithheld = ReadonlyMap<number, DataCategory>;

function partsOf(withheld: readonly { readonly category: DataCategory; readonly parts: readonly number[] }[]) {
  return new Map(withheld.flatMap(({ category, parts }) => parts.map((part) => [part, category] as const)));
}

/**
 * What that recipient did not get: withheld when it crossed, and not opened since by a crossing that did not fail. Null
 * where the message never left for it.
 */
export function stillWithheld(
  projection: Pick<OfficeProjection, 'added'>,
  message: OutboundMessage,
  to: OfficeId,
): StillWithheld | null {
  const copy = message.copies.get(to);
  if (copy === undefined || copy.crossing === null) return null;
  const left = partsOf(copy.decision.withheld);
  for (const added of projection.added.of(messageKey(message.origin, message.id))) {
    const failed = added.receipts.some(
      ({ kind }) => kind === ReceiptKind.NON_DELIVERY || kind === ReceiptKind.RELAY_FAILURE,
    );
    if (added.to !== to || added.occasion !== CrossingOccasion.SUPPLEMENT || added.crossing === null || failed)
      continue;
    const kept = partsOf(added.decision.withheld);
    for (const part of left.keys()) if (!kept.has(part)) left.delete(part);
  }
  return left;
}

/** Whether that office got the message, as far as this office decided. */
export function wentTo(message: OutboundMessage, to: OfficeId): boolean {
  return (message.copies.get(to)?.crossing ?? null) !== null;
}
