import { ownMessageCodec, receivedCrossingCodec } from '../wire/index.ts';
import { decodeExact } from './decode-exact.ts';

/** The same ReceivedCrossing without any part of the body: what was signed and what it went through can be proved as before. */
export function crossingWithoutParts(bytes: Uint8Array): Uint8Array {
  return receivedCrossingCodec.encode({
    ...decodeExact(receivedCrossingCodec, bytes, 'ENVELOPE_EVIDENCE_MALFORMED'),
    parts: [],
  });
}

/** The same OwnMessage without any part of the body: the signed envelope, which has a digest of each. */
export function messageWithoutParts(bytes: Uint8Array): Uint8Array {
  const { signedEnvelope } = decodeExact(ownMessageCodec, bytes, 'ENVELOPE_OWN_MESSAGE_INVALID');
  return ownMessageCodec.encode({ signedEnvelope, parts: [] });
}
