import { crc32 } from 'node:zlib';
import { type ByteReader, byteReader, concat, fromLatin1, latin1 } from './byte-reader.ts';
import { FilesError } from './errors.ts';
import { MAX_PARTS } from './limits.ts';
import { orientationOf, orientationOnly } from './orientation.ts';
import type { ImagePart, ImageParts } from './types.ts';

const NOTHING = new Uint8Array();
const SIGNATURE = '\x89PNG\r\n\x1a\n';
/** What a decoder needs to show the picture in its colours and at its size. PNG (Third Edition) §11.2 and §11.3. */
const SHOWN: ReadonlySet<string> = new Set(
  [
    'IHDR',
    'PLTE',
    'IDAT',
    'IEND',
    'tRNS',
    'cHRM',
    'gAMA',
    'iCCP',
    'sBIT',
    'sRGB',
    'cICP',
    'mDCV',
    'cLLI',
    'bKGD',
  ].concat('pHYs'),
);
const ONCE: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'IEND', 'iCCP', 'eXIf']);
/** Bit depths by colour type. PNG §11.2.1. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  readonly bytes: Uint8Array;
}

function chunkOf(type: string, data: Uint8Array): Uint8Array {
  const named = concat([fromLatin1(type), data]);
  const ends = new DataView(new ArrayBuffer(8));
  ends.setUint32(0, data.length);
  ends.setUint32(4, crc32(named));
  return concat([new Uint8Array(ends.buffer, 0, 4), named, new Uint8Array(ends.buffer, 4, 4)]);
}

function readChunk(reader: ByteReader, file: Uint8Array): Chunk {
  const from = reader.at();
  const length = reader.u32();
  const named = reader.take(4 + length);
  const type = latin1(named.subarray(0, 4));
  if (!/^[A-Za-z]{2}[A-Z][A-Za-z]$/.test(type)) throw reader.broken('chunk type');
  if (reader.u32() !== crc32(named)) throw reader.broken(`checksum of ${type}`);
  return { type, data: named.subarray(4), bytes: file.subarray(from, reader.at()) };
}

function readHeader(reader: ByteReader, { type, data }: Chunk): { readonly width: number; readonly height: number } {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const isSound =
    type === 'IHDR' &&
    data.length === 13 &&
    (DEPTHS[data[9] ?? -1] ?? []).includes(data[8] ?? 0) &&
    data[10] === 0 &&
    data[11] === 0 &&
    (data[12] ?? 2) < 2;
  if (!isSound) throw reader.broken('header');
  return { width: view.getUint32(0), height: view.getUint32(4) };
}

function bareOf({ type, data, bytes }: Chunk): Uint8Array {
  if (SHOWN.has(type)) return bytes;
  const turned = type === 'eXIf' ? orientationOnly(orientationOf(data)) : NOTHING;
  return turned.length === 0 ? NOTHING : chunkOf('eXIf', turned);
}

/**
 * A PNG file taken apart: every chunk with its checksum, the picture's data in one run, and nothing after the end.
 * PNG (Third Edition) §5 and §11.
 * @throws FilesError FILES_STRUCTURE_BROKEN, FILES_TRAILING_DATA.
 */
export function readPng(bytes: Uint8Array): ImageParts {
  const reader = byteReader(bytes, 'png');
  const signature = reader.take(8);
  if (latin1(signature) !== SIGNATURE) throw reader.broken('signature');
  const header = readChunk(reader, bytes);
  const size = readHeader(reader, header);
  const chunks = [header];
  while (chunks.at(-1)?.type !== 'IEND') {
    if (chunks.length >= MAX_PARTS) throw reader.broken('too many parts');
    const chunk = readChunk(reader, bytes);
    const isCritical = chunk.type.charCodeAt(0) < 0x61;
    if (isCritical && !SHOWN.has(chunk.type)) throw reader.broken('critical chunk');
    if (ONCE.has(chunk.type) && chunks.some(({ type }) => type === chunk.type)) throw reader.broken('chunk twice');
    if (chunk.type === 'IDAT' && chunks.at(-1)?.type !== 'IDAT' && chunks.some(({ type }) => type === 'IDAT'))
      throw reader.broken('data in pieces');
    if (chunk.type === 'IEND' && chunk.data.length > 0) throw reader.broken('end');
    chunks.push(chunk);
  }
  if (!chunks.some(({ type, data }) => type === 'IDAT' && data.length > 0)) throw reader.broken('no picture');
  if (reader.left() > 0)
    throw new FilesError('FILES_TRAILING_DATA', { context: { format: 'png', bytes: reader.left() } });
  const parts: ImagePart[] = [{ name: 'signature', bytes: signature, bare: signature }];
  for (const chunk of chunks) parts.push({ name: chunk.type, bytes: chunk.bytes, bare: bareOf(chunk) });
  return { ...size, parts };
}
