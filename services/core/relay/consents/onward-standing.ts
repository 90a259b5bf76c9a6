import { assertConsents, type VerifiedCrossing, verifyConsent } from '../../envelope/index.ts';
import type { EpochMs } from '../../foundation/index.ts';
import { MessageKind, type MessageRef, type Purpose } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { ConsentsError } from './errors.ts';

/** On what a message of a third office stands here. */
export interface OnwardStanding {
  /** What it may be used for. */
  readonly purpose: Purpose;
  /** The originator's consent; null where it came without one. */
  readonly consent: MessageRef | null;
}

/** What is reported may go on. */
const GOES_ON: ReadonlySet<MessageKind> = new Set([MessageKind.ALERT]);

/** The originator's control over what went on goes after it, and the answers come back the same way. */
const FOLLOWS: ReadonlySet<MessageKind> = new Set([MessageKind.RECALL, MessageKind.RECALL_ANSWER]);

/** A message of that kind may go on to a third office. @throws ConsentsError CONSENTS_KIND_STAYS. */
export function assertGoesOn(kind: MessageKind): void {
  if (!GOES_ON.has(kind)) throw new ConsentsError('CONSENTS_KIND_STAYS', { context: { kind } });
}

/** A message of that kind follows one that went on. @throws ConsentsError CONSENTS_KIND_STAYS. */
export function assertFollows(kind: MessageKind): void {
  if (!FOLLOWS.has(kind)) throw new ConsentsError('CONSENTS_KIND_STAYS', { context: { kind } });
}

/**
 * On what a crossing that another office passed on stands at that moment, its consent verified here by the originator's
 * own key, whatever the exporter's gate said. Null for what its origin sent itself.
 * @throws ConsentsError CONSENTS_KIND_STAYS, CONSENTS_RECIPIENT_INVALID; EnvelopeError ENVELOPE_CONSENT_MALFORMED,
 * ENVELOPE_CONSENT_MISMATCH and those of `verifyConsent`; TrustError as `verifyProof`.
 */
export function onwardStanding(
  context: Pick<RelayContext, 'self' | 'trust' | 'heads'>,
  crossing: VerifiedCrossing,
  now: EpochMs,
): OnwardStanding | null {
  const { onward } = crossing.crossing;
  if (onward === null) return null;
  const { origin, envelopeId, envelopeDigest, kind, from, to, parts } = crossing;
  if (!FOLLOWS.has(kind)) assertGoesOn(kind);
  if (origin === context.self) throw new ConsentsError('CONSENTS_RECIPIENT_INVALID', { context: { id: envelopeId } });
  const consent = verifyConsent(onward, { keyOf: context.trust().keysForArrival(now), heads: context.heads });
  if (consent === null) return { purpose: onward.purpose, consent: null };
  assertConsents(consent, {
    origin,
    envelopeId,
    envelopeDigest,
    holder: from,
    recipient: to,
    purpose: onward.purpose,
    categories: parts.map((part) => part.category),
    at: now,
  });
  return { purpose: onward.purpose, consent: consent.ref };
}
