import { digestOf, sha256 } from '../foundation/index.ts';
import type { RandomBytes } from '../trust/index.ts';
import {
  type Bodies,
  type BodyKind,
  type BodyPart,
  envelopeCodec,
  type Init,
  type MessageKind,
  partCodec,
  splitBody,
} from '../wire/index.ts';
import { checkEnvelope, isKnownKind } from './check-envelope.ts';
import { EnvelopeError } from './errors.ts';
import { SALT_BYTES } from './limits.ts';
import type { MessageDraft, MessagePart, UnsignedMessage } from './types.ts';

function split(kind: MessageKind, body: unknown): readonly BodyPart[] {
  if (!isKnownKind(kind)) throw new EnvelopeError('ENVELOPE_KIND_UNKNOWN', { context: { kind } });
  return splitBody(kind as BodyKind, body as Init<Bodies[BodyKind]>);
}

function salted({ path, category, value }: BodyPart, salt: Uint8Array): MessagePart {
  const bytes = partCodec.encode({ salt, path, value });
  return { bytes, digest: sha256(bytes), category, path, value };
}

/**
 * A message split into its parts, each with a salt of its own, under an envelope that names their digests; the header is
 * sound and nobody has signed it. The body has been checked against the contract before.
 * @throws EnvelopeError ENVELOPE_KIND_UNKNOWN, ENVELOPE_HEADER_INVALID, ENVELOPE_PARTS_INVALID; WireError WIRE_PART_INVALID
 * for a body of too many parts.
 */
export function composeMessage({ header, kind, body }: MessageDraft, random: RandomBytes): UnsignedMessage {
  const pieces = split(kind, body);
  const salts = random(pieces.length * SALT_BYTES);
  const parts = pieces.map((piece, i) => salted(piece, salts.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES)));
  const envelopeBytes = envelopeCodec.encode({
    header: { ...header, kind },
    parts: parts.map(({ digest, category }) => ({ digest, category })),
  });
  const envelope = envelopeCodec.decode(envelopeBytes);
  const { header: sound } = checkEnvelope(envelope);
  const message = {
    header: sound,
    kind,
    body,
    envelope,
    envelopeBytes,
    envelopeDigest: digestOf(envelopeBytes),
    parts,
  };
  return message as unknown as UnsignedMessage;
}
