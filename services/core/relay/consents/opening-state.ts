import type { OfficeId } from '../../foundation/index.ts';
import {
  type AddedCopy,
  type AnyMessage,
  messageKey,
  type OfficeProjection,
  type SupplementView,
} from '../../ledger/index.ts';
import {
  CrossingOccasion,
  type DataCategory,
  MessageKind,
  type MessageRef,
  Outcome,
  ReceiptKind,
} from '../../wire/index.ts';
import { standingWith } from './standing.ts';

/** Where a request for parts stands: not delivered yet, never to be, open, met in part or whole, or over. */
export const OPENING_STATES = ['sending', 'failed', 'asked', 'opened-in-part', 'opened', 'lapsed'] as const;

/** One of the states. */
export type OpeningState = (typeof OPENING_STATES)[number];

/**
 * A request for parts that were withheld and what was opened; the same at both offices once nothing is on its way, but
 * for what the law of the asking office kept out of it: that is not told.
 */
export interface OpeningView {
  readonly side: 'asking' | 'originator';
  readonly request: AnyMessage;
  readonly target: MessageRef;
  /** The office that asks. */
  readonly holder: OfficeId;
  readonly categories: readonly DataCategory[];
  /** Of these, the ones of which parts were opened to it since. */
  readonly opened: readonly DataCategory[];
  readonly state: OpeningState;
  /** At the origin: what it opened on this request, or tried to. */
  readonly copies: readonly AddedCopy[];
  /** At the office that asked: what came since for this message. */
  readonly supplements: readonly SupplementView[];
}

type Messages = Pick<OfficeProjection, 'about' | 'ofKind' | 'added' | 'inbound' | 'outbound'>;

function isDelivered({ receipts }: AddedCopy): boolean {
  return receipts.some(({ kind }) => kind === ReceiptKind.DELIVERY);
}

/** Kinds of data of which parts went with that copy that had been withheld before. */
function openedBy(projection: Messages, copy: AddedCopy): readonly DataCategory[] {
  const first = projection.outbound.get(messageKey(copy.origin, copy.id))?.copies.get(copy.to);
  const kept = new Set(copy.decision.withheld.flatMap(({ parts }) => parts));
  return (first?.decision.withheld ?? []).flatMap(({ category, parts }) =>
    parts.some((part) => !kept.has(part)) ? [category] : [],
  );
}

/** That request for parts as it stands now; undefined for what is none, or did not come in. */
export function openingOf(projection: Messages, request: AnyMessage, now: number): OpeningView | undefined {
  const terms = request.terms?.partRequest ?? null;
  if (terms === null || terms.target === null) return undefined;
  if (request.direction === 'inbound' && request.deliveredMs === null) return undefined;
  const { target, categories } = terms;
  const key = messageKey(target.origin, target.id);
  const copies = projection.added
    .of(key)
    .filter(({ to, occasion }) => occasion === CrossingOccasion.SUPPLEMENT && to === request.origin);
  const supplements = request.direction === 'outbound' ? (projection.inbound.get(key)?.supplements ?? []) : [];
  const came =
    request.direction === 'outbound'
      ? supplements.filter(({ decision }) => decision.outcome === Outcome.RELEASED).flatMap(({ opened }) => opened)
      : copies.filter(isDelivered).flatMap((copy) => openedBy(projection, copy));
  const opened = categories.filter((category) => came.includes(category));
  const sent = standingWith(request, target.origin as OfficeId);
  const stateOf = (): OpeningState => {
    if (sent !== 'delivered') return sent === 'failed' ? 'failed' : 'sending';
    if (opened.length === categories.length) return 'opened';
    if (opened.length > 0) return 'opened-in-part';
    return now >= request.expiresMs ? 'lapsed' : 'asked';
  };
  return {
    side: request.direction === 'outbound' ? 'asking' : 'originator',
    request,
    target,
    holder: request.origin,
    categories,
    opened,
    state: stateOf(),
    copies: copies.filter(({ reliesOn }) => reliesOn?.id === request.id && reliesOn.origin === request.origin),
    supplements,
  };
}

/** Every request for parts, asked here or of this office, in the order in which they came on record. */
export function openingsOf(projection: Messages, now: number): readonly OpeningView[] {
  return projection
    .ofKind(MessageKind.PART_REQUEST)
    .map((request) => openingOf(projection, request, now))
    .filter((view) => view !== undefined);
}
