import { type ByteReader, byteReader, concat, fromLatin1, latin1 } from './byte-reader.ts';
import { FilesError } from './errors.ts';
import { MAX_PARTS } from './limits.ts';
import { orientationOf, orientationOnly } from './orientation.ts';
import type { ImagePart, ImageParts } from './types.ts';

const NOTHING = new Uint8Array();
const EXIF = 'Exif\0\0';
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const COM = 0xfe;
/** Baseline, extended sequential and progressive, all with Huffman coding: what every viewer shows. ITU-T T.81 table B.1. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
/** DHT, DQT, DRI. */
const TABLES: ReadonlySet<number> = new Set([0xc4, 0xdb, 0xdd]);

interface Frame {
  readonly width: number;
  readonly height: number;
}

/** The start of the next marker after entropy-coded data: FF 00 is a byte of the data, FF D0-D7 stand within it. T.81 §B.1.1.5. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) return bytes.length;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

function readFrame(reader: ByteReader, body: Uint8Array): Frame {
  const components = body[5] ?? 0;
  if (body.length !== 6 + components * 3 || body[0] !== 8 || ![1, 3, 4].includes(components))
    throw reader.broken('frame header');
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  return { height: view.getUint16(1), width: view.getUint16(3) };
}

/** What stays of an application segment: what a decoder needs to show the picture in its colours and the right way up. */
function bareOf(
  marker: number,
  bytes: Uint8Array,
  body: Uint8Array,
): { readonly name: string; readonly bare: Uint8Array } {
  const text = latin1(body.subarray(0, 40));
  if (marker === COM) return { name: 'COM', bare: NOTHING };
  if (marker === 0xe0 && text.startsWith('JFIF\0') && body.length >= 14)
    return { name: 'JFIF thumbnail', bare: body.length === 14 ? bytes : withoutThumbnail(bytes) };
  if (marker === 0xe1 && text.startsWith(EXIF)) return { name: 'Exif', bare: turned(body.subarray(EXIF.length)) };
  if (marker === 0xe1 && text.startsWith('http://ns.adobe.com/')) return { name: 'XMP', bare: NOTHING };
  if (marker === 0xe2 && text.startsWith('ICC_PROFILE\0')) return { name: 'ICC', bare: bytes };
  if (marker === 0xe2 && text.startsWith('MPF\0')) return { name: 'MPF', bare: NOTHING };
  if (marker === 0xed && text.startsWith('Photoshop 3.0\0')) return { name: 'IPTC', bare: NOTHING };
  if (marker === 0xee && text.startsWith('Adobe') && body.length === 12) return { name: 'Adobe', bare: bytes };
  return { name: `APP${marker - 0xe0}`, bare: NOTHING };
}

function segment(marker: number, body: Uint8Array): Uint8Array {
  const length = body.length + 2;
  return concat([new Uint8Array([0xff, marker, length >> 8, length & 0xff]), body]);
}

function turned(tiff: Uint8Array): Uint8Array {
  const only = orientationOnly(orientationOf(tiff));
  return only.length === 0 ? NOTHING : segment(0xe1, concat([fromLatin1(EXIF), only]));
}

function withoutThumbnail(bytes: Uint8Array): Uint8Array {
  const body = Uint8Array.from(bytes.subarray(4, 18));
  body[12] = 0;
  body[13] = 0;
  return segment(0xe0, body);
}

/**
 * A JPEG file taken apart: every segment, every scan, and nothing after the end but further whole pictures that the file
 * itself declares (CIPA DC-007), which count as metadata. ITU-T T.81 annex B.
 * @throws FilesError FILES_STRUCTURE_BROKEN, FILES_TRAILING_DATA.
 */
export function readJpeg(bytes: Uint8Array): ImageParts {
  const { reader, ...image } = readPicture(bytes);
  if (reader.left() === 0) return image;
  const rest = bytes.subarray(reader.at());
  if (!image.parts.some(({ name }) => name === 'MPF') || !arePictures(rest))
    throw new FilesError('FILES_TRAILING_DATA', { context: { format: 'jpeg', bytes: rest.length } });
  return { ...image, parts: [...image.parts, { name: 'MPF pictures', bytes: rest, bare: NOTHING }] };
}

/** Whether these bytes are whole pictures one after the other, with nothing between them but zeros. */
function arePictures(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] === 0) at++;
    else if (bytes[at] !== 0xff || bytes[at + 1] !== SOI) return false;
    else at += readPicture(bytes.subarray(at)).reader.at();
  }
  return true;
}

/** The first picture of these bytes, and the reader after its end. */
function readPicture(bytes: Uint8Array): ImageParts & { readonly reader: ByteReader } {
  const reader = byteReader(bytes, 'jpeg');
  const parts: ImagePart[] = [];
  const whole = (name: string, from: number): void => {
    const all = bytes.subarray(from, reader.at());
    parts.push({ name, bytes: all, bare: all });
  };
  if (reader.u16() !== 0xff00 + SOI) throw reader.broken('signature');
  whole('SOI', 0);
  let frame: Frame | undefined;
  let scans = 0;
  for (;;) {
    if (parts.length >= MAX_PARTS) throw reader.broken('too many parts');
    const from = reader.at();
    const marker = readMarker(reader);
    if (marker === EOI) {
      whole('EOI', from);
      break;
    }
    const length = reader.u16();
    if (length < 2) throw reader.broken('segment length');
    const body = reader.take(length - 2);
    if (marker === COM || (marker >= 0xe0 && marker <= 0xef)) {
      const all = bytes.subarray(from, reader.at());
      parts.push({ bytes: all, ...bareOf(marker, all, body) });
    } else if (FRAMES.has(marker)) {
      if (frame !== undefined) throw reader.broken('second frame');
      frame = readFrame(reader, body);
      whole('SOF', from);
    } else if (marker === SOS) {
      if (frame === undefined) throw reader.broken('scan without frame');
      reader.take(endOfScan(bytes, reader.at()) - reader.at());
      scans++;
      whole('scan', from);
    } else if (TABLES.has(marker)) {
      whole('table', from);
    } else {
      throw reader.broken(`marker ${marker.toString(16)}`);
    }
  }
  if (frame === undefined || scans === 0) throw reader.broken('no picture');
  return { ...frame, parts, reader };
}

/** The next marker; any number of FF may stand before it. T.81 §B.1.1.2. */
function readMarker(reader: ByteReader): number {
  if (reader.u8() !== 0xff) throw reader.broken('marker');
  let marker = reader.u8();
  while (marker === 0xff) marker = reader.u8();
  return marker;
}
