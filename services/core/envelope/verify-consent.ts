import {
  type Digest,
  digestFromBytes,
  type EnvelopeId,
  type EpochMs,
  fromHex,
  type OfficeId,
} from '../foundation/index.ts';
import { CLOCK_TOLERANCE_MS } from '../trust/index.ts';
import {
  type ConsentTerms,
  DataCategory,
  MessageKind,
  type MessageRef,
  type Onward,
  type Purpose,
} from '../wire/index.ts';
import { EnvelopeError } from './errors.ts';
import type { VerifyContext } from './types.ts';
import { verifyEnvelope } from './verify-envelope.ts';
import { joinVerifiedParts, verifyParts } from './verify-parts.ts';

/** What an originator said about passing on, by its own signature; whether it is about this crossing is not judged. Made by `verifyConsent`. */
export interface VerifiedConsent {
  readonly ref: MessageRef;
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly digest: Digest;
  readonly terms: ConsentTerms;
}

/** What a consent has to be about. */
export interface ConsentUse {
  readonly origin: OfficeId;
  readonly envelopeId: EnvelopeId;
  readonly envelopeDigest: Digest;
  /** Who passes it on, and to whom. */
  readonly holder: OfficeId;
  readonly recipient: OfficeId;
  readonly purpose: Purpose;
  /** Data categories of the parts that go on. */
  readonly categories: readonly DataCategory[];
  readonly at: EpochMs;
}

function malformed(fault: string): EnvelopeError {
  return new EnvelopeError('ENVELOPE_CONSENT_MALFORMED', { context: { fault } });
}

/**
 * The consent that a crossing carries: signed by the office that gave it, its terms one of its own parts. Null where it
 * carries none.
 * @throws EnvelopeError ENVELOPE_CONSENT_MALFORMED, those of `verifyEnvelope` and `verifyParts`; TrustError as `verifyProof`.
 */
export function verifyConsent({ consent, consentTerms }: Onward, context: VerifyContext): VerifiedConsent | null {
  if (consent === null) {
    if (consentTerms.length > 0) throw malformed('envelope');
    return null;
  }
  const verified = verifyEnvelope(consent, context);
  if (verified.header.kind !== MessageKind.CONSENT) throw malformed('kind');
  const parts = verifyParts([consentTerms], verified);
  if (parts[0]?.category !== DataCategory.CORE || parts[0].path.length > 0) throw malformed('part');
  const { terms } = joinVerifiedParts(verified.header.kind, parts) as { readonly terms: ConsentTerms | null };
  if (terms === null) throw malformed('terms');
  const { origin, id, digest } = verified;
  return { ref: { origin, id, digest: fromHex(digest) }, origin, id, digest, terms };
}

function digestText(bytes: Uint8Array | undefined): string {
  return bytes?.length === 32 ? digestFromBytes(bytes) : '';
}

/** A named condition of a consent, and whether it holds. */
type Condition = readonly [field: string, holds: (consent: VerifiedConsent, use: ConsentUse) => boolean];

const CONDITIONS: readonly Condition[] = [
  ['origin', ({ origin }, use) => origin === use.origin],
  ['granted', ({ terms }) => terms.granted],
  [
    'target',
    ({ terms: { target } }, use) =>
      target?.origin === use.origin && target.id === use.envelopeId && digestText(target.digest) === use.envelopeDigest,
  ],
  ['holder', ({ terms }, use) => terms.holder === use.holder],
  ['recipient', ({ terms }, use) => terms.recipient === use.recipient],
  ['purpose', ({ terms }, use) => terms.purpose === use.purpose],
  ['categories', ({ terms }, use) => use.categories.every((category) => terms.categories.includes(category))],
];

function isWithin({ notBefore, notAfter }: ConsentTerms, at: EpochMs, toleranceMs: number): boolean {
  if (notBefore === null || notAfter === null) return false;
  return notBefore.seconds * 1000 <= at + toleranceMs && notAfter.seconds * 1000 > at - toleranceMs;
}

/**
 * Which of its terms keeps a consent from covering that use; undefined where it covers it. With `tolerant` the clock may
 * be wrong by five minutes.
 */
export function consentFault(consent: VerifiedConsent, use: ConsentUse, tolerant: boolean): string | undefined {
  const broken = CONDITIONS.find(([, holds]) => !holds(consent, use));
  if (broken !== undefined) return broken[0];
  return isWithin(consent.terms, use.at, tolerant ? CLOCK_TOLERANCE_MS : 0) ? undefined : 'time';
}

/**
 * The consent is the originator's own for this message, holder, recipient, purpose and time, and names every category
 * that goes on; five minutes are allowed for clocks.
 * @throws EnvelopeError ENVELOPE_CONSENT_MISMATCH with the field.
 */
export function assertConsents(consent: VerifiedConsent, use: ConsentUse): void {
  const field = consentFault(consent, use, true);
  if (field !== undefined)
    throw new EnvelopeError('ENVELOPE_CONSENT_MISMATCH', {
      context: { field, origin: use.origin, id: use.envelopeId, holder: use.holder },
    });
}
