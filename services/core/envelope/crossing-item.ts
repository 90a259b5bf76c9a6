import { sha256 } from '../foundation/index.ts';
import { equalBytes } from '../trust/index.ts';
import {
  type CrossingItem,
  crossingCodec,
  crossingItemCodec,
  envelopeCodec,
  type Lane,
  ownMessageCodec,
  receivedCrossingCodec,
} from '../wire/index.ts';
import { digestKey } from './check-envelope.ts';
import { decodeExact } from './decode-exact.ts';
import { EnvelopeError } from './errors.ts';
import { carriedOn } from './lanes.ts';

/** What a frame carries of a crossing: the crossing and beside it the parts that it discloses. */
export function packCrossing(crossing: Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
  return crossingItemCodec.encode({ crossing, parts });
}

/** A crossing and the parts beside it, in the one encoding that these have; nothing is verified. @throws EnvelopeError ENVELOPE_CONTENT_INVALID. */
export function unpackCrossing(item: Uint8Array): CrossingItem {
  return decodeExact(crossingItemCodec, item, 'ENVELOPE_CONTENT_INVALID');
}

/** The first field of an encoded CrossingItem: tag 0x0a, the length as a varint, the crossing (protobuf encoding, "length-delimited"). */
function crossingIn(item: Uint8Array): Uint8Array {
  let length = 0;
  let at = 1;
  for (let factor = 1; at < 6; factor *= 0x80) {
    const byte = item[at++] ?? 0;
    length += (byte & 0x7f) * factor;
    if (byte < 0x80) break;
  }
  if (item[0] !== 0x0a || at + length > item.length)
    throw new TypeError('an item of this office is not a crossing with its parts');
  return item.subarray(at, at + length);
}

/** The bytes of one of this office's own items that the root of its frame covers. */
export function coveredBytes(lane: Lane, item: Uint8Array): Uint8Array {
  return carriedOn(lane) === 'crossings' ? crossingIn(item) : item;
}

/** Encoded parts in that order, each the envelope's by its digest there. */
function takeParts(crossing: Uint8Array, partAt: (index: number, digest: Uint8Array) => Uint8Array | undefined) {
  const { disclosed, envelope: signed } = decodeExact(crossingCodec, crossing, 'ENVELOPE_OWN_MESSAGE_INVALID');
  const digests =
    signed === null ? [] : decodeExact(envelopeCodec, signed.envelope, 'ENVELOPE_OWN_MESSAGE_INVALID').parts;
  return disclosed.map((index) => {
    const expected = digests[index]?.digest;
    const part = expected === undefined ? undefined : partAt(index, expected);
    if (part === undefined || expected === undefined || !equalBytes(sha256(part), expected)) {
      throw new EnvelopeError('ENVELOPE_OWN_MESSAGE_INVALID', { context: { fault: 'part', index } });
    }
    return part;
  });
}

/**
 * What a frame carries of a crossing of this office, put together again from what is kept of it: the encoded Crossing
 * and the encoded OwnMessage, of which the parts are taken that the crossing discloses and no other.
 * @throws EnvelopeError ENVELOPE_OWN_MESSAGE_INVALID when the two do not belong together.
 */
export function repackCrossing(crossing: Uint8Array, ownMessage: Uint8Array): Uint8Array {
  const { parts } = decodeExact(ownMessageCodec, ownMessage, 'ENVELOPE_OWN_MESSAGE_INVALID');
  return packCrossing(
    crossing,
    takeParts(crossing, (index) => parts[index]),
  );
}

/**
 * What a frame carries of a crossing that passes another office's message on, put together again from the encoded
 * Crossing and the encoded ReceivedCrossings that hold its parts.
 * @throws EnvelopeError ENVELOPE_OWN_MESSAGE_INVALID when they do not belong together, or a part is gone.
 */
export function repackPassedOn(crossing: Uint8Array, received: readonly Uint8Array[]): Uint8Array {
  const here = new Map<string, Uint8Array>();
  for (const bytes of received) {
    const { parts } = decodeExact(receivedCrossingCodec, bytes, 'ENVELOPE_OWN_MESSAGE_INVALID');
    for (const part of parts) here.set(digestKey(sha256(part)), part);
  }
  return packCrossing(
    crossing,
    takeParts(crossing, (_, digest) => here.get(digestKey(digest))),
  );
}
