/** Byte-level changes, each the smallest that makes its defect. */

/** A field that no message of the contract has: number 111, varint 1. */
const UNKNOWN_FIELD = new Uint8Array([0xf8, 0x06, 0x01]);

export function concat(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

export function withUnknownField(bytes: Uint8Array): Uint8Array {
  return concat(bytes, UNKNOWN_FIELD);
}

/** The last bit of the byte at `index` (from the end where negative) is the other way. */
export function flipped(bytes: Uint8Array, index: number): Uint8Array {
  const changed = new Uint8Array(bytes);
  const at = index < 0 ? bytes.length + index : index;
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

/** The length of the first field written with one byte more than it needs. */
export function withLongLength(bytes: Uint8Array): Uint8Array {
  let end = 1;
  while (((bytes[end] ?? 0) & 0x80) !== 0) end++;
  return concat(bytes.subarray(0, end), new Uint8Array([(bytes[end] ?? 0) | 0x80, 0x00]), bytes.subarray(end + 1));
}
