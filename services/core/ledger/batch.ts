import { ledgerBatchCodec, WireError } from '../wire/index.ts';
import { LedgerError } from './errors.ts';

const MAX_STORED_BYTES = 8 * 1024 * 1024;

/** One message to the store that holds these encoded records in order. */
export function encodeBatch(records: readonly Uint8Array[]): Uint8Array {
  return ledgerBatchCodec.encode({ records });
}

/** The encoded records of one message, at least one. @throws LedgerError LEDGER_BATCH_MALFORMED. */
export function decodeBatch(bytes: Uint8Array): readonly Uint8Array[] {
  try {
    const { records } = ledgerBatchCodec.decode(bytes, MAX_STORED_BYTES);
    if (records.length > 0) return records;
  } catch (cause) {
    if (cause instanceof WireError)
      throw new LedgerError('LEDGER_BATCH_MALFORMED', { context: { bytes: bytes.length }, cause });
    throw cause;
  }
  throw new LedgerError('LEDGER_BATCH_MALFORMED', { context: { bytes: bytes.length } });
}
