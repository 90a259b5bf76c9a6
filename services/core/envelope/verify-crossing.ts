import { digestOf, earlier, later, type OfficeId, type Scope } from '../foundation/index.ts';
import { CLOCK_TOLERANCE_MS } from '../trust/index.ts';
import { type Crossing, crossingCodec } from '../wire/index.ts';
import { assertComplete, type CompleteCrossing } from './check-crossing.ts';
import { assertAccountsForWithheld } from './check-withheld.ts';
import { decodeExact } from './decode-exact.ts';
import { EnvelopeError } from './errors.ts';
import { laneOf } from './lanes.ts';
import type { CrossingContext, OnwardPermission, UnverifiedCrossing, VerifiedCrossing, VerifiedCrossingShape, VerifyContext } from './types.ts';
import { type VerifiedEnvelope, verifyEnvelope } from './verify-envelope.ts';
import { joinVerifiedParts, verifyParts } from './verify-parts.ts';

/** Where a crossing claims to be, which its frame has proved for one place only. */
export type CrossingPlace = Pick<Crossing, 'scope' | 'from' | 'to' | 'lane' | 'number'>;

function parse(bytes: Uint8Array): CompleteCrossing {
  const crossing = decodeExact(crossingCodec, bytes, 'ENVELOPE_CROSSING_MALFORMED');
  assertComplete(crossing);
  return crossing;
}

function assertPlace(crossing: Crossing, place: CrossingPlace): void {
  for (const field of ['scope', 'from', 'to', 'lane', 'number'] as const) {
    if (crossing[field] !== place[field]) throw new EnvelopeError('ENVELOPE_CROSSING_MISPLACED', { context: { field, from: place.from } });
  }
}

function assertExporter({ origin }: VerifiedEnvelope, exporter: OfficeId, onward?: OnwardPermission): void {
  if (origin !== exporter && onward?.(origin, exporter) !== true) {
    throw new EnvelopeError('ENVELOPE_ORIGIN_NOT_EXPORTER', { context: { origin, exporter } });
  }
}

function assertLane({ header, id }: VerifiedEnvelope, { lane }: Crossing): void {
  if (laneOf(header.precedence) !== lane) throw new EnvelopeError('ENVELOPE_LANE_MISMATCH', { context: { id, lane } });
}

function assertCurrent({ header, origin, envelopeId: id }: VerifiedCrossingShape, now: CrossingContext['now']): void {
  if (header.createdMs > later(now, CLOCK_TOLERANCE_MS)) throw new EnvelopeError('ENVELOPE_FROM_FUTURE', { context: { origin, id } });
  if (header.expiresMs <= earlier(now, CLOCK_TOLERANCE_MS)) throw new EnvelopeError('ENVELOPE_EXPIRED', { context: { origin, id } });
}

/**
 * Everything about a crossing that does not depend on when it is looked at: its place, its origin's signature, its
 * exporter's right, its parts and what is missing.
 * @throws EnvelopeError as `verifyCrossing`, ENVELOPE_FROM_FUTURE and ENVELOPE_EXPIRED excepted; TrustError as `verifyProof`.
 */
export function verifyCrossingAt(bytes: Uint8Array, place: CrossingPlace, context: VerifyContext & Pick<CrossingContext, 'onward'>): VerifiedCrossingShape {
  const crossing = parse(bytes);
  assertPlace(crossing, place);
  const envelope = verifyEnvelope(crossing.envelope, context);
  assertExporter(envelope, place.from as OfficeId, context.onward);
  assertLane(envelope, crossing);
  const parts = verifyParts(crossing.parts, envelope);
  const withheld = assertAccountsForWithheld(crossing.decision.withheld, envelope.envelope.parts, new Set(parts.map((part) => part.index)));
  const body = joinVerifiedParts(envelope.header.kind, parts);
  return {
    bytes,
    crossingDigest: digestOf(bytes),
    crossing,
    from: crossing.from as OfficeId,
    to: crossing.to as OfficeId,
    scope: crossing.scope as Scope,
    lane: crossing.lane,
    number: crossing.number,
    agreement: crossing.agreement,
    decision: crossing.decision,
    header: envelope.header,
    kind: envelope.header.kind,
    origin: envelope.origin,
    envelopeId: envelope.id,
    envelope: envelope.envelope,
    envelopeBytes: envelope.bytes,
    envelopeDigest: envelope.digest,
    signed: envelope.signed,
    parts,
    withheld,
    body,
  };
}

/**
 * Said by its origin, exported to this office by the frame's sender for exactly this place on the lane, current, and
 * every part that came is the origin's own; no policy of this office has been asked.
 * @throws EnvelopeError ENVELOPE_CROSSING_MALFORMED, ENVELOPE_AGREEMENT_MISSING, ENVELOPE_NOT_RELEASED,
 * ENVELOPE_CROSSING_MISPLACED, ENVELOPE_ORIGIN_NOT_EXPORTER, ENVELOPE_LANE_MISMATCH, ENVELOPE_PART_FOREIGN,
 * ENVELOPE_PART_MISPLACED, ENVELOPE_PART_MALFORMED, ENVELOPE_PART_MISLABELLED, ENVELOPE_WITHHELD_MISMATCH,
 * ENVELOPE_FROM_FUTURE, ENVELOPE_EXPIRED, those of `verifyEnvelope`; TrustError as `verifyProof`.
 */
export function verifyCrossing(item: UnverifiedCrossing, context: CrossingContext): VerifiedCrossing {
  const { scope, from, to, lane } = item.frame;
  const verified = verifyCrossingAt(item.bytes, { scope, from, to, lane, number: item.number }, context);
  assertCurrent(verified, context.now);
  return verified as VerifiedCrossing;
}
