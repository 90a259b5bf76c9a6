import { type ByteReader, byteReader, concat, fromLatin1, latin1 } from './byte-reader.ts';
import { FilesError } from './errors.ts';
import { MAX_PARTS } from './limits.ts';
import { orientationOf, orientationOnly } from './orientation.ts';
import type { ImagePart, ImageParts } from './types.ts';

const NOTHING = new Uint8Array();
const EXIF_FLAG = 0x08;
const XMP_FLAG = 0x04;
const ANIMATION_FLAG = 0x02;
const PICTURES: ReadonlySet<string> = new Set(['VP8 ', 'VP8L']);
const SHOWN: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ICCP']);

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  readonly bytes: Uint8Array;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function readChunk(reader: ByteReader, file: Uint8Array): Chunk {
  const from = reader.at();
  const type = latin1(reader.take(4));
  const length = reader.u32le();
  const data = reader.take(length);
  if (length % 2 === 1 && reader.u8() !== 0) throw reader.broken('padding');
  return { type, data, bytes: file.subarray(from, reader.at()) };
}

/** The size by the picture's own header. RFC 6386 §9.1, RFC 9649 §3.4. */
function sizeOf(reader: ByteReader, { type, data }: Chunk): Size {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (type === 'VP8 ') {
    const isKeyFrame = data.length >= 10 && ((data[0] ?? 1) & 1) === 0;
    if (!isKeyFrame || latin1(data.subarray(3, 6)) !== '\x9d\x01\x2a') throw reader.broken('lossy header');
    return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
  }
  if (data.length < 5 || data[0] !== 0x2f || (data[4] ?? 0xff) >> 5 !== 0) throw reader.broken('lossless header');
  const bits = view.getUint32(1, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

function chunkOf(type: string, data: Uint8Array): Uint8Array {
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, data.length, true);
  return concat([fromLatin1(type), new Uint8Array(length.buffer), data, new Uint8Array(data.length % 2)]);
}

/** Exif in WebP is a TIFF block; some programs put the JPEG's prefix before it. */
function turned(data: Uint8Array): Uint8Array {
  const tiff = latin1(data.subarray(0, 6)) === 'Exif\0\0' ? data.subarray(6) : data;
  return orientationOnly(orientationOf(tiff));
}

/**
 * A WebP file taken apart: one still picture, every chunk inside the one container, and nothing after it. RFC 9649 §2.
 * @throws FilesError FILES_STRUCTURE_BROKEN, FILES_TRAILING_DATA.
 */
export function readWebp(bytes: Uint8Array): ImageParts {
  const reader = byteReader(bytes, 'webp');
  if (latin1(reader.take(4)) !== 'RIFF') throw reader.broken('signature');
  const length = reader.u32le();
  if (latin1(reader.take(4)) !== 'WEBP') throw reader.broken('signature');
  if (length % 2 === 1 || length < 4) throw reader.broken('container length');
  if (bytes.length > length + 8)
    throw new FilesError('FILES_TRAILING_DATA', { context: { format: 'webp', bytes: bytes.length - length - 8 } });
  if (bytes.length < length + 8) throw reader.broken('ends early');
  const chunks: Chunk[] = [];
  while (reader.left() > 0) {
    if (chunks.length >= MAX_PARTS) throw reader.broken('too many parts');
    chunks.push(readChunk(reader, bytes));
  }
  const pictures = chunks.filter(({ type }) => PICTURES.has(type));
  const [picture] = pictures;
  if (picture === undefined || pictures.length !== 1) throw reader.broken('one picture');
  const size = sizeOf(reader, picture);
  const [first] = chunks;
  if (first?.type === 'VP8X') assertExtended(reader, first, size);
  else if (chunks.length > 1) throw reader.broken('chunks without a header');
  if (chunks.filter(({ type }) => type === 'VP8X').length > 1) throw reader.broken('second header');
  return { ...size, parts: partsOf(bytes, chunks) };
}

function assertExtended(reader: ByteReader, { data }: Chunk, size: Size): void {
  const flags = data[0] ?? 0;
  if (data.length !== 10) throw reader.broken('extended header');
  if ((flags & ANIMATION_FLAG) !== 0) throw reader.broken('animation');
  const width = 1 + (data[4] ?? 0) + ((data[5] ?? 0) << 8) + ((data[6] ?? 0) << 16);
  const height = 1 + (data[7] ?? 0) + ((data[8] ?? 0) << 8) + ((data[9] ?? 0) << 16);
  if (width !== size.width || height !== size.height) throw reader.broken('size');
}

function partsOf(bytes: Uint8Array, chunks: readonly Chunk[]): readonly ImagePart[] {
  const exif = chunks.find(({ type }) => type === 'EXIF');
  const kept = exif === undefined ? NOTHING : turned(exif.data);
  const parts = chunks.map((chunk): ImagePart => {
    const { type, data, bytes: all } = chunk;
    const name = type.trim();
    if (type === 'VP8X') {
      const bare = Uint8Array.from(data);
      bare[0] = ((data[0] ?? 0) & ~(EXIF_FLAG | XMP_FLAG)) | (kept.length > 0 ? EXIF_FLAG : 0);
      return { name, bytes: all, bare: chunkOf(type, bare) };
    }
    if (chunk === exif && kept.length > 0) return { name, bytes: all, bare: chunkOf('EXIF', kept) };
    return { name, bytes: all, bare: SHOWN.has(type) ? all : NOTHING };
  });
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, 4 + parts.reduce((sum, { bare }) => sum + bare.length, 0), true);
  const bare = concat([bytes.subarray(0, 4), new Uint8Array(length.buffer), bytes.subarray(8, 12)]);
  return [{ name: 'container', bytes: bytes.subarray(0, 12), bare }, ...parts];
}
