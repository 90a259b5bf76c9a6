import { type EpochMs, sha256 } from '../../foundation/index.ts';
import { type Signer, signProofs } from '../../trust/index.ts';
import {
  HeadKind,
  type Init,
  type MessageKind,
  Outcome,
  type Proof,
  type RegionHeader,
  type RegionItem,
  regionHeaderCodec,
  regionItemCodec,
  type SignedEnvelope,
  type Urgency,
} from '../../wire/index.ts';
import { assertAccountsForWithheld } from '../check-withheld.ts';
import { EnvelopeError } from '../errors.ts';
import { MAX_REGION_ITEM_BYTES } from '../limits.ts';
import type { MessagePart } from '../types.ts';
import { joinVerifiedParts } from '../verify-parts.ts';
import { checkRegionHeader } from './check-region-header.ts';
import { regionFacets } from './region-body.ts';
import type { DecidedRelease, MadeRegionItem, RegionPlace, RegionTopic } from './types.ts';

async function made(
  header: Init<RegionHeader>,
  item: Pick<Init<RegionItem>, 'envelope' | 'parts'>,
  signer: Signer,
  at: EpochMs,
): Promise<MadeRegionItem> {
  const encoded = regionHeaderCodec.encode(header);
  const sound = regionHeaderCodec.decode(encoded);
  checkRegionHeader(sound);
  const [proof] = await signProofs(signer, HeadKind.REGION, sound.from, [encoded], at);
  const bytes = regionItemCodec.encode({ header: encoded, proof: proof as Proof, ...item });
  if (bytes.length > MAX_REGION_ITEM_BYTES)
    throw new EnvelopeError('ENVELOPE_REGION_TOO_LARGE', { context: { bytes: bytes.length } });
  return { bytes, header: sound, headerDigest: sha256(encoded) } as MadeRegionItem;
}

/**
 * What the region gets of a message that was released to it: the envelope, the parts that were disclosed and no byte of
 * any other, under the office's next number of the topic. To be recorded before it leaves.
 * @throws EnvelopeError ENVELOPE_NOT_RELEASED, ENVELOPE_AGREEMENT_MISSING, ENVELOPE_WITHHELD_MISMATCH,
 * ENVELOPE_REGION_KIND_WRONG, ENVELOPE_REGION_HEADER_INVALID, ENVELOPE_REGION_TOO_LARGE; TrustError TRUST_SIGNER_FAILED.
 */
export async function makeRegionItem(
  { message, from, agreement, decision, disclosed }: DecidedRelease,
  place: RegionPlace,
  signer: Signer,
  at: EpochMs,
): Promise<MadeRegionItem> {
  const { id, drill } = message.header;
  if (decision.outcome !== Outcome.RELEASED) throw new EnvelopeError('ENVELOPE_NOT_RELEASED', { context: { id } });
  if (agreement === null) throw new EnvelopeError('ENVELOPE_AGREEMENT_MISSING', { context: { id } });
  assertAccountsForWithheld(decision.withheld, message.envelope.parts, new Set(disclosed));
  const indexed = disclosed.map((index) => ({ ...(message.parts[index] as MessagePart), index }));
  const header = {
    from,
    ...regionFacets(message.kind, joinVerifiedParts(message.kind, indexed)),
    ...place,
    kind: message.kind,
    envelopeDigest: sha256(message.envelopeBytes),
    disclosed,
    decision,
    agreement,
    releasedMs: at,
    drill,
  };
  const envelope: SignedEnvelope = { envelope: message.envelopeBytes, proof: message.proof };
  return made(header, { envelope, parts: indexed.map((part) => part.bytes) }, signer, at);
}

/** What an office withdraws: the digest of the envelope, and what its release said of itself. */
export interface Withdrawal extends RegionTopic {
  readonly from: string;
  readonly envelopeDigest: Uint8Array;
  /** Of the release on the topic. */
  readonly withdrawsNumber: number;
  readonly kind: MessageKind;
  readonly urgency: Urgency;
  readonly drill: boolean;
}

/** An office's word that an earlier release of its own is withdrawn, under its next number of the topic. @throws EnvelopeError as `makeRegionItem`; TrustError TRUST_SIGNER_FAILED. */
export function makeWithdrawal(
  { envelopeDigest, ...withdrawal }: Withdrawal,
  place: RegionPlace,
  signer: Signer,
  at: EpochMs,
): Promise<MadeRegionItem> {
  return made({ ...withdrawal, ...place, withdraws: envelopeDigest, releasedMs: at }, { parts: [] }, signer, at);
}
