import { inflateSync } from 'node:zlib';
import { latin1 } from './byte-reader.ts';
import { FilesError } from './errors.ts';
import { type PdfReader, type PdfValue, pdfReader, readName } from './pdf-syntax.ts';

/** What acts, by the names of ISO 32000-2 §7.11.4, §12.6.4, §12.7.6 and §13. */
const ACTS: ReadonlySet<string> = new Set([
  'JavaScript',
  'JS',
  'Launch',
  'EmbeddedFile',
  'EmbeddedFiles',
  'EF',
  'GoToR',
  'GoToE',
  'SubmitForm',
  'ImportData',
  'Rendition',
  'RichMedia',
  'RichMediaExecute',
  'Movie',
  'XFA',
]);
const LONG_NAME = 5;
const MAX_INFLATED_BYTES = 64 * 1024 * 1024;
const MAX_VALUES = 3_000_000;
const MAX_SPACE_AFTER_END = 64;

function assertInert(name: string): void {
  if (name === 'Encrypt') throw new FilesError('FILES_ENCRYPTED');
  if (ACTS.has(name)) throw new FilesError('FILES_ACTIVE_CONTENT', { context: { name } });
}

interface Budget {
  valuesLeft: number;
  inflatedLeft: number;
}

/**
 * A PDF that is only to be read: every object of it was looked at, those packed into streams too, and none runs a script,
 * launches, embeds or sends anything; it begins and ends with itself. ISO 32000-2 §7.5. What its fonts and pictures hold
 * is not looked into.
 * @throws FilesError FILES_STRUCTURE_BROKEN, FILES_TRAILING_DATA, FILES_ACTIVE_CONTENT, FILES_ENCRYPTED.
 */
export function assertInertPdf(bytes: Uint8Array): void {
  const budget: Budget = { valuesLeft: MAX_VALUES, inflatedLeft: MAX_INFLATED_BYTES };
  const reader = pdfReader(bytes, assertInert, budget);
  if (!/^%PDF-(1\.[0-7]|2\.0)[\r\n \t]/.test(latin1(bytes.subarray(0, 16)))) throw reader.broken('header');
  assertEnds(bytes, reader);
  assertNoLongNames(bytes);
  let objects = 0;
  let trailers = 0;
  for (let value = reader.next(); value !== undefined; value = reader.next()) {
    if (value.kind === 'number') {
      readObject(bytes, reader, budget);
      objects++;
    } else if (value.kind === 'word' && value.text === 'xref') {
      readTable(reader);
      trailers++;
    } else if (value.kind === 'word' && value.text === 'startxref') {
      if (reader.next()?.kind !== 'number') throw reader.broken('startxref');
      trailers++;
    } else {
      throw reader.broken('between objects');
    }
  }
  if (objects === 0 || trailers === 0) throw reader.broken('no document');
}

/** A viewer that finds no end of its own looks further; so nothing may stand behind it. */
function assertEnds(bytes: Uint8Array, reader: PdfReader): void {
  const tail = latin1(bytes.subarray(-1024));
  const end = tail.lastIndexOf('%%EOF');
  if (end < 0 && !latin1(bytes).includes('%%EOF')) throw reader.broken('no end');
  const rest = end < 0 ? bytes.length : tail.length - end - 5;
  if (end < 0 || rest > MAX_SPACE_AFTER_END || !isBlank(tail.slice(end + 5)))
    throw new FilesError('FILES_TRAILING_DATA', { context: { format: 'pdf', bytes: rest } });
}

function isBlank(text: string): boolean {
  return text.replaceAll('\0', ' ').trim() === '';
}

/** Also where only a viewer that repairs a damaged file would look: inside streams, in comments, in strings. */
function assertNoLongNames(bytes: Uint8Array): void {
  for (let at = bytes.indexOf(0x2f); at >= 0; at = bytes.indexOf(0x2f, at + 1)) {
    const { text } = readName(bytes, at + 1, 64);
    if (text.length >= LONG_NAME) assertInert(text);
  }
}

