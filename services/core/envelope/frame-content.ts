import { MAX_DOCUMENT_BYTES } from '../trust/index.ts';
import { frameContentCodec } from '../wire/index.ts';
import { decodeExact } from './decode-exact.ts';
import { EnvelopeError } from './errors.ts';
import { FRAME_MAX_CONTENT_BYTES, FRAME_MAX_ITEMS } from './limits.ts';
import { isSizeStep, sizeStep } from './size-steps.ts';

/** Bytes of a field of that length with a number below 16: tag, length, value (protobuf encoding, "length-delimited"). */
function fieldBytes(length: number): number {
  let varint = 1;
  for (let rest = length; rest >= 0x80; rest = Math.floor(rest / 0x80)) varint++;
  return 1 + varint + length;
}

/** A padding whose field takes exactly `room` bytes; undefined where no length does. */
function paddingFor(room: number): number | undefined {
  for (let length = Math.max(0, room - 6); length <= room - 2; length++)
    if (length > 0 && fieldBytes(length) === room) return length;
  return undefined;
}

/** The size step that content of that many bytes is padded to, and the length of the padding. */
function paddedTo(contentBytes: number): { readonly step: number; readonly padding: number } {
  if (isSizeStep(contentBytes)) return { step: contentBytes, padding: 0 };
  for (let step = sizeStep(contentBytes); ; step = sizeStep(step + 1)) {
    const padding = paddingFor(step - contentBytes);
    if (padding !== undefined) return { step, padding };
  }
}

/** How many of the first items of these sizes fit in one frame, padding included: 0 where not even the first does. */
export function countForFrame(sizes: readonly number[]): number {
  let bytes = 0;
  let count = 0;
  for (const size of sizes) {
    bytes += fieldBytes(size);
    if (count === FRAME_MAX_ITEMS || paddedTo(bytes).step > FRAME_MAX_CONTENT_BYTES) break;
    count++;
  }
  return count;
}

/** The items as sealed content, zeros added up to a size step. */
export function padContent(items: readonly Uint8Array[]): Uint8Array {
  const { padding } = paddedTo(items.reduce((sum, item) => sum + fieldBytes(item.length), 0));
  return frameContentCodec.encode({ items, padding: new Uint8Array(padding) });
}

/** A document as sealed content, zeros added up to a size step. @throws RangeError when it is larger than any document. */
export function padDocument(bytes: Uint8Array): Uint8Array {
  if (bytes.length > MAX_DOCUMENT_BYTES) throw new RangeError('the document is too large');
  return padContent([bytes]);
}

/** The items of sealed content that is in its one encoding, of a size step, with nothing in its padding. @throws EnvelopeError ENVELOPE_CONTENT_INVALID. */
export function unpadContent(bytes: Uint8Array): readonly Uint8Array[] {
  if (!isSizeStep(bytes.length)) throw new EnvelopeError('ENVELOPE_CONTENT_INVALID', { context: { fault: 'size' } });
  const { items, padding } = decodeExact(frameContentCodec, bytes, 'ENVELOPE_CONTENT_INVALID');
  if (padding.some((byte) => byte !== 0))
    throw new EnvelopeError('ENVELOPE_CONTENT_INVALID', { context: { fault: 'padding' } });
  return items;
}
