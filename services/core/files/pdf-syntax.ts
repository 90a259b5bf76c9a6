import { latin1 } from './byte-reader.ts';
import { FilesError } from './errors.ts';

/** A value of PDF as far as it matters here. ISO 32000-2 §7.3. */
export type PdfValue =
  | { readonly kind: 'name' | 'word'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string' }
  | { readonly kind: 'array'; readonly items: readonly PdfValue[] }
  | { readonly kind: 'dictionary'; readonly entries: ReadonlyMap<string, PdfValue> };

/** Reads values one after the other; every name on the way is shown to `onName`. */
export interface PdfReader {
  readonly at: () => number;
  readonly seek: (at: number) => void;
  /** Undefined at the end. @throws FilesError FILES_STRUCTURE_BROKEN. */
  readonly next: () => PdfValue | undefined;
  readonly skipSpace: () => void;
  readonly broken: (fault: string) => FilesError;
}

const MAX_DEPTH = 100;
const STRING: PdfValue = { kind: 'string' };
const isSpace = (byte: number): boolean =>
  byte === 32 || byte === 10 || byte === 13 || byte === 9 || byte === 12 || byte === 0;
const DELIMITERS: ReadonlySet<number> = new Set([...'()<>[]{}/%'].map((character) => character.charCodeAt(0)));
const isRegular = (byte: number): boolean => !isSpace(byte) && !DELIMITERS.has(byte);

/** The name that begins after a slash at `at`, with its escapes resolved, and where it ends. ISO 32000-2 §7.3.5. */
export function readName(bytes: Uint8Array, at: number, most: number): { readonly text: string; readonly end: number } {
  let end = at;
  while (end < bytes.length && end - at < most && isRegular(bytes[end] as number)) end++;
  const raw = latin1(bytes.subarray(at, end));
  const text = raw.includes('#')
    ? raw.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : raw;
  return { text, end };
}

/** Reads from the first byte on, up to `maxValues` values in all. */
export function pdfReader(
  bytes: Uint8Array,
  onName: (text: string) => void,
  budget: { valuesLeft: number },
): PdfReader {
  let at = 0;
  const broken = (fault: string): FilesError =>
    new FilesError('FILES_STRUCTURE_BROKEN', { context: { format: 'pdf', fault, at } });

  const skipSpace = (): void => {
    for (; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (byte === 0x25) while (at + 1 < bytes.length && bytes[at + 1] !== 10 && bytes[at + 1] !== 13) at++;
      else if (!isSpace(byte)) return;
    }
  };

  const skipString = (): void => {
    let depth = 1;
    for (at++; depth > 0; at++) {
      const byte = bytes[at];
      if (byte === undefined) throw broken('string');
      if (byte === 0x5c) at++;
      else if (byte === 0x28) depth++;
      else if (byte === 0x29) depth--;
    }
  };

  const skipHexString = (): void => {
    const end = bytes.indexOf(0x3e, at);
    if (end < 0) throw broken('string');
    at = end + 1;
  };

  const readArray = (depth: number): PdfValue => {
    const items: PdfValue[] = [];
    at++;
    for (;;) {
      skipSpace();
      if (bytes[at] === 0x5d) {
        at++;
        return { kind: 'array', items };
      }
      const item = read(depth + 1);
      if (item === undefined) throw broken('array');
      // Only what stands first is ever looked at.
      if (items.length < 8) items.push(item);
    }
  };

  const readDictionary = (depth: number): PdfValue => {
    const entries = new Map<string, PdfValue>();
    at += 2;
    let key = '';
    for (;;) {
      skipSpace();
      if (bytes[at] === 0x3e && bytes[at + 1] === 0x3e) {
        at += 2;
        return { kind: 'dictionary', entries };
      }
      const isKey = bytes[at] === 0x2f && (key === '' || entries.has(key));
      const value = read(depth + 1);
      if (value === undefined) throw broken('dictionary');
      if (isKey && value.kind === 'name') {
        if (entries.has(value.text)) throw broken('key twice');
        key = value.text;
      } else if (key === '') throw broken('dictionary');
      // What follows a number is the rest of a reference: "12 0 R".
      else entries.set(key, entries.has(key) ? { kind: 'word', text: 'R' } : value);
    }
  };

  const read = (depth: number): PdfValue | undefined => {
    skipSpace();
    const byte = bytes[at];
    if (byte === undefined) return undefined;
    if (--budget.valuesLeft < 0 || depth > MAX_DEPTH) throw broken('too much');
    if (byte === 0x2f) {
      const { text, end } = readName(bytes, at + 1, 1024);
      at = end;
      onName(text);
      return { kind: 'name', text };
    }
    if (byte === 0x28) {
      skipString();
      return STRING;
    }
    if (byte === 0x3c && bytes[at + 1] === 0x3c) return readDictionary(depth);
    if (byte === 0x3c) {
      skipHexString();
      return STRING;
    }
    if (byte === 0x5b) return readArray(depth);
    if (!isRegular(byte)) throw broken('delimiter');
    const from = at;
    while (at < bytes.length && at - from < 64 && isRegular(bytes[at] as number)) at++;
    const text = latin1(bytes.subarray(from, at));
    return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? { kind: 'number', value: Number(text) } : { kind: 'word', text };
  };

  return {
    at: () => at,
    seek: (to) => {
      at = to;
    },
    next: () => read(0),
    skipSpace,
    broken,
  };
}
