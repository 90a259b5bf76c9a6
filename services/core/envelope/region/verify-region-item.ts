import { digestFromBytes, digestOf, later, type OfficeId, sameBytes, sha256 } from '../../foundation/index.ts';
import { CLOCK_TOLERANCE_MS, verifyProof } from '../../trust/index.ts';
import {
  HeadKind,
  Outcome,
  type RegionHeader,
  type RegionItem,
  regionHeaderCodec,
  regionItemCodec,
  type SignedEnvelope,
} from '../../wire/index.ts';
import { isSoundAgreement, isSoundDecision } from '../check-crossing.ts';
import { assertAccountsForWithheld } from '../check-withheld.ts';
import { decodeExact } from '../decode-exact.ts';
import { EnvelopeError } from '../errors.ts';
import { MAX_REGION_ITEM_BYTES } from '../limits.ts';
import { assertDisclosed } from '../verify-crossing.ts';
import { verifyEnvelope } from '../verify-envelope.ts';
import { joinVerifiedParts, verifyParts } from '../verify-parts.ts';
import { checkRegionHeader } from './check-region-header.ts';
import { regionFacets } from './region-body.ts';
import type { RegionContext, RegionMessage, RegionWithdrawal, VerifiedRegionItem } from './types.ts';

function malformed(fault: string): EnvelopeError {
  return new EnvelopeError('ENVELOPE_REGION_MALFORMED', { context: { fault } });
}

function mismatch(field: string, from: string): EnvelopeError {
  return new EnvelopeError('ENVELOPE_REGION_MISMATCH', { context: { field, from } });
}

function parse(bytes: Uint8Array): { readonly item: RegionItem; readonly header: RegionHeader } {
  if (bytes.length > MAX_REGION_ITEM_BYTES)
    throw new EnvelopeError('ENVELOPE_REGION_TOO_LARGE', { context: { bytes: bytes.length } });
  const item = decodeExact(regionItemCodec, bytes, 'ENVELOPE_REGION_MALFORMED');
  const header = decodeExact(regionHeaderCodec, item.header, 'ENVELOPE_REGION_MALFORMED');
  checkRegionHeader(header);
  return { item, header };
}

type Shared = Pick<
  RegionMessage,
  | 'bytes'
  | 'header'
  | 'headerDigest'
  | 'from'
  | 'corridor'
  | 'crimeArea'
  | 'number'
  | 'urgency'
  | 'language'
  | 'drill'
  | 'signed'
>;

/** The releasing office signed this very header, with a key that was good for it and for what is an exercise or is none. */
function verifyHeader(bytes: Uint8Array, { item, header }: ReturnType<typeof parse>, context: RegionContext): Shared {
  const { keyOf, heads, now } = context;
  const signed = verifyProof(item.header, item.proof, { kind: HeadKind.REGION, keyOf, heads, drill: header.drill });
  if (signed.signer !== header.from)
    throw new EnvelopeError('ENVELOPE_REGION_SIGNER_MISMATCH', { context: { from: header.from } });
  if (header.releasedMs > later(now, CLOCK_TOLERANCE_MS))
    throw new EnvelopeError('ENVELOPE_FROM_FUTURE', { context: { from: header.from } });
  const { corridor, crimeArea, number, urgency, language, drill } = header;
  return {
    bytes,
    header,
    headerDigest: digestOf(item.header),
    from: header.from as OfficeId,
    corridor,
    crimeArea,
    number,
    urgency,
    language,
    drill,
    signed,
  };
}

function withdrawal(shared: Shared, { envelope, parts }: RegionItem): RegionWithdrawal {
  if (envelope !== null || parts.length > 0) throw malformed('withdrawal');
  return { ...shared, withdraws: digestFromBytes(shared.header.withdraws) };
}

/** The decision is one, released it, and rests on an agreement. */
function grounds({ decision, agreement }: RegionHeader): Pick<RegionMessage, 'decision' | 'agreement'> {
  if (decision === null || !isSoundDecision(decision)) throw malformed('decision');
  if (agreement === null || !isSoundAgreement(agreement)) throw new EnvelopeError('ENVELOPE_AGREEMENT_MISSING');
  if (decision.outcome !== Outcome.RELEASED) throw new EnvelopeError('ENVELOPE_NOT_RELEASED');
  return { decision, agreement };
}

