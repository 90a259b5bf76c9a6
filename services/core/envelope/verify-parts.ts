import { sha256 } from '../foundation/index.ts';
import { type BodyKind, joinParts, type MessageKind, type PartDigest, partCodec, WireError } from '../wire/index.ts';
import { digestKey } from './check-envelope.ts';
import { decodeExact } from './decode-exact.ts';
import { EnvelopeError } from './errors.ts';
import { SALT_BYTES } from './limits.ts';
import type { ReceivedPart } from './types.ts';
import type { VerifiedEnvelope } from './verify-envelope.ts';

/**
 * The parts, each one of the envelope's by its digest, none twice, in the order of the envelope.
 * @throws EnvelopeError ENVELOPE_PART_FOREIGN, ENVELOPE_PART_MISPLACED, ENVELOPE_PART_MALFORMED.
 */
export function verifyParts(
  encoded: readonly Uint8Array[],
  { indexes, envelope }: Pick<VerifiedEnvelope, 'indexes' | 'envelope'>,
): readonly ReceivedPart[] {
  let before = -1;
  return encoded.map((bytes) => {
    const digest = sha256(bytes);
    const index = indexes.get(digestKey(digest));
    if (index === undefined) throw new EnvelopeError('ENVELOPE_PART_FOREIGN');
    if (index <= before) throw new EnvelopeError('ENVELOPE_PART_MISPLACED', { context: { index } });
    before = index;
    const { salt, path, value } = decodeExact(partCodec, bytes, 'ENVELOPE_PART_MALFORMED');
    if (salt.length !== SALT_BYTES) throw new EnvelopeError('ENVELOPE_PART_MALFORMED', { context: { fault: 'salt' } });
    return { bytes, digest, category: (envelope.parts[index] as PartDigest).category, path, value, index };
  });
}

/** The body that the parts make up; each holds fields of its category only, at a place that the body has. @throws EnvelopeError ENVELOPE_PART_MISLABELLED. */
export function joinVerifiedParts(kind: MessageKind, parts: readonly ReceivedPart[]): unknown {
  try {
    return joinParts(kind as BodyKind, parts);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new EnvelopeError('ENVELOPE_PART_MISLABELLED', { context: cause.context, cause });
  }
}
