import { type Digest, digestOf, type OfficeId, toHex, utf8 } from '../../foundation/index.ts';

/**
 * Names exactly what one reader would get of an envelope: SHA-256 over the digest of the envelope in hexadecimal, the
 * office that would read it and the digests of the parts that would pass, in their order, each on a line of its own.
 */
export function shownDigest(envelopeDigest: Digest, reader: OfficeId, parts: readonly Uint8Array[]): Digest {
  return digestOf(utf8([envelopeDigest, reader, ...parts.map(toHex)].join('\n')));
}
