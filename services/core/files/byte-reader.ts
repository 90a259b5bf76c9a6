import { FilesError } from './errors.ts';

const NO_BYTES = new Uint8Array();

/** Reads a file of that format from its first byte on, never past its last. */
export interface ByteReader {
  readonly at: () => number;
  readonly left: () => number;
  /** The next bytes, taken. @throws FilesError FILES_STRUCTURE_BROKEN where there are fewer. */
  readonly take: (count: number) => Uint8Array;
  readonly u8: () => number;
  readonly u16: () => number;
  readonly u32: () => number;
  /** The whole number of four bytes, the lowest first. */
  readonly u32le: () => number;
  /** The fault at the present place. */
  readonly broken: (fault: string) => FilesError;
}

/** A reader at the first byte. */
export function byteReader(bytes: Uint8Array, format: string): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const broken = (fault: string): FilesError =>
    new FilesError('FILES_STRUCTURE_BROKEN', { context: { format, fault, at } });
  const skip = (count: number): number => {
    if (bytes.length - at < count) throw broken('ends early');
    at += count;
    return at - count;
  };
  return {
    at: () => at,
    left: () => bytes.length - at,
    take: (count) => (count === 0 ? NO_BYTES : bytes.subarray(skip(count), at)),
    u8: () => view.getUint8(skip(1)),
    u16: () => view.getUint16(skip(2)),
    u32: () => view.getUint32(skip(4)),
    u32le: () => view.getUint32(skip(4), true),
    broken,
  };
}

/** Bytes as the characters of ISO 8859-1, for names and signatures. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** The characters of ISO 8859-1 as bytes. */
export function fromLatin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** All of them, one after the other. */
export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(chunks));
}