/** An object whose number has been read: its generation, its value, and a stream where it has one. */
function readObject(bytes: Uint8Array, reader: PdfReader, budget: Budget): void {
  if (reader.next()?.kind !== 'number') throw reader.broken('object number');
  expectWord(reader, reader.next(), 'obj');
  const value = reader.next();
  if (value === undefined) throw reader.broken('object');
  let after = reader.next();
  // A reference as an object of its own: "12 0 R".
  if (value.kind === 'number' && after?.kind === 'number') {
    expectWord(reader, reader.next(), 'R');
    after = reader.next();
  }
  if (value.kind === 'dictionary' && after?.kind === 'word' && after.text === 'stream') {
    const data = takeStream(bytes, reader, value.entries);
    assertNoObjectIn(data, reader);
    if (isObjectStream(value.entries)) readPacked(data, value.entries, reader, budget);
    after = reader.next();
  }
  expectWord(reader, after, 'endobj');
}

function expectWord(reader: PdfReader, value: PdfValue | undefined, word: string): void {
  if (value?.kind !== 'word' || value.text !== word) throw reader.broken(word);
}

/** The bytes of a stream, between its keywords. ISO 32000-2 §7.3.8. */
function takeStream(bytes: Uint8Array, reader: PdfReader, entries: ReadonlyMap<string, PdfValue>): Uint8Array {
  const at = reader.at();
  const from = bytes[at] === 13 && bytes[at + 1] === 10 ? at + 2 : bytes[at] === 10 ? at + 1 : -1;
  if (from < 0) throw reader.broken('stream');
  const length = entries.get('Length');
  // Where the length stands in another object, the data ends at the keyword, which compressed data does not hold.
  const end = length?.kind === 'number' ? from + length.value : findEnd(bytes, from);
  if (end < from || end > bytes.length) throw reader.broken('stream length');
  reader.seek(end);
  expectWord(reader, reader.next(), 'endstream');
  return bytes.subarray(from, end);
}

function findEnd(bytes: Uint8Array, from: number): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('endstream', from);
}

/** An object inside a stream's data could be named by an offset, and nobody would have looked at it. */
function assertNoObjectIn(data: Uint8Array, reader: PdfReader): void {
  const view = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  for (let at = view.indexOf('obj'); at >= 0; at = view.indexOf('obj', at + 1)) {
    if (/\d\s+\d+\s*$/.test(latin1(data.subarray(Math.max(0, at - 24), at)).replaceAll('\0', ' ')))
      throw reader.broken('object in a stream');
  }
}

/** Viewers take a stream for one that packs objects by its entries, whatever it calls itself. ISO 32000-2 §7.5.7. */
function isObjectStream(entries: ReadonlyMap<string, PdfValue>): boolean {
  const type = entries.get('Type');
  return entries.has('First') || (type?.kind === 'name' && type.text === 'ObjStm');
}

/** Every object that is packed into the stream. */
function readPacked(data: Uint8Array, entries: ReadonlyMap<string, PdfValue>, outer: PdfReader, budget: Budget): void {
  const objects = unpack(data, entries, outer, budget);
  assertNoLongNames(objects);
  const reader = pdfReader(objects, assertInert, budget);
  while (reader.next() !== undefined);
}

function unpack(
  data: Uint8Array,
  entries: ReadonlyMap<string, PdfValue>,
  reader: PdfReader,
  budget: Budget,
): Uint8Array {
  const filter = entries.get('Filter');
  const only = filter?.kind === 'array' && filter.items.length === 1 ? filter.items[0] : filter;
  if (filter === undefined) return data;
  const isPlainDeflate = only?.kind === 'name' && only.text === 'FlateDecode' && !hasParameters(entries);
  if (!isPlainDeflate || budget.inflatedLeft <= 0) throw reader.broken('object stream');
  try {
    const objects = inflateSync(data, { maxOutputLength: budget.inflatedLeft });
    budget.inflatedLeft -= objects.length;
    return objects;
  } catch {
    throw reader.broken('object stream');
  }
}

function hasParameters(entries: ReadonlyMap<string, PdfValue>): boolean {
  const parameters = entries.get('DecodeParms');
  return entries.has('F') || entries.has('Crypt') || !(parameters === undefined || isNull(parameters));
}

function isNull(value: PdfValue): boolean {
  return value.kind === 'word' && value.text === 'null';
}

/** A cross-reference table and its trailer: offsets, which nobody follows here. ISO 32000-2 §7.5.4. */
function readTable(reader: PdfReader): void {
  for (;;) {
    const value = reader.next();
    if (value === undefined) throw reader.broken('table');
    if (value.kind === 'number') continue;
    if (value.kind !== 'word' || !/^[nf]$|^trailer$/.test(value.text)) throw reader.broken('table');
    if (value.text !== 'trailer') continue;
    if (reader.next()?.kind !== 'dictionary') throw reader.broken('trailer');
    return;
  }
}
