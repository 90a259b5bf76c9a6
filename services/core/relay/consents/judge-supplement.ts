import {
  keepReceivedCrossing,
  messageToPassOn,
  partsOf,
  type UnverifiedCrossing,
  type VerifiedCrossing,
} from '../../envelope/index.ts';
import { days, type EpochMs, later } from '../../foundation/index.ts';
import { type ContentItem, type InboundMessageView, messageKey } from '../../ledger/index.ts';
import { type DataCategory, type Decision, MessageKind, Outcome } from '../../wire/index.ts';
import { importQuestion } from '../gate-questions.ts';
import type { RelayContext } from '../parts.ts';
import { ConsentsError } from './errors.ts';
import { type HeldCrossings, readHere } from './read-here.ts';
import { standingWith } from './standing.ts';

/** What was decided about parts that came later. */
export interface DecidedSupplement {
  readonly decision: Decision;
  /** What is kept of it; null where none of its parts is let in. */
  readonly content: ContentItem | null;
  /** The kinds of data that it opened here. */
  readonly opened: readonly DataCategory[];
}

function partKey({ origin, envelopeId }: VerifiedCrossing, index: number): string {
  return `${messageKey(origin, envelopeId)}/${index}`;
}

function misplaced({ origin, envelopeId: id }: VerifiedCrossing, fault: string): ConsentsError {
  return new ConsentsError('CONSENTS_OPENING_MISPLACED', { context: { origin, id, fault } });
}

/** The message is here, in exactly this form, from its origin itself and by the same way, and was let in. */
function knownMessage({ projection }: RelayContext, crossing: VerifiedCrossing): InboundMessageView {
  const known = projection.inbound.get(messageKey(crossing.origin, crossing.envelopeId));
  if (known === undefined || known.deliveredMs === null || known.erased !== null) throw misplaced(crossing, 'message');
  if (known.from !== crossing.from || known.envelopeDigest !== crossing.envelopeDigest)
    throw misplaced(crossing, 'envelope');
  // Another channel has another charter, which may let in what the message's own does not.
  if (known.scope !== crossing.scope) throw misplaced(crossing, 'scope');
  return known;
}

/** Somebody here asked the origin for these kinds of data of this message. */
function assertAsked({ projection }: RelayContext, { origin, envelopeId, parts }: VerifiedCrossing): void {
  const asked = new Set(
    projection.about(messageKey(origin, envelopeId)).flatMap((about) => {
      const isOurs = about.kind === MessageKind.PART_REQUEST && about.direction === 'outbound';
      return isOurs && standingWith(about, origin) !== 'failed' ? (about.terms?.partRequest?.categories ?? []) : [];
    }),
  );
  if (!parts.every(({ category }) => asked.has(category)))
    throw new ConsentsError('CONSENTS_OPENING_NOT_ASKED', { context: { origin, id: envelopeId } });
}

/** Each part is one that the origin withheld, and that did not come since: what this office kept out stays out. */
function assertWithheldBefore(
  crossing: VerifiedCrossing,
  { first, later: since }: HeldCrossings,
  here: ReadonlySet<string>,
): void {
  const left = new Set(first.withheld.map(({ index }) => index));
  for (const { crossing: earlier } of since) for (const index of earlier.disclosed) left.delete(index);
  if (
    crossing.parts.length === 0 ||
    crossing.parts.some(({ index }) => !left.has(index) || here.has(partKey(crossing, index)))
  )
    throw misplaced(crossing, 'part');
}

/**
 * What becomes of parts that the origin opened later: asked for here, withheld until now, each let in by the import gate
 * as a part of the whole message. `here` are parts that came together with it.
 * @throws ConsentsError CONSENTS_OPENING_MISPLACED, CONSENTS_OPENING_NOT_ASKED, CONSENTS_PERSON_NEEDED; RelayError RELAY_CONTENT_GONE.
 */
export async function judgeSupplement(
  context: RelayContext,
  item: UnverifiedCrossing,
  crossing: VerifiedCrossing,
  here: Set<string>,
  now: EpochMs,
): Promise<DecidedSupplement> {
  const known = knownMessage(context, crossing);
  assertAsked(context, crossing);
  const before = await readHere(context, known);
  assertWithheldBefore(crossing, before, here);
  for (const { index } of crossing.parts) here.add(partKey(crossing, index));
  const { body } = messageToPassOn(before.first, [...before.later, crossing], crossing.header.purpose);
  const whole = { ...crossing, parts: partsOf([before.first, ...before.later, crossing]), body };
  const { question, retentionDays } = importQuestion(context, whole, now);
  const { decision, disclosed } = context.gates().decideImport(question);
  if (decision.outcome === Outcome.HELD)
    throw new ConsentsError('CONSENTS_PERSON_NEEDED', { context: { policies: decision.policies.join(' ') } });
  const fresh = new Set(crossing.parts.map(({ index }) => index));
  const accepted = crossing.parts.filter(({ index }) => disclosed.includes(index));
  const withheld = decision.withheld
    .map((entry) => ({ ...entry, parts: entry.parts.filter((part) => fresh.has(part)) }))
    .filter(({ parts }) => parts.length > 0);
  if (decision.outcome === Outcome.REFUSED || accepted.length === 0) {
    const policies = [...new Set([...decision.policies, ...withheld.flatMap((entry) => entry.policies)])];
    return { decision: { ...decision, outcome: Outcome.REFUSED, policies, withheld: [] }, content: null, opened: [] };
  }
  // No longer than the message itself is kept, whatever expiry its origin gave it.
  const endsMs = Math.max(now, Math.min(known.expiresMs, later(now, context.settings.maxExpiryMs))) as EpochMs;
  return {
    decision: { ...decision, withheld },
    content: { bytes: keepReceivedCrossing(item, accepted), expiresAt: later(endsMs, days(retentionDays)) },
    opened: [...new Set(accepted.map(({ category }) => category))],
  };
}
