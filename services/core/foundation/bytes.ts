import { hash, timingSafeEqual } from 'node:crypto';
import type { Brand } from './brand.ts';
import { FoundationError } from './errors.ts';

/** A SHA-256 digest as 64 lowercase hexadecimal digits. */
export type Digest = Brand<string, 'Digest'>;

/** SHA-256 (FIPS 180-4) over the given chunks, one after the other: 32 bytes. */
export function sha256(...chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  // By way of the text, which Node.js 20 gives twice as fast as a buffer.
  const text = hash('sha256', chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks), 'hex');
  return new Uint8Array(Buffer.from(text, 'hex'));
}

/** The SHA-256 digest of `bytes` in its text form. */
export function digestOf(bytes: Uint8Array): Digest {
  return hash('sha256', bytes, 'hex') as Digest;
}

/** 32 bytes as a digest's text form. @throws FoundationError FOUNDATION_ENCODING_INVALID unless 32 bytes. */
export function digestFromBytes(bytes: Uint8Array): Digest {
  if (bytes.length !== 32) throw new FoundationError('FOUNDATION_ENCODING_INVALID', { context: { kind: 'digest' } });
  return toHex(bytes) as Digest;
}

/** A digest from its text form. @throws FoundationError FOUNDATION_ENCODING_INVALID. */
export function parseDigest(text: string): Digest {
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new FoundationError('FOUNDATION_ENCODING_INVALID', { context: { kind: 'digest' } });
  return text as Digest;
}

/** Lowercase hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** Bytes from lowercase hexadecimal. @throws FoundationError FOUNDATION_ENCODING_INVALID. */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) {
    throw new FoundationError('FOUNDATION_ENCODING_INVALID', { context: { kind: 'hex' } });
  }
  return new Uint8Array(Buffer.from(text, 'hex'));
}

/** base64url without padding (RFC 4648 §5). */
export function toBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}

/** Bytes from base64url; only the one canonical text of those bytes is accepted. @throws FoundationError FOUNDATION_ENCODING_INVALID. */
export function fromBase64url(text: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(text, 'base64url'));
  if (toBase64url(bytes) !== text)
    throw new FoundationError('FOUNDATION_ENCODING_INVALID', { context: { kind: 'base64url' } });
  return bytes;
}

/** UTF-8 bytes of `text`. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Text of UTF-8 bytes. @throws TypeError when they are not valid UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Whether both hold the same bytes, in time that depends on the length alone. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A copy that nobody else holds. */
export function copyBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
