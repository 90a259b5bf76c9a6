import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyFile, MAX_FILE_BYTES } from '../../../services/core/files/index.ts';
import { isLiaisonError, utf8 } from '../../../services/core/foundation/index.ts';
import { MediaType } from '../../../services/core/wire/index.ts';
import {
  bytesOf,
  CATALOG,
  chunk,
  EMPTY_ZIP,
  EOI,
  exif,
  frame,
  IDAT,
  IEND,
  ihdr,
  JFIF,
  jpeg,
  LOSSLESS,
  LOSSY,
  PAGES,
  PICTURE,
  PNG_SIGNATURE,
  pdf,
  png,
  riff,
  SCAN,
  SOI,
  segment,
  stream,
  tiff,
  vp8x,
  webp,
} from './samples.ts';

/** The code of the refusal, with what the context says of it. */
function refusal(bytes: Uint8Array): string {
  try {
    identifyFile(bytes);
  } catch (cause) {
    if (!isLiaisonError(cause)) throw cause;
    const { fault, found, name } = cause.context;
    const said = fault ?? found ?? name;
    return said === undefined ? cause.code : `${cause.code} ${said}`;
  }
  return 'none';
}

const broken = (fault: string): string => ['FILES_STRUCTURE_BROKEN', fault].join(' ');
const text = (content: string): Uint8Array => utf8(content);
const many = (part: Uint8Array): Uint8Array => new Uint8Array(Buffer.alloc(part.length * 70_000, part));
const packed = (content: string): Uint8Array => deflateSync(Buffer.from(content, 'latin1'));

