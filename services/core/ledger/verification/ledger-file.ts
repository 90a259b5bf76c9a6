const MAX_RECORD_BYTES = 1024 * 1024;
const RECORDS_TAG = 0x0a;
const CHUNK_BYTES = 512 * 1024;

/**
 * The batches of a ledger file, each well below the bound of a store message. A ledger file is the store's messages one
 * after the other, which by protobuf's rules is one LedgerBatch: `protoc --decode liaison.v1.LedgerBatch` reads it
 * whole. What does not belong there comes out as it is, to be found malformed.
 */
export async function* splitLedgerFile(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    let start = 0;
    let end = 0;
    for (let size = sizeAt(rest, end); size !== undefined; size = sizeAt(rest, end)) {
      if (size === 'malformed') {
        // From here on nothing can be told apart.
        if (end > start) yield rest.subarray(start, end);
        yield rest.subarray(end);
        return;
      }
      if (end > start && end + size - start > CHUNK_BYTES) {
        yield rest.subarray(start, end);
        start = end;
      }
      end += size;
    }
    if (end > start) yield rest.subarray(start, end);
    rest = rest.subarray(end);
  }
  if (rest.length > 0) yield rest;
}

/** The size of the field that begins at `at`; `undefined` when it is not whole yet. */
function sizeAt(bytes: Uint8Array, at: number): number | 'malformed' | undefined {
  const tag = bytes[at];
  if (tag === undefined) return undefined;
  if (tag !== RECORDS_TAG) return 'malformed';
  let length = 0;
  for (let digit = 0; digit < 4; digit++) {
    const byte = bytes[at + 1 + digit];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 128 ** digit;
    if (byte >= 0x80) continue;
    if (length > MAX_RECORD_BYTES) return 'malformed';
    const size = 2 + digit + length;
    return at + size <= bytes.length ? size : undefined;
  }
  return 'malformed';
}
