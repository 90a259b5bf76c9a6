import { digestOf, type EnvelopeId, type EpochMs, type OfficeId } from '../foundation/index.ts';
import type { RandomBytes } from '../trust/index.ts';
import { type Crossing, crossingCodec, type Init, type Lane, Outcome } from '../wire/index.ts';
import { assertAccountsForWithheld } from './check-withheld.ts';
import { packCrossing } from './crossing-item.ts';
import { assertDrillScope } from './drill-scope.ts';
import { EnvelopeError } from './errors.ts';
import { laneOf } from './lanes.ts';
import { SALT_BYTES } from './limits.ts';
import type { DecidedCrossing, ExportableCrossing, MessagePart } from './types.ts';

type IndexedPart = MessagePart & { readonly index?: number };

function disclosedParts({ message, disclosed }: DecidedCrossing): readonly MessagePart[] {
  const here = new Map(message.parts.map((part: IndexedPart, position) => [part.index ?? position, part]));
  return disclosed.map((index) => {
    const part = here.get(index);
    if (part === undefined) throw new TypeError('a decision discloses a part that is not there');
    return part;
  });
}

/** What sets a crossing apart from the origin's first one to that recipient. */
export type CrossingKind = Pick<Init<Crossing>, 'onward' | 'supplement'>;

/**
 * The crossing of a message that was released to one recipient, with the parts that were disclosed and no byte of any
 * other. To be recorded under that number of that lane before it leaves.
 * @throws EnvelopeError ENVELOPE_DRILL_SCOPE_MISMATCH, ENVELOPE_NOT_RELEASED, ENVELOPE_AGREEMENT_MISSING, ENVELOPE_LANE_MISMATCH, ENVELOPE_WITHHELD_MISMATCH.
 */
export function buildCrossing(
  decided: DecidedCrossing,
  lane: Lane,
  number: number,
  random: RandomBytes,
  kind: CrossingKind = {},
): ExportableCrossing {
  const { message, from, to, scope, agreement, decision, disclosed } = decided;
  assertDrillScope(message.header, scope);
  if (decision.outcome !== Outcome.RELEASED)
    throw new EnvelopeError('ENVELOPE_NOT_RELEASED', { context: { id: message.header.id, to } });
  if (agreement === null)
    throw new EnvelopeError('ENVELOPE_AGREEMENT_MISSING', { context: { id: message.header.id, to } });
  if (laneOf(message.header) !== lane)
    throw new EnvelopeError('ENVELOPE_LANE_MISMATCH', { context: { id: message.header.id, lane } });
  assertAccountsForWithheld(decision.withheld, message.envelope.parts, new Set(disclosed));
  const parts = disclosedParts(decided).map((part) => part.bytes);
  const crossing = crossingCodec.encode({
    salt: random(SALT_BYTES),
    envelope: { envelope: message.envelopeBytes, proof: message.proof },
    disclosed,
    decision,
    scope,
    from,
    to,
    agreement,
    lane,
    number,
    ...kind,
  });
  return {
    bytes: packCrossing(crossing, parts),
    crossing,
    digest: digestOf(crossing),
    from,
    to,
    scope,
    lane,
    number,
    origin: message.header.origin as OfficeId,
    envelopeId: message.header.id as EnvelopeId,
    envelopeDigest: message.envelopeDigest,
    expiresMs: message.header.expiresMs as EpochMs,
  } as ExportableCrossing;
}