describe('identifyFile', () => {
  it.each([
    ['a JPEG', jpeg(), MediaType.JPEG, { width: 8, height: 8 }],
    [
      'a JPEG with all kinds of metadata',
      jpeg(exif(6), segment(0xfe, 'hello')),
      MediaType.JPEG,
      { width: 8, height: 8 },
    ],
    [
      'a progressive JPEG of several scans',
      bytesOf(SOI, frame(8, 8, 0xc2), SCAN, SCAN, EOI),
      MediaType.JPEG,
      { width: 8, height: 8 },
    ],
    [
      'a JPEG with restarts, stuffed bytes and fill bytes',
      bytesOf(SOI, frame(), SCAN, 0xff, 0xd0, 1, 0xff, 0, 2, 0xff, EOI),
      MediaType.JPEG,
      { width: 8, height: 8 },
    ],
    [
      'a JPEG with further pictures that it declares',
      bytesOf(jpeg(segment(0xe2, 'MPF\0')), 0, 0, jpeg()),
      MediaType.JPEG,
      { width: 8, height: 8 },
    ],
    ['a PNG', png(), MediaType.PNG, { width: 1, height: 1 }],
    [
      'a PNG whose data stands in several chunks',
      bytesOf(PNG_SIGNATURE, ihdr(), IDAT, IDAT, IEND),
      MediaType.PNG,
      { width: 1, height: 1 },
    ],
    ['a lossless WebP', webp(LOSSLESS), MediaType.WEBP, { width: 1, height: 1 }],
    ['a lossy WebP', webp(LOSSY), MediaType.WEBP, { width: 1, height: 1 }],
    ['an extended WebP', webp(vp8x(0x08), LOSSY, riff('EXIF', tiff(3))), MediaType.WEBP, { width: 1, height: 1 }],
    ['a PDF', pdf(CATALOG, PAGES), MediaType.PDF, null],
    [
      'a PDF with packed objects',
      pdf(CATALOG, stream('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', packed('5 0 << /A (b) >>'))),
      MediaType.PDF,
      null,
    ],
    [
      'a PDF with a stream whose length stands elsewhere',
      pdf(CATALOG, '<< /Length 3 0 R >>\nstream\r\n\x01\x02\nendstream', '2', '4 0 R'),
      MediaType.PDF,
      null,
    ],
    ['a text', text('ผู้ต้องสงสัย, ຂຽນ, မြန်မာ\r\n\tA < B, 1 <2>\n'), MediaType.TEXT, null],
    ['a table', text('\ufeffplate,seen\n"กข 1234",+66 81 234 5678\n'), MediaType.TEXT, null],
  ])('knows %s', (_, bytes, mediaType, size) => {
    expect(identifyFile(bytes)).toEqual({ mediaType, size });
  });

  it.each([
    ['a program for Windows', bytesOf('MZ\x90\0')],
    ['a program for Linux', bytesOf('\x7fELF\x02\x01')],
    ['an office document or an archive', bytesOf('PK\x03\x04\x14\0\x06\0word/document.xml')],
    ['an older office document', bytesOf('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
    ['a shell script', text('#!/bin/sh\nrm -rf /\n')],
    ['a page', text('<!DOCTYPE html><script>alert(1)</script>')],
    ['a drawing', text('\ufeff  <svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['rich text', text('{\\rtf1\\ansi{\\object}}')],
    ['a HEIF picture', bytesOf(0, 0, 0, 24, 'ftypheic')],
    ['a film', bytesOf(0, 0, 0, 24, 'ftypisom')],
    ['a GIF', text('GIF89a')],
    ['a compressed archive', bytesOf(0x1f, 0x8b, 8, 0)],
  ])('refuses %s, and says what it is', (_, bytes) => {
    expect(refusal(bytes)).toMatch(/^FILES_TYPE_REFUSED \w+/);
  });

  it('refuses what is nothing that it knows', () => {
    expect(refusal(bytesOf(0xc3, 0x28, 1, 2, 3))).toBe('FILES_TYPE_UNKNOWN');
  });

  it('refuses an empty file, and one over 25 MB', () => {
    expect(refusal(new Uint8Array())).toBe('FILES_SIZE_UNFIT');
    expect(refusal(new Uint8Array(MAX_FILE_BYTES + 1).fill(0x61))).toBe('FILES_SIZE_UNFIT');
    expect(refusal(new Uint8Array(MAX_FILE_BYTES).fill(0x61))).toBe('none');
  });

  it.each([
    ['a control character', 'a\u0000b', 'control character'],
    ['an escape sequence', 'a\u001b[31mb', 'control character'],
    ['a turned direction of reading', 'invoice\u202egpj.exe', 'control character'],
    ['a batch file', '@echo off\r\ndel *.*', 'begins as code'],
    ['a shortcut', '[InternetShortcut]\nURL=file:///x', 'begins as code'],
    ['markup further down', 'Report\n<SCRIPT>alert(1)</SCRIPT>', 'holds code'],
    ['a cell that calls another program', 'plate,note\nx,=cmd|" /C calc"!A0', 'holds code'],
  ])('refuses text with %s', (_, content, fault) => {
    expect(refusal(text(content))).toBe(['FILES_TEXT_UNSAFE', fault].join(' '));
  });

  it.each([
    ['without a frame', bytesOf(SOI, SCAN, EOI), 'scan without frame'],
    ['without a scan', bytesOf(SOI, frame(), EOI), 'no picture'],
    ['with two frames', bytesOf(SOI, frame(), frame(), SCAN, EOI), 'second frame'],
    ['of a kind that few can show', bytesOf(SOI, frame(8, 8, 0xc9), SCAN, EOI), 'marker c9'],
    [
      'with a frame header of another length',
      bytesOf(SOI, segment(0xc0, 8, 0, 8, 0, 8, 3, 1, 0x11, 0), SCAN, EOI),
      'frame header',
    ],
    ['with bytes between its segments', bytesOf(SOI, JFIF, 'x', PICTURE, EOI), 'marker'],
    ['with a segment of no length', bytesOf(SOI, 0xff, 0xe1, 0, 1, PICTURE, EOI), 'segment length'],
    ['that is cut off', jpeg().subarray(0, -3), 'ends early'],
    ['whose end is missing', bytesOf(SOI, PICTURE), 'ends early'],
  ])('refuses a JPEG %s', (_, bytes, fault) => {
    expect(refusal(bytes)).toBe(broken(fault));
  });

  it.each([
    [
      'a wrong checksum',
      bytesOf(PNG_SIGNATURE, ihdr(), IDAT.with(-1, (IDAT.at(-1) ?? 0) ^ 1), IEND),
      'checksum of IDAT',
    ],
    [
      'another chunk before its header',
      bytesOf(PNG_SIGNATURE, chunk('gAMA', 0, 0, 0, 1), ihdr(), IDAT, IEND),
      'header',
    ],
    ['a bit depth that its colours do not have', bytesOf(PNG_SIGNATURE, ihdr(1, 1, 4, 2), IDAT, IEND), 'header'],
    ['two headers', png(ihdr()), 'chunk twice'],
    [
      'its data in two runs',
      bytesOf(PNG_SIGNATURE, ihdr(), IDAT, chunk('pHYs', new Uint8Array(9)), IDAT, IEND),
      'data in pieces',
    ],
    ['no data', bytesOf(PNG_SIGNATURE, ihdr(), chunk('IDAT'), IEND), 'no picture'],
    ['a critical chunk of its own', png(chunk('EVIL', 1)), 'critical chunk'],
    ['a chunk whose name is no name', png(chunk('ab\0d', 1)), 'chunk type'],
    ['something in its end', bytesOf(PNG_SIGNATURE, ihdr(), IDAT, chunk('IEND', 'x')), 'end'],
    ['no end', bytesOf(PNG_SIGNATURE, ihdr(), IDAT), 'ends early'],
  ])('refuses a PNG with %s', (_, bytes, fault) => {
    expect(refusal(bytes)).toBe(broken(fault));
  });

  it.each([
    ['no picture', webp(riff('EXIF', 'x')), 'one picture'],
    ['two pictures', webp(vp8x(0), LOSSY, LOSSLESS), 'one picture'],
    ['chunks that its header does not announce', webp(LOSSY, riff('EXIF', 'x')), 'chunks without a header'],
    ['moving pictures', webp(vp8x(0x02), LOSSY), 'animation'],
    ['a header of another size', webp(vp8x(0, 2, 1), LOSSY), 'size'],
    ['two headers', webp(vp8x(0), vp8x(0), LOSSY), 'second header'],
    ['a short header', webp(riff('VP8X', 0, 0), LOSSY), 'extended header'],
    ['a lossy picture that is none', webp(riff('VP8 ', new Uint8Array(10))), 'lossy header'],
    ['a lossless picture that is none', webp(riff('VP8L', new Uint8Array(10))), 'lossless header'],
    ['something in its padding', webp(riff('VP8L', '\x2f\0\0\0\x10').with(-1, 9)), 'padding'],
    ['fewer bytes than it says', webp(LOSSY).subarray(0, -2), 'ends early'],
  ])('refuses a WebP with %s', (_, bytes, fault) => {
    expect(refusal(bytes)).toBe(broken(fault));
  });

  it.each([
    ['JPEG', jpeg()],
    ['PNG', png()],
    ['WebP', webp(LOSSY)],
    ['PDF', pdf(CATALOG, PAGES)],
  ])('refuses a %s with something after its end', (_, bytes) => {
    expect(refusal(bytesOf(bytes, 'MZ\x90'))).toBe('FILES_TRAILING_DATA');
    expect(refusal(bytesOf(bytes, new Uint8Array(100)))).toBe('FILES_TRAILING_DATA');
  });

  it('refuses what follows a declared further picture and is none', () => {
    expect(refusal(bytesOf(jpeg(segment(0xe2, 'MPF\0')), jpeg(), 'MZ'))).toBe('FILES_TRAILING_DATA');
    expect(refusal(bytesOf(jpeg(), jpeg()))).toBe('FILES_TRAILING_DATA');
  });

  it('refuses a picture or document that is an archive as well', () => {
    const entry = bytesOf('PK\x01\x02', new Uint8Array(42));
    const end = bytesOf('PK\x05\x06', 0, 0, 0, 0, 1, 0, 1, 0, entry.length, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    expect(refusal(jpeg(segment(0xfe, EMPTY_ZIP)))).toBe('FILES_POLYGLOT');
    expect(refusal(jpeg(segment(0xfe, entry, end)))).toBe('FILES_POLYGLOT');
    expect(refusal(pdf(CATALOG, stream('', bytesOf(entry, end))))).toBe('FILES_POLYGLOT');
    expect(refusal(png(chunk('teSt', end)))).toBe('none');
  });

  it.each([
    [0, 8],
    [8, 0],
    [30_001, 1],
    [12_000, 12_000],
  ])('refuses a picture of %i by %i pixels', (width, height) => {
    expect(refusal(bytesOf(SOI, frame(width, height), SCAN, EOI))).toBe('FILES_DIMENSIONS_EXCESSIVE');
  });

  it.each([
    ['a script', '<< /S /JavaScript /JS (app.alert\\(1\\)) >>', 'JavaScript'],
    ['a script by a short name', '<< /JS (x) >>', 'JS'],
    ['a script by a disguised name', '<< /S /J#61vaScript >>', 'JavaScript'],
    ['a program to launch', '<< /S /Launch /F (cmd.exe) >>', 'Launch'],
    ['a file of its own', '<< /Names << /EmbeddedFiles 4 0 R >> >>', 'EmbeddedFiles'],
    ['a form that sends', '<< /S /SubmitForm /F (http://example.org) >>', 'SubmitForm'],
    ['a form that scripts', '<< /AcroForm << /XFA 4 0 R >> >>', 'XFA'],
    ['a film', '[ << /Subtype /RichMedia >> ]', 'RichMedia'],
    [
      'a script in a packed object',
      stream('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', packed('5 0 << /JS (x) >>')),
      'JS',
    ],
    [
      'a script in a packed object that does not call itself one',
      stream('/N 1 /First 4 /Filter [ /FlateDecode ]', packed('5 0 << /JS (x) >>')),
      'JS',
    ],
    ['a script in a stream', stream('', text('<< /S /JavaScript >>')), 'JavaScript'],
    ['a script in a comment', '<< >> % /JavaScript', 'JavaScript'],
  ])('refuses a PDF with %s', (_, object, name) => {
    expect(refusal(pdf(CATALOG, object))).toBe(['FILES_ACTIVE_CONTENT', name].join(' '));
  });

  it('refuses a PDF that is encrypted', () => {
    const plain = Buffer.from(pdf(CATALOG)).toString('latin1');
    expect(refusal(bytesOf(plain.replace('/Root', '/Encrypt 9 0 R /Root')))).toBe('FILES_ENCRYPTED');
  });

  it.each([
    [
      'an object in the data of a stream',
      pdf(CATALOG, stream('', text('x 7 0 obj << >> endobj'))),
      'object in a stream',
    ],
    [
      'objects packed in an unusual way',
      pdf(stream('/First 4 /Filter /LZWDecode', packed('5 0 <<>>'))),
      'object stream',
    ],
    [
      'objects packed with parameters',
      pdf(stream('/First 4 /Filter /FlateDecode /DecodeParms << /Predictor 12 >>', packed('5 0 <<>>'))),
      'object stream',
    ],
    ['packed objects that do not unpack', pdf(stream('/First 4 /Filter /FlateDecode', text('no'))), 'object stream'],
    [
      'packed objects that unpack to too much',
      pdf(stream('/First 4 /Filter /FlateDecode', deflateSync(Buffer.alloc(65 * 1024 * 1024, 32)))),
      'object stream',
    ],
    ['a stream of another length', pdf('<< /Length 1 >>\nstream\nabc\nendstream'), 'endstream'],
    ['a stream that ends nowhere', pdf('<< /Length 99999 >>\nstream\nabc\nendstream'), 'stream length'],
    ['a stream without its line end', pdf('<< /Length 1 >>\nstream a\nendstream'), 'stream'],
    ['a key twice', pdf('<< /A 1 /A 2 >>'), 'key twice'],
    ['a dictionary without keys', pdf('<< 1 2 >>'), 'dictionary'],
    ['something between its objects', bytesOf('%PDF-1.7\n', 'hello\n', '%%EOF'), 'between objects'],
    ['no objects', bytesOf('%PDF-1.7\n', 'startxref\n0\n%%EOF'), 'no document'],
    ['another version', bytesOf('%PDF-9.9\n', '%%EOF'), 'header'],
    ['no end', bytesOf('%PDF-1.7\n1 0 obj 1 endobj'), 'no end'],
    ['an open string', pdf('(abc'), 'string'],
    ['arrays in arrays without end', pdf('['.repeat(200) + ']'.repeat(200)), 'too much'],
    ['an object that does not end', pdf('<< >> << >>'), 'endobj'],
    ['a stray delimiter', pdf('}'), 'delimiter'],
  ])('refuses a PDF with %s', (_, bytes, fault) => {
    expect(refusal(bytes)).toBe(broken(fault));
  });

  it('ends with a type or a code for whatever bytes come', () => {
    const begins = [SOI, bytesOf(PNG_SIGNATURE), bytesOf('RIFF....WEBP'), text('%PDF-1.7\n'), new Uint8Array()];
    fc.assert(
      fc.property(fc.constantFrom(...begins), fc.uint8Array({ maxLength: 300 }), (begin, rest) => {
        expect(refusal(bytesOf(begin, rest))).toMatch(/^(none|FILES_[A-Z_]+)/);
      }),
    );
  });

  it('ends with a type or a code for whatever is changed in a sound file', () => {
    const files = [
      jpeg(exif(6)),
      png(chunk('tEXt', 'a\0b')),
      webp(vp8x(8), LOSSY, riff('EXIF', tiff(3))),
      pdf(CATALOG, PAGES),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.nat(), fc.nat({ max: 255 }), (file, at, value) => {
        expect(refusal(file.with(at % file.length, value))).toMatch(/^(none|FILES_[A-Z_]+)/);
      }),
      { numRuns: 1000 },
    );
  });

  it('looks at each place of a text once, however much empty space it holds', () => {
    const started = performance.now();
    for (const line of ['\n', '\t', ' ', ',', '\n ', ', ', ',=', '\r\n'])
      expect(refusal(text(line.repeat(200_000)))).toBe('none');
    expect(refusal(text(`${'\n'.repeat(200_000)} =cmd|x!A0`))).toBe('FILES_TEXT_UNSAFE holds code');
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it.each([
    ['PNG', png(many(chunk('tEXt')))],
    ['WebP', webp(vp8x(0), many(riff('XXXX')), LOSSLESS)],
    ['JPEG', jpeg(many(segment(0xfe)))],
  ])('takes no %s of more parts than anybody could hold', (_, bytes) => {
    expect(refusal(bytes)).toBe(broken('too many parts'));
  });
});
