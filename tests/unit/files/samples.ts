import { crc32, deflateSync } from 'node:zlib';

/** Bytes of texts (ISO 8859-1), numbers and bytes, one after the other. */
export function bytesOf(...parts: readonly (string | number | Uint8Array)[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat(
      parts.map((part) =>
        typeof part === 'string' ? Buffer.from(part, 'latin1') : typeof part === 'number' ? Buffer.from([part]) : part,
      ),
    ),
  );
}

const u16 = (value: number): Uint8Array => new Uint8Array([value >> 8, value & 0xff]);
const u32 = (value: number): Uint8Array => bytesOf(u16(value >>> 16), u16(value & 0xffff));
const u32le = (value: number): Uint8Array => u32(value).reverse();

/** A JPEG segment. */
export function segment(marker: number, ...body: readonly (string | number | Uint8Array)[]): Uint8Array {
  const bytes = bytesOf(...body);
  return bytesOf(0xff, marker, u16(bytes.length + 2), bytes);
}

export const SOI: Uint8Array = bytesOf(0xff, 0xd8);
export const EOI: Uint8Array = bytesOf(0xff, 0xd9);
export const JFIF: Uint8Array = segment(0xe0, 'JFIF\0', 1, 1, 0, 0, 1, 0, 1, 0, 0);
const TABLES = bytesOf(
  segment(0xdb, 0, new Uint8Array(64).fill(1)),
  segment(0xc4, 0x00, 1, new Uint8Array(15), 0),
  segment(0xc4, 0x10, 1, new Uint8Array(15), 0),
);

/** The frame header of a grey picture. */
export function frame(width = 8, height = 8, marker = 0xc0): Uint8Array {
  return segment(marker, 8, u16(height), u16(width), 1, 1, 0x11, 0);
}

/** One scan of a grey picture of 8 by 8 pixels. */
export const SCAN: Uint8Array = bytesOf(segment(0xda, 1, 1, 0, 0, 63, 0), 0x3f);
export const PICTURE: Uint8Array = bytesOf(TABLES, frame(), SCAN);

/** A whole baseline JPEG of 8 by 8 grey pixels, with these segments after its JFIF header. */
export function jpeg(...segments: readonly Uint8Array[]): Uint8Array {
  return bytesOf(SOI, JFIF, ...segments, PICTURE, EOI);
}

/** A TIFF block with the orientation and the place where the picture was taken. */
export function tiff(orientation: number, order: 'MM' | 'II' = 'MM'): Uint8Array {
  const put = (...values: readonly (readonly [2 | 4, number])[]): Uint8Array =>
    bytesOf(
      ...values.map(([size, value]) => {
        const bytes = size === 2 ? u16(value) : u32(value);
        return order === 'II' ? bytes.reverse() : bytes;
      }),
    );
  const place = put([2, 0x8825], [2, 4], [4, 1], [4, 38]);
  const turned = put([2, 0x0112], [2, 3], [4, 1], [2, orientation], [2, 0]);
  return bytesOf(order, put([2, 42], [4, 8], [2, 2]), turned, place, put([4, 0]), 'GPS 20.2716N');
}

export function exif(orientation: number, order: 'MM' | 'II' = 'MM'): Uint8Array {
  return segment(0xe1, 'Exif\0\0', tiff(orientation, order));
}

/** A PNG chunk with its checksum. */
export function chunk(type: string, ...body: readonly (string | number | Uint8Array)[]): Uint8Array {
  const data = bytesOf(...body);
  const named = bytesOf(type, data);
  return bytesOf(u32(data.length), named, u32(crc32(named)));
}

export const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';
export const IEND: Uint8Array = chunk('IEND');
export const IDAT: Uint8Array = chunk('IDAT', deflateSync(new Uint8Array([0, 0x7f])));

export function ihdr(width = 1, height = 1, ...rest: readonly number[]): Uint8Array {
  const [depth = 8, colour = 0, ...methods] = rest;
  return chunk('IHDR', u32(width), u32(height), depth, colour, ...(methods.length > 0 ? methods : [0, 0, 0]));
}

/** A whole PNG of one grey pixel, with these chunks before its data. */
export function png(...chunks: readonly Uint8Array[]): Uint8Array {
  return bytesOf(PNG_SIGNATURE, ihdr(), ...chunks, IDAT, IEND);
}

/** A chunk of a WebP container. */
export function riff(type: string, ...body: readonly (string | number | Uint8Array)[]): Uint8Array {
  const data = bytesOf(...body);
  return bytesOf(type, u32le(data.length), data, new Uint8Array(data.length % 2));
}

/** A WebP container of these chunks. */
export function webp(...chunks: readonly Uint8Array[]): Uint8Array {
  const content = bytesOf('WEBP', ...chunks);
  return bytesOf('RIFF', u32le(content.length), content);
}

export const LOSSLESS: Uint8Array = riff('VP8L', Buffer.from('2f0000001007101111888 8fe0700'.replace(' ', ''), 'hex'));
export const LOSSY: Uint8Array = riff(
  'VP8 ',
  Buffer.from('300100 9d012a 0100 0100 0ec0fe25a400037000 00000000'.replaceAll(' ', ''), 'hex'),
);

/** The extended header of a picture of one pixel. */
export function vp8x(flags: number, width = 1, height = 1): Uint8Array {
  const side = (value: number): Uint8Array => u32le(value - 1).subarray(0, 3);
  return riff('VP8X', flags, 0, 0, 0, side(width), side(height));
}

/** A PDF of these objects, each the text or bytes between `obj` and `endobj`. */
export function pdf(...objects: readonly (string | Uint8Array)[]): Uint8Array {
  const numbered = objects.map((object, index) => bytesOf(`${index + 1} 0 obj\n`, object, '\nendobj\n'));
  return bytesOf(
    '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n',
    ...numbered,
    'xref\n0 2\n0000000000 65535 f \n0000000015 00000 n \n',
    `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n9\n%%EOF\n`,
  );
}

/** A stream object with this data. */
export function stream(entries: string, data: Uint8Array): Uint8Array {
  return bytesOf(`<< ${entries} /Length ${data.length} >>\nstream\n`, data, '\nendstream');
}

export const CATALOG = '<< /Type /Catalog /Pages 2 0 R /Lang (en \\(GB\\)) >>';
export const PAGES = '<< /Type /Pages /Kids [] /Count 0 /A#42 <0aF> >>';
/** An archive with nothing in it: the end of a central directory alone. */
export const EMPTY_ZIP: Uint8Array = bytesOf('PK\x05\x06', new Uint8Array(18));
