import { digestOf, earlier, later, type OfficeId, type Scope } from '../foundation/index.ts';
import { CLOCK_TOLERANCE_MS } from '../trust/index.ts';
import { type Crossing, crossingCodec } from '../wire/index.ts';
import { assertComplete, type CompleteCrossing } from './check-crossing.ts';
import { assertAccountsForWithheld } from './check-withheld.ts';
import { decodeExact } from './decode-exact.ts';
import { assertDrillScope } from './drill-scope.ts';
import { EnvelopeError } from './errors.ts';
import { laneOf } from './lanes.ts';
import type {
  CrossingContext,
  ReceivedPart,
  UnverifiedCrossing,
  VerifiedCrossing,
  VerifiedCrossingShape,
  VerifyContext,
} from './types.ts';
import { type VerifiedEnvelope, verifyEnvelope } from './verify-envelope.ts';
import { joinVerifiedParts, verifyParts } from './verify-parts.ts';

/** Where a crossing claims to be, which its frame has proved for one place only. */
export type CrossingPlace = Pick<Crossing, 'scope' | 'from' | 'to' | 'lane' | 'number'>;

function parse(bytes: Uint8Array): CompleteCrossing {
  const crossing = decodeExact(crossingCodec, bytes, 'ENVELOPE_CROSSING_MALFORMED');
  assertComplete(crossing);
  return crossing;
}

/** The crossing claims the very place that its frame proves. @throws EnvelopeError ENVELOPE_CROSSING_MISPLACED. */
export function assertSamePlace(crossing: Crossing, place: CrossingPlace): void {
  for (const field of ['scope', 'from', 'to', 'lane', 'number'] as const) {
    if (crossing[field] !== place[field])
      throw new EnvelopeError('ENVELOPE_CROSSING_MISPLACED', { context: { field, from: place.from } });
  }
}

/** Whoever is not the origin says on what it passes the envelope on; the origin itself never passes on. */
function assertExporter({ origin }: VerifiedEnvelope, exporter: OfficeId, { onward, supplement }: Crossing): void {
  if ((origin !== exporter) !== (onward !== null) || (supplement && onward !== null)) {
    throw new EnvelopeError('ENVELOPE_ORIGIN_NOT_EXPORTER', { context: { origin, exporter } });
  }
}

function assertLane({ header, id }: VerifiedEnvelope, { lane }: Crossing): void {
  if (laneOf(header) !== lane) throw new EnvelopeError('ENVELOPE_LANE_MISMATCH', { context: { id, lane } });
}

function assertCurrent({ header, origin, envelopeId: id }: VerifiedCrossingShape, now: CrossingContext['now']): void {
  if (header.createdMs > later(now, CLOCK_TOLERANCE_MS))
    throw new EnvelopeError('ENVELOPE_FROM_FUTURE', { context: { origin, id } });
  if (header.expiresMs <= earlier(now, CLOCK_TOLERANCE_MS))
    throw new EnvelopeError('ENVELOPE_EXPIRED', { context: { origin, id } });
}

/** No part is beside a crossing but those that it names. @throws EnvelopeError ENVELOPE_PARTS_MISMATCH. */
export function assertDisclosed(parts: readonly ReceivedPart[], disclosed: ReadonlySet<number>): void {
  for (const { index } of parts)
    if (!disclosed.has(index))
      throw new EnvelopeError('ENVELOPE_PARTS_MISMATCH', { context: { fault: 'not-disclosed', index } });
}

/**
 * Everything about a crossing that does not depend on when it is looked at: its place, its origin's signature, its
 * exporter's right, what it withholds, and those of its parts that are here.
 * @throws EnvelopeError as `verifyCrossing`, ENVELOPE_FROM_FUTURE and ENVELOPE_EXPIRED excepted; TrustError as `verifyProof`.
 */
export function verifyCrossingAt(
  bytes: Uint8Array,
  encodedParts: readonly Uint8Array[],
  place: CrossingPlace,
  context: VerifyContext,
): VerifiedCrossingShape {
  const crossing = parse(bytes);
  assertSamePlace(crossing, place);
  const envelope = verifyEnvelope(crossing.envelope, context);
  assertExporter(envelope, place.from as OfficeId, crossing);
  assertLane(envelope, crossing);
  assertDrillScope(envelope.header, crossing.scope);
  const parts = verifyParts(encodedParts, envelope);
  const disclosed = new Set(crossing.disclosed);
  assertDisclosed(parts, disclosed);
  const withheld = assertAccountsForWithheld(crossing.decision.withheld, envelope.envelope.parts, disclosed);
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
 * every part that it discloses came and is the origin's own; no policy of this office has been asked.
 * @throws EnvelopeError ENVELOPE_CROSSING_MALFORMED, ENVELOPE_AGREEMENT_MISSING, ENVELOPE_NOT_RELEASED,
 * ENVELOPE_CROSSING_MISPLACED, ENVELOPE_ORIGIN_NOT_EXPORTER, ENVELOPE_LANE_MISMATCH, ENVELOPE_DRILL_SCOPE_MISMATCH, ENVELOPE_PART_FOREIGN,
 * ENVELOPE_PART_MISPLACED, ENVELOPE_PART_MALFORMED, ENVELOPE_PART_MISLABELLED, ENVELOPE_PARTS_MISMATCH,
 * ENVELOPE_WITHHELD_MISMATCH, ENVELOPE_FROM_FUTURE, ENVELOPE_EXPIRED, those of `verifyEnvelope`; TrustError as `verifyProof`.
 */
export function verifyCrossing(item: UnverifiedCrossing, context: CrossingContext): VerifiedCrossing {
  const { scope, from, to, lane } = item.frame;
  const verified = verifyCrossingAt(item.bytes, item.parts, { scope, from, to, lane, number: item.number }, context);
  if (verified.parts.length !== verified.crossing.disclosed.length)
    throw new EnvelopeError('ENVELOPE_PARTS_MISMATCH', { context: { fault: 'missing' } });
  assertCurrent(verified, context.now);
  return verified as VerifiedCrossing;
}
