import { type Digest, digestOf, type EnvelopeId, type OfficeId } from '../foundation/index.ts';
import { type VerifiedProof, verifyProof } from '../trust/index.ts';
import { type Envelope, envelopeCodec, type EnvelopeHeader, HeadKind, type SignedEnvelope } from '../wire/index.ts';
import { assertEnvelope } from './check-envelope.ts';
import { decodeExact } from './decode-exact.ts';
import { EnvelopeError } from './errors.ts';
import type { VerifyContext } from './types.ts';

/** What its origin said, whoever passed it on; nothing is said of the parts. */
export interface VerifiedEnvelope {
  readonly header: EnvelopeHeader;
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly envelope: Envelope;
  readonly bytes: Uint8Array;
  readonly digest: Digest;
  readonly signed: VerifiedProof;
}

function parse(bytes: Uint8Array): Envelope & { readonly header: EnvelopeHeader } {
  const envelope = decodeExact(envelopeCodec, bytes, 'ENVELOPE_MALFORMED');
  assertEnvelope(envelope);
  return envelope;
}

/**
 * The envelope is sound, every code in it is known to this version, and its origin signed these very bytes with a key
 * that was good for it.
 * @throws EnvelopeError ENVELOPE_MALFORMED, ENVELOPE_KIND_UNKNOWN, ENVELOPE_HEADER_INVALID, ENVELOPE_PARTS_INVALID,
 * ENVELOPE_SIGNER_NOT_ORIGIN; TrustError as `verifyProof`.
 */
export function verifyEnvelope(signedEnvelope: SignedEnvelope, { keyOf, heads }: VerifyContext): VerifiedEnvelope {
  const envelope = parse(signedEnvelope.envelope);
  const { header } = envelope;
  const signed = verifyProof(signedEnvelope.envelope, signedEnvelope.proof, { kind: HeadKind.ENVELOPE, keyOf, heads });
  if (signed.signer !== header.origin) throw new EnvelopeError('ENVELOPE_SIGNER_NOT_ORIGIN', { context: { origin: header.origin } });
  return {
    header,
    origin: header.origin as OfficeId,
    id: header.id as EnvelopeId,
    envelope,
    bytes: signedEnvelope.envelope,
    digest: digestOf(signedEnvelope.envelope),
    signed,
  };
}
