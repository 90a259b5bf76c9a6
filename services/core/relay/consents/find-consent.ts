import { type ConsentUse, consentFault, type VerifiedConsent, verifyConsent } from '../../envelope/index.ts';
import { type EpochMs, type OfficeId, sha256 } from '../../foundation/index.ts';
import { type InboundMessageView, messageKey } from '../../ledger/index.ts';
import { equalBytes } from '../../trust/index.ts';
import {
  crossingCodec,
  DataCategory,
  envelopeCodec,
  MessageKind,
  type Onward,
  type Purpose,
  partCodec,
  receivedCrossingCodec,
} from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { recallsOf } from '../recall/recall-in-force.ts';

/** A consent as it travels with what it lets go on. */
export interface ConsentToken extends Pick<Onward, 'consent' | 'consentTerms'>, Pick<VerifiedConsent, 'ref' | 'terms'> {
  /** Whether it still lets it go on at that moment: its time is not over and it was not called back. */
  readonly holds: (at: EpochMs) => boolean;
}

/** The signed bytes of a consent that came in; undefined where they are gone. */
async function tokenBytes(
  context: RelayContext,
  view: InboundMessageView,
): Promise<Pick<Onward, 'consent' | 'consentTerms'> | undefined> {
  const bytes = view.content === null ? undefined : await context.content.get(view.content);
  if (bytes === undefined) return undefined;
  const { crossing, parts } = receivedCrossingCodec.decode(bytes);
  const consent = crossingCodec.decode(crossing).envelope;
  const core = envelopeCodec
    .decode(consent?.envelope ?? new Uint8Array())
    .parts.filter(({ category }) => category === DataCategory.CORE);
  const consentTerms = parts.find(
    (part) => partCodec.decode(part).path.length === 0 && core.some(({ digest }) => equalBytes(digest, sha256(part))),
  );
  return consent === null || consentTerms === undefined ? undefined : { consent, consentTerms };
}

/**
 * The originator's consent to pass that message on, among those that were delivered; the one that names the most. Null
 * where there is none, where its time is not now, where it was called back, or where its signed bytes are gone.
 */
export async function findConsent(
  context: RelayContext,
  message: InboundMessageView,
  recipient: OfficeId,
  purpose: Purpose,
  now: EpochMs,
): Promise<ConsentToken | null> {
  const use: ConsentUse = {
    origin: message.origin,
    envelopeId: message.id,
    envelopeDigest: message.envelopeDigest,
    holder: context.self,
    recipient,
    purpose,
    categories: [DataCategory.CORE],
    at: now,
  };
  let found: ConsentToken | null = null;
  for (const view of context.projection.about(messageKey(message.origin, message.id))) {
    if (view.kind !== MessageKind.CONSENT || view.direction !== 'inbound' || view.deliveredMs === null) continue;
    const bytes = await tokenBytes(context, view);
    if (bytes === undefined) continue;
    const consent = verifyConsent(bytes as Onward, {
      keyOf: context.trust().keysForEvidence(view.receivedMs),
      heads: context.heads,
    });
    if (consent === null) continue;
    const holds = (at: EpochMs): boolean =>
      consentFault(consent, { ...use, at }, false) === undefined &&
      recallsOf(context.projection, messageKey(view.origin, view.id)).length === 0;
    if (!holds(now) || consent.terms.categories.length <= (found?.terms.categories.length ?? 0)) continue;
    found = { ...bytes, ref: consent.ref, terms: consent.terms, holds };
  }
  return found;
}
