import { sameBytes } from '../foundation/index.ts';
import { MediaType } from '../wire/index.ts';
import { concat, latin1 } from './byte-reader.ts';
import { FilesError } from './errors.ts';
import { readJpeg } from './jpeg.ts';
import { MAX_FILE_BYTES, MAX_PIXELS, MAX_SIDE_PIXELS } from './limits.ts';
import { assertInertPdf } from './pdf.ts';
import { readPng } from './png.ts';
import { hasArchiveEnd, refusedType } from './signatures.ts';
import { assertPlainText } from './text.ts';
import type { IdentifiedFile, ImageParts, StrippedFile } from './types.ts';
import { readWebp } from './webp.ts';

const IMAGES: Readonly<Partial<Record<MediaType, (bytes: Uint8Array) => ImageParts>>> = {
  [MediaType.JPEG]: readJpeg,
  [MediaType.PNG]: readPng,
  [MediaType.WEBP]: readWebp,
};

/** Parts of a WebP file that say how long it is and what it holds. */
const FRAMES: ReadonlySet<string> = new Set(['container', 'VP8X']);

const SIGNATURES: readonly (readonly [MediaType, string, number])[] = [
  [MediaType.JPEG, '\xff\xd8\xff', 0],
  [MediaType.PNG, '\x89PNG\r\n\x1a\n', 0],
  [MediaType.WEBP, 'WEBP', 8],
  [MediaType.PDF, '%PDF-', 0],
];

/** The type that the first bytes promise; what promises none can only be text. @throws FilesError FILES_TYPE_REFUSED. */
function promisedType(bytes: Uint8Array): MediaType {
  const begins = latin1(bytes.subarray(0, 16));
  const promised = SIGNATURES.find(([, text, at]) => begins.startsWith(text, at))?.[0];
  if (promised !== undefined) return promised;
  const found = refusedType(bytes);
  if (found !== undefined) throw new FilesError('FILES_TYPE_REFUSED', { context: { found } });
  return MediaType.TEXT;
}

/**
 * What the file is by its content, walked from its first byte to its last: of one allowed type and no other, without
 * anything that acts, and no larger to show than a computer can bear. Its name and what anybody says of it count nothing.
 * A picture's compressed data itself is not decoded.
 * @throws FilesError every FILES_* code of content.
 */
export function identifyFile(bytes: Uint8Array): IdentifiedFile {
  if (bytes.length === 0 || bytes.length > MAX_FILE_BYTES)
    throw new FilesError('FILES_SIZE_UNFIT', { context: { bytes: bytes.length } });
  const mediaType = promisedType(bytes);
  if (mediaType === MediaType.TEXT) assertPlainText(bytes);
  if (hasArchiveEnd(bytes)) throw new FilesError('FILES_POLYGLOT');
  if (mediaType === MediaType.PDF) assertInertPdf(bytes);
  const image = IMAGES[mediaType]?.(bytes);
  if (image === undefined) return { mediaType, size: null };
  const { width, height } = image;
  const isBearable = width > 0 && height > 0 && Math.max(width, height) <= MAX_SIDE_PIXELS;
  if (!isBearable || width * height > MAX_PIXELS)
    throw new FilesError('FILES_DIMENSIONS_EXCESSIVE', { context: { width, height } });
  return { mediaType, size: { width, height } };
}

/**
 * The same picture without what it says of itself; its pixel data byte for byte. Colour profile, pixel density and how it
 * is turned stay, since without them it shows something else. What is no picture stays as it is.
 * @throws FilesError as `identifyFile`.
 */
export function stripMetadata(bytes: Uint8Array, { mediaType }: IdentifiedFile): StrippedFile {
  const image = IMAGES[mediaType]?.(bytes);
  if (image === undefined) return { bytes, removed: [] };
  const changed = image.parts.filter(({ bytes: all, bare }) => bare !== all && !sameBytes(bare, all));
  const removed = new Set(changed.map(({ name }) => name).filter((name) => !FRAMES.has(name)));
  return { bytes: concat(image.parts.map(({ bare }) => bare)), removed: [...removed] };
}
