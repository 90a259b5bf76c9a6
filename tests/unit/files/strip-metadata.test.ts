import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyFile, stripMetadata } from '../../../services/core/files/index.ts';
import { readJpeg } from '../../../services/core/files/jpeg.ts';
import { orientationOf } from '../../../services/core/files/orientation.ts';
import { readPng } from '../../../services/core/files/png.ts';
import type { ImageParts } from '../../../services/core/files/types.ts';
import { readWebp } from '../../../services/core/files/webp.ts';
import {
  bytesOf,
  CATALOG,
  chunk,
  EOI,
  exif,
  JFIF,
  jpeg,
  LOSSY,
  PAGES,
  PICTURE,
  pdf,
  png,
  riff,
  SOI,
  segment,
  tiff,
  vp8x,
  webp,
} from './samples.ts';

const strip = (bytes: Uint8Array) => stripMetadata(bytes, identifyFile(bytes));
const holds = (bytes: Uint8Array, content: string): boolean =>
  Buffer.from(bytes).includes(Buffer.from(content, 'latin1'));
const dataOf = ({ parts }: ImageParts, names: readonly string[]): Buffer =>
  Buffer.concat(parts.filter(({ name }) => names.includes(name)).map(({ bytes }) => bytes));

const ICC = segment(0xe2, 'ICC_PROFILE\0', 1, 1, 'acsp');
const ADOBE = segment(0xee, 'Adobe', 0, 100, 0, 0, 0, 0, 1);

describe('stripMetadata', () => {
  it('takes out of a JPEG what it says of itself, and leaves the picture byte for byte', () => {
    const { bytes, removed } = strip(
      jpeg(
        exif(1),
        segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x/>'),
        ICC,
        segment(0xed, 'Photoshop 3.0\0', 'name'),
        ADOBE,
        segment(0xe5, 'maker'),
        segment(0xfe, 'by officer 7'),
      ),
    );
    expect(removed).toEqual(['Exif', 'XMP', 'IPTC', 'APP5', 'COM']);
    expect(bytes).toEqual(bytesOf(SOI, JFIF, ICC, ADOBE, PICTURE, EOI));
  });

  it.each(['MM', 'II'] as const)('keeps how a JPEG is turned, and nothing else of its Exif (%s)', (order) => {
    const { bytes, removed } = strip(jpeg(exif(6, order)));
    expect(removed).toEqual(['Exif']);
    expect(holds(bytes, 'GPS')).toBe(false);
    const kept = readJpeg(bytes).parts.find(({ name }) => name === 'Exif');
    expect(orientationOf((kept?.bytes ?? new Uint8Array()).subarray(10))).toBe(6);
  });

  it('takes out the small picture of a JFIF header and further pictures', () => {
    const thumbnail = segment(0xe0, 'JFIF\0', 1, 1, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9);
    const file = bytesOf(SOI, thumbnail, segment(0xe2, 'MPF\0'), PICTURE, EOI, jpeg());
    expect(strip(file)).toEqual({
      bytes: bytesOf(SOI, JFIF, PICTURE, EOI),
      removed: ['JFIF thumbnail', 'MPF', 'MPF pictures'],
    });
  });

  it('takes texts, times, frames and what is unknown out of a PNG', () => {
    const { bytes, removed } = strip(
      png(
        chunk('gAMA', 0, 0, 0xb1, 0x8f),
        chunk('tEXt', 'Author\0me'),
        chunk('iTXt', 'XML:com.adobe.xmp\0'),
        chunk('tIME', new Uint8Array(7)),
        chunk('eXIf', tiff(8, 'II')),
        chunk('acTL', new Uint8Array(8)),
        chunk('prVt', 'x'),
      ),
    );
    expect(removed).toEqual(['tEXt', 'iTXt', 'tIME', 'eXIf', 'acTL', 'prVt']);
    const kept = readPng(bytes).parts;
    expect(kept.map(({ name }) => name)).toEqual(['signature', 'IHDR', 'gAMA', 'eXIf', 'IDAT', 'IEND']);
    expect(orientationOf(kept[3]?.bytes.subarray(8, -4) ?? new Uint8Array())).toBe(8);
    expect(holds(bytes, 'GPS')).toBe(false);
  });

  it('takes Exif and XMP out of a WebP, and its header no longer announces them', () => {
    const { bytes, removed } = strip(
      webp(vp8x(0x0c), LOSSY, riff('EXIF', tiff(1)), riff('XMP ', '<x/>'), riff('mine', 'x')),
    );
    expect(removed).toEqual(['EXIF', 'XMP', 'mine']);
    expect(bytes).toEqual(webp(vp8x(0), LOSSY));
  });

  it('keeps how a WebP is turned', () => {
    const { bytes } = strip(webp(vp8x(0x0c), LOSSY, riff('EXIF', 'Exif\0\0', tiff(3, 'II'))));
    const { parts } = readWebp(bytes);
    expect(parts.map(({ name }) => name)).toEqual(['container', 'VP8X', 'VP8', 'EXIF']);
    expect(parts[1]?.bytes[8]).toBe(0x08);
    expect(orientationOf(parts[3]?.bytes.subarray(8) ?? new Uint8Array())).toBe(3);
    expect(holds(bytes, 'GPS')).toBe(false);
  });

  it('leaves a document and a text as they are', () => {
    const file = pdf(CATALOG, PAGES);
    expect(strip(file)).toEqual({ bytes: file, removed: [] });
  });

  const sized = fc.uint8Array({ maxLength: 200 });
  const jpegs = fc
    .array(fc.tuple(fc.constantFrom(0xe1, 0xe2, 0xe5, 0xed, 0xef, 0xfe), sized), { maxLength: 6 })
    .map((segments) => jpeg(...segments.map(([marker, body]) => segment(marker, body))));
  const pngs = fc
    .array(fc.tuple(fc.constantFrom('tEXt', 'iTXt', 'zTXt', 'tIME', 'abCd', 'gAMA'), sized), { maxLength: 6 })
    .map((chunks) => png(...chunks.map(([type, body]) => chunk(type, body))));
  const webps = fc
    .array(fc.tuple(fc.constantFrom('EXIF', 'XMP ', 'none'), sized), { maxLength: 6 })
    .map((chunks) => webp(vp8x(0x0c), LOSSY, ...chunks.map(([type, body]) => riff(type, body))));

  it.each([
    ['JPEG', jpegs, readJpeg, ['SOF', 'table', 'scan']],
    ['PNG', pngs, readPng, ['IHDR', 'PLTE', 'IDAT']],
    ['WebP', webps, readWebp, ['VP8', 'VP8L', 'ALPH']],
  ])(
    'leaves every %s sound, its picture byte for byte the same, and nothing more to take out',
    (_, files, read, names) => {
      fc.assert(
        fc.property(files, (file) => {
          const { bytes } = strip(file);
          expect(identifyFile(bytes)).toEqual(identifyFile(file));
          expect(dataOf(read(bytes), names).equals(dataOf(read(file), names))).toBe(true);
          expect(strip(bytes)).toEqual({ bytes, removed: [] });
        }),
        { numRuns: 200 },
      );
    },
  );
});

describe('orientationOf', () => {
  it('takes what cannot be read for upright', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => orientationOf(bytes) >= 1));
    expect(orientationOf(tiff(9))).toBe(1);
    expect(orientationOf(tiff(6).subarray(0, 12))).toBe(1);
  });
});
