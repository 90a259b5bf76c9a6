import { digestFromBytes, type EnvelopeId, type EpochMs, type OfficeId, toHex } from '../../foundation/index.ts';
import { type CrossingAdded, CrossingOccasion, type Lane, type LedgerRecord, ReceiptKind } from '../../wire/index.ts';
import { copyIsDone } from './copy-state.ts';
import { type DecisionViews, ownContentRef } from './decision-view.ts';
import { outboundCopy } from './new-views.ts';
import type { LaneItem } from './outbound-lanes.ts';
import type { AddedCopy, OutboundCopy } from './views.ts';

/** Crossings that were added to messages after their origin's own: passed on, or with parts that were opened later. */
export interface AddedCopies {
  /** Puts a crossing that was let go on record; the item is what stands on its lane, undefined where it was not let go. */
  readonly add: (event: CrossingAdded, record: LedgerRecord) => { readonly copy: AddedCopy; readonly item?: LaneItem };
  /** In the order in which they came on record. */
  readonly of: (message: string) => readonly AddedCopy[];
  /** The one that stands at that place of a lane. */
  readonly at: (to: OfficeId, lane: Lane, number: number) => AddedCopy | undefined;
  /** The one whose encoded Crossing has that digest. */
  readonly byCrossing: (digest: Uint8Array) => AddedCopy | undefined;
  /** Those that still wait for a receipt. */
  readonly open: ReadonlySet<AddedCopy>;
  /** To be called when a receipt was added to it. */
  readonly closeWhenDone: (copy: AddedCopy) => void;
}

const NONE: readonly AddedCopy[] = Object.freeze([]);

/** None yet. */
export function addedCopies(views: DecisionViews): AddedCopies {
  const byMessage = new Map<string, AddedCopy[]>();
  const byPlace = new Map<string, AddedCopy>();
  const byDigest = new Map<string, AddedCopy>();
  const open = new Set<AddedCopy>();

  return {
    add: (event, record) => {
      const decided = event.crossing;
      if (decided === null) throw new TypeError('a crossing that was added is in its record');
      const copy: AddedCopy = {
        ...outboundCopy(decided, views),
        origin: event.origin as OfficeId,
        id: event.envelopeId as EnvelopeId,
        envelopeDigest: digestFromBytes(event.envelopeDigest),
        kind: event.kind,
        precedence: event.precedence,
        createdMs: event.createdMs as EpochMs,
        expiresMs: event.expiresMs as EpochMs,
        drill: event.drill,
        occasion: event.occasion,
        by: event.by,
        reason: event.reason,
        reliesOn: event.reliesOn,
        purpose: event.purpose,
        addedMs: record.atMs as EpochMs,
        record: record.number,
      };
      const message = `${copy.origin}/${copy.id}`;
      byMessage.set(message, [...(byMessage.get(message) ?? NONE), copy]);
      if (decided.crossing === null) return { copy };
      copy.crossing = ownContentRef(decided.crossing);
      copy.lane = decided.lane;
      copy.number = decided.number;
      copy.releasedMs = copy.addedMs;
      byPlace.set(`${copy.to}/${copy.lane}/${copy.number}`, copy);
      byDigest.set(toHex(decided.crossing.digest), copy);
      open.add(copy);
      return { copy, item: { number: copy.number, bytes: null, message } };
    },
    of: (message) => byMessage.get(message) ?? NONE,
    at: (to, lane, number) => byPlace.get(`${to}/${lane}/${number}`),
    byCrossing: (digest) => byDigest.get(toHex(digest)),
    open,
    closeWhenDone: (copy) => {
      // Officers open the message, not what was opened of it later, so its delivery is its end.
      const isDelivered = copy.receipts.some(({ kind }) => kind === ReceiptKind.DELIVERY);
      if (copyIsDone(copy) || (copy.occasion === CrossingOccasion.SUPPLEMENT && isDelivered)) open.delete(copy);
    },
  };
}

/** Whether a copy was added to the message's own. */
export function isAdded(copy: OutboundCopy | undefined): copy is AddedCopy {
  return copy !== undefined && 'occasion' in copy;
}

/** The copy that an item on a lane is: one of the message's own, or one that was added to it. */
export function copyOfItem(
  own: OutboundCopy | undefined,
  added: AddedCopies,
  place: { readonly to: OfficeId; readonly lane: Lane; readonly number: number },
): OutboundCopy | undefined {
  const isOwn = own !== undefined && own.lane === place.lane && own.number === place.number;
  return isOwn ? own : added.at(place.to, place.lane, place.number);
}