function assertHeaderSays(header: RegionHeader, { kind, body, envelopeHeader, envelopeBytes }: RegionMessage): void {
  const { from } = header;
  if (!sameBytes(header.envelopeDigest, sha256(envelopeBytes))) throw mismatch('envelopeDigest', from);
  if (header.kind !== kind) throw mismatch('kind', from);
  if (header.drill !== envelopeHeader.drill) throw mismatch('drill', from);
  if (header.releasedMs < envelopeHeader.createdMs - CLOCK_TOLERANCE_MS) throw mismatch('releasedMs', from);
  const said = regionFacets(kind, body);
  for (const facet of ['corridor', 'crimeArea', 'urgency', 'language'] as const)
    if (header[facet] !== said[facet]) throw mismatch(facet, from);
}

function message(
  shared: Shared,
  { envelope: signedEnvelope, parts: encoded }: RegionItem,
  context: RegionContext,
): RegionMessage {
  const { header, from } = shared;
  if (signedEnvelope === null) throw malformed('envelope');
  const ground = grounds(header);
  const verified = verifyEnvelope(signedEnvelope as SignedEnvelope, context);
  if (verified.origin !== from)
    throw new EnvelopeError('ENVELOPE_REGION_NOT_ORIGIN', { context: { from, origin: verified.origin } });
  const parts = verifyParts(encoded, verified);
  const disclosed = new Set(header.disclosed);
  assertDisclosed(parts, disclosed);
  const withheld = assertAccountsForWithheld(ground.decision.withheld, verified.envelope.parts, disclosed);
  return {
    ...shared,
    ...ground,
    withdraws: null,
    kind: verified.header.kind,
    envelope: verified.envelope,
    envelopeHeader: verified.header,
    envelopeBytes: verified.bytes,
    envelopeId: verified.id,
    envelopeDigest: verified.digest,
    parts,
    withheld,
    body: joinVerifiedParts(verified.header.kind, parts),
  };
}

function verify(bytes: Uint8Array, context: RegionContext): VerifiedRegionItem {
  const parsed = parse(bytes);
  const shared = verifyHeader(bytes, parsed, context);
  return (
    parsed.header.withdraws.length > 0 ? withdrawal(shared, parsed.item) : message(shared, parsed.item, context)
  ) as VerifiedRegionItem;
}

/**
 * Released to the region by the office that said it, at that place of its chain on the topic, with every part that it
 * discloses and no other; whether it is current, and whether any agreement or policy lets it in, is not judged.
 * @throws EnvelopeError ENVELOPE_REGION_TOO_LARGE, ENVELOPE_REGION_MALFORMED, ENVELOPE_REGION_HEADER_INVALID,
 * ENVELOPE_REGION_KIND_WRONG, ENVELOPE_REGION_SIGNER_MISMATCH, ENVELOPE_REGION_NOT_ORIGIN, ENVELOPE_REGION_MISMATCH,
 * ENVELOPE_AGREEMENT_MISSING, ENVELOPE_NOT_RELEASED, ENVELOPE_FROM_FUTURE, ENVELOPE_PART_*, ENVELOPE_PARTS_MISMATCH,
 * ENVELOPE_WITHHELD_MISMATCH, those of `verifyEnvelope`; TrustError as `verifyProof`.
 */
export function verifyRegionItem(bytes: Uint8Array, context: RegionContext): VerifiedRegionItem {
  const verified = verify(bytes, context);
  if (verified.withdraws !== null) return verified;
  if (verified.parts.length !== verified.header.disclosed.length)
    throw new EnvelopeError('ENVELOPE_PARTS_MISMATCH', { context: { fault: 'missing' } });
  assertHeaderSays(verified.header, verified);
  return verified;
}

/**
 * A release as it is kept, of which this office may have left parts out that its import gate does not accept; verified
 * again in everything else. `keyOf` answers for the time when it was recorded.
 * @throws EnvelopeError as `verifyRegionItem`; TrustError as `verifyProof`.
 */
export function readRegionItem(bytes: Uint8Array, context: RegionContext): VerifiedRegionItem {
  return verify(bytes, context);
}

/** The encoded RegionItem with only the parts at these indexes of the envelope: what is kept of one that was let in. */
export function keepRegionItem(item: VerifiedRegionItem, accepted: readonly number[]): Uint8Array {
  const { header, proof, envelope } = regionItemCodec.decode(item.bytes);
  const parts = item.withdraws === null ? item.parts : [];
  const kept = parts.filter(({ index }) => accepted.includes(index)).map((part) => part.bytes);
  return regionItemCodec.encode({ header, proof, envelope, parts: kept });
}
