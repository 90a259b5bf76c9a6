import { isLiaisonError, type OfficeId } from '../foundation/index.ts';
import { ownMessageCodec, type Proof, signedEnvelopeCodec } from '../wire/index.ts';
import { decodeExact } from './decode-exact.ts';
import { EnvelopeError } from './errors.ts';
import type { SignedMessage, VerifyContext } from './types.ts';
import { verifyEnvelope } from './verify-envelope.ts';
import { joinVerifiedParts, verifyParts } from './verify-parts.ts';

/** What is to be kept of a message of this office, every part of it: an encoded OwnMessage. */
export function keepOwnMessage({ signedEnvelope, parts }: SignedMessage): Uint8Array {
  return ownMessageCodec.encode({ signedEnvelope, parts: parts.map((part) => part.bytes) });
}

function read(bytes: Uint8Array, context: VerifyContext & { readonly self: OfficeId }): SignedMessage {
  const own = decodeExact(ownMessageCodec, bytes, 'ENVELOPE_OWN_MESSAGE_INVALID');
  const signed = decodeExact(signedEnvelopeCodec, own.signedEnvelope, 'ENVELOPE_OWN_MESSAGE_INVALID');
  const verified = verifyEnvelope(signed, context);
  const { header, origin, envelope, bytes: envelopeBytes, digest: envelopeDigest } = verified;
  const parts = verifyParts(own.parts, verified);
  if (origin !== context.self || parts.length !== envelope.parts.length)
    throw new EnvelopeError('ENVELOPE_OWN_MESSAGE_INVALID');
  const body = joinVerifiedParts(header.kind, parts);
  const { signedEnvelope } = own;
  const proof = signed.proof as Proof;
  return {
    header,
    kind: header.kind,
    body,
    envelope,
    envelopeBytes,
    envelopeDigest,
    parts,
    signedEnvelope,
    proof,
  } as unknown as SignedMessage;
}

/**
 * A message of this office as it was signed, whole, its signature and every part verified again. Takes an encoded
 * OwnMessage; `keyOf` answers for the time when it was recorded.
 * @throws EnvelopeError ENVELOPE_OWN_MESSAGE_INVALID, with what is wrong as its cause.
 */
export function readOwnMessage(bytes: Uint8Array, context: VerifyContext & { readonly self: OfficeId }): SignedMessage {
  try {
    return read(bytes, context);
  } catch (cause) {
    if (!isLiaisonError(cause) || cause.code === 'ENVELOPE_OWN_MESSAGE_INVALID') throw cause;
    throw new EnvelopeError('ENVELOPE_OWN_MESSAGE_INVALID', { context: { cause: cause.code }, cause });
  }
}
