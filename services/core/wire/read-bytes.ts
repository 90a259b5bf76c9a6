import { BytesFaultError } from './errors.ts';
import type { FieldShape, MessageShape } from './message-shape.ts';
import type { FieldKind } from './types.ts';

class Cursor {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** A varint as a number, exact below 2^53; from there on only large. */
  varint(end: number): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      if (this.at >= end) throw new BytesFaultError('truncated');
      const byte = this.bytes[this.at++] as number;
      if (byte < 0x80 && i === 0) return byte;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new BytesFaultError('number-out-of-range');
  }

  skip(length: number, end: number): void {
    this.at += length;
    if (this.at > end) throw new BytesFaultError('truncated');
  }
}

const SIGNED_64 = 2 ** 64;
const LIMITS: Partial<Record<FieldKind, number>> = {
  bool: 1,
  uint32: 2 ** 32 - 1,
  uint64: Number.MAX_SAFE_INTEGER,
  int64: Number.MAX_SAFE_INTEGER,
  int32: 2 ** 31 - 1,
  enum: 2 ** 31 - 1,
};

/** A negative number is on the wire as 2^64 minus its magnitude; near there a double is coarse, so it is read again. */
function assertNumber(kind: FieldKind, value: number, bytes: Uint8Array, from: number): void {
  if (value <= (LIMITS[kind] as number)) return;
  if ((kind !== 'int64' && kind !== 'int32') || value < SIGNED_64 / 2) throw new BytesFaultError('number-out-of-range');
  let exact = 0n;
  for (let at = from, shift = 0n; shift < 70n; at++, shift += 7n)
    exact |= BigInt((bytes[at] as number) & 0x7f) << shift;
  const negative = BigInt.asIntN(64, exact);
  if (negative < (kind === 'int64' ? BigInt(Number.MIN_SAFE_INTEGER) : -(2n ** 31n)))
    throw new BytesFaultError('number-out-of-range');
}

function assertValue(shape: FieldShape, cursor: Cursor, end: number): void {
  if (shape.wireType === 0) {
    const from = cursor.at;
    const value = cursor.varint(end);
    assertNumber(shape.kind, value, cursor.bytes, from);
    if (value === 0 && !shape.repeated) throw new BytesFaultError('default-written');
    return;
  }
  if (shape.wireType === 1) {
    const from = cursor.at;
    cursor.skip(8, end);
    if (!shape.repeated && cursor.bytes.subarray(from, from + 8).every((byte) => byte === 0))
      throw new BytesFaultError('default-written');
    return;
  }
  const length = cursor.varint(end);
  const stop = cursor.at + length;
  if (stop > end) throw new BytesFaultError('truncated');
  if (shape.message !== undefined) assertMessage(shape.message, cursor, stop);
  else if (length === 0 && !shape.repeated) throw new BytesFaultError('default-written');
  cursor.at = stop;
}

/** The entries of a list at the cursor, packed or one alone; returns how many there are with the `had` before. */
function assertEntries(shape: FieldShape, wireType: number, had: number, cursor: Cursor, end: number): number {
  if (wireType === shape.wireType) {
    if (had >= shape.most) throw new BytesFaultError('list-too-long');
    assertValue(shape, cursor, end);
    return had + 1;
  }
  if (wireType !== 2) throw new BytesFaultError('wire-type-wrong');
  const length = cursor.varint(end);
  const stop = cursor.at + length;
  if (stop > end) throw new BytesFaultError('truncated');
  let count = had;
  while (cursor.at < stop) {
    if (count++ >= shape.most) throw new BytesFaultError('list-too-long');
    assertValue(shape, cursor, stop);
  }
  return count;
}

function skipUnknown(wireType: number, cursor: Cursor, end: number): void {
  if (wireType === 0) cursor.varint(end);
  else if (wireType === 1) cursor.skip(8, end);
  else if (wireType === 2) cursor.skip(cursor.varint(end), end);
  else if (wireType === 5) cursor.skip(4, end);
  else throw new BytesFaultError('tag-invalid');
}

function assertMessage(shape: MessageShape, cursor: Cursor, end: number): void {
  let seen = 0;
  let counts: number[] | undefined;
  while (cursor.at < end) {
    const begins = cursor.at;
    const tag = cursor.varint(end);
    const wireType = tag & 7;
    const id = (tag - wireType) / 8;
    // A tag is a number of 32 bits: whoever writes it longer than it needs is not taken.
    if (id === 0 || id >= 2 ** 29 || cursor.at - begins > 5) throw new BytesFaultError('tag-invalid');
    const field = shape.fields[id];
    if (field === undefined) {
      if (shape.closed) throw new BytesFaultError('field-unknown');
      skipUnknown(wireType, cursor, end);
    } else if (field.repeated) {
      counts ??= [];
      counts[field.list] = assertEntries(field, wireType, counts[field.list] ?? 0, cursor, end);
    } else {
      if (wireType !== field.wireType) throw new BytesFaultError('wire-type-wrong');
      if ((seen & field.bit) !== 0) throw new BytesFaultError('field-repeated');
      seen |= field.bit;
      assertValue(field, cursor, end);
    }
  }
}

/**
 * `bytes` are one message of this shape: known fields have their type, stand once, lists and numbers are within bounds,
 * a oneof has one member. Nothing is allocated in proportion to the input, so it is safe to ask before decoding.
 * @throws BytesFaultError
 */
function assertBytes(shape: MessageShape, bytes: Uint8Array): void {
  assertMessage(shape, new Cursor(bytes), bytes.length);
}

/**
 * What `decode` makes of `bytes` after they were found to be of this shape.
 * @throws BytesFaultError; anything else is a bug of ours and passes through.
 */
export function readBytes<T>(shape: MessageShape, bytes: Uint8Array, decode: (bytes: Uint8Array) => T): T {
  assertBytes(shape, bytes);
  try {
    return decode(bytes);
  } catch (cause) {
    if ((cause as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new BytesFaultError('text-not-utf8', cause);
    throw cause;
  }
}
