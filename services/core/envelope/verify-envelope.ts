import { type Digest, digestOf, type EnvelopeId, type OfficeId } from '../foundation/index.ts';
import { type VerifiedProof, verifyProof } from '../trust/index.ts';
import { type Envelope, type EnvelopeHeader, envelopeCodec, HeadKind, type SignedEnvelope } from '../wire/index.ts';
import { checkEnvelope, type PartIndexes } from './check-envelope.ts';
import { decodeExact } from './decode-exact.ts';
import { EnvelopeError } from './errors.ts';
import type { VerifyContext } from './types.ts';

/** What its origin said, whoever passed it on; nothing is said of the parts. */
export interface VerifiedEnvelope {
  readonly header: EnvelopeHeader;
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly envelope: Envelope;
  readonly indexes: PartIndexes;
  readonly bytes: Uint8Array;
  readonly digest: Digest;
  readonly signed: VerifiedProof;
}

/**
 * The envelope is sound, every code in it is known to this version, and its origin signed these very bytes with a key
 * that was good for it: an exercise with one for exercises, anything else with one for what is real.
 * @throws EnvelopeError ENVELOPE_MALFORMED, ENVELOPE_KIND_UNKNOWN, ENVELOPE_HEADER_INVALID, ENVELOPE_PARTS_INVALID,
 * ENVELOPE_SIGNER_NOT_ORIGIN; TrustError as `verifyProof`.
 */
export function verifyEnvelope(signedEnvelope: SignedEnvelope, { keyOf, heads }: VerifyContext): VerifiedEnvelope {
  const envelope = decodeExact(envelopeCodec, signedEnvelope.envelope, 'ENVELOPE_MALFORMED');
  const { header, indexes } = checkEnvelope(envelope);
  // A message is an exercise if and only if a key for exercises signed it, so that none passes as the other.
  const { drill } = header;
  const signed = verifyProof(signedEnvelope.envelope, signedEnvelope.proof, {
    kind: HeadKind.ENVELOPE,
    keyOf,
    heads,
    drill,
  });
  if (signed.signer !== header.origin)
    throw new EnvelopeError('ENVELOPE_SIGNER_NOT_ORIGIN', { context: { origin: header.origin } });
  return {
    header,
    origin: header.origin as OfficeId,
    id: header.id as EnvelopeId,
    envelope,
    indexes,
    bytes: signedEnvelope.envelope,
    digest: digestOf(signedEnvelope.envelope),
    signed,
  };
}
