import { type EpochMs, type OfficeId, toHex } from '../../foundation/index.ts';
import {
  type AnyMessage,
  messageKey,
  type OfficeProjection,
  type OutboundCopy,
  stateOfCopy,
  stateOfInbound,
} from '../../ledger/index.ts';
import { type MessageTerms, ReceiptKind, targetOf } from '../../wire/index.ts';
import type { FactStanding, RequestFact } from './types.ts';

/** What a fact is before it has its place in a life. */
export type LooseFact = RequestFact & { readonly standing: Exclude<FactStanding, 'late'> };

/** Whether the copy is in the recipient's inbox, by the recipient's signed receipt. */
export function hasArrived(copy: OutboundCopy): boolean {
  return copy.receipts.some(({ kind }) => kind === ReceiptKind.DELIVERY || kind === ReceiptKind.RETRIEVAL);
}

/** When the request came into the asked office's inbox, by the time on that office's receipt, which both sides hold. */
export function deliveryTime(receipts: OutboundCopy['receipts']): EpochMs | null {
  const times = receipts.filter(({ kind }) => kind === ReceiptKind.DELIVERY).map(({ atMs }) => atMs);
  return times.length === 0 ? null : (Math.min(...times) as EpochMs);
}

/**
 * Everything that either of the two offices said of a request, by the signed time at which it was said; equal times in the
 * order of origin and id, so that the order is the same on both sides. What is about another text under the same id is
 * left out.
 */
export function requestFacts(
  projection: Pick<OfficeProjection, 'about'>,
  request: AnyMessage,
  peer: OfficeId,
): readonly LooseFact[] {
  const facts: LooseFact[] = [];
  for (const message of projection.about(messageKey(request.origin, request.id))) {
    const target = targetOf(message.terms);
    if (target === null || toHex(target.digest) !== request.envelopeDigest) continue;
    const standing = standingOf(message, peer);
    const said = saidIn(message.terms);
    if (standing === null || said === null) continue;
    facts.push({ atMs: saidAt(message, peer), origin: message.origin, id: message.id, standing, said });
  }
  return facts.sort((a, b) => a.atMs - b.atMs || compare(a.origin, b.origin) || compare(a.id, b.id));
}

/**
 * When its office said it: when it was made or, where a person had to release it, when that was decided, which the signed
 * crossing names. Who lets an answer wait has not answered.
 */
function saidAt(message: AnyMessage, peer: OfficeId): EpochMs {
  if (message.direction === 'inbound') return message.exportedMs;
  const decidedMs = message.copies.get(peer)?.decision.decidedMs ?? 0;
  return Math.max(message.createdMs, decidedMs) as EpochMs;
}

/** How far a message of these two offices is; null for one that is between others. */
function standingOf(message: AnyMessage, peer: OfficeId): LooseFact['standing'] | null {
  if (message.direction === 'inbound') {
    if (message.from !== peer || message.origin !== peer) return null;
    if (message.deliveredMs !== null) return 'counted';
    return stateOfInbound(message) === 'held' ? 'under-way' : 'failed';
  }
  const copy = message.copies.get(peer);
  if (copy === undefined) return null;
  if (hasArrived(copy)) return 'counted';
  const state = stateOfCopy(copy);
  return ['held', 'queued', 'sent', 'accepted'].includes(state) ? 'under-way' : 'failed';
}

function saidIn(terms: MessageTerms | null): RequestFact['said'] | null {
  if (terms?.step) {
    const { action, ground, assignee } = terms.step;
    return { what: 'step', action, ground, assignee };
  }
  if (terms?.answer)
    return {
      what: 'answer',
      results: terms.answer.results.map(({ question, outcome, ground }) => ({ question, outcome, ground })),
    };
  return null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
