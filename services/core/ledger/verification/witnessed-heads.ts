import { digestFromBytes, type OfficeId, toHex } from '../../foundation/index.ts';
import { type LedgerHead, type LedgerRecord, ledgerRecordCodec, WireError } from '../../wire/index.ts';
import { decodeBatch } from '../batch.ts';
import { LedgerError } from '../errors.ts';
import { readReceipt } from './read-bytes.ts';
import type { WitnessedHead } from './types.ts';

/**
 * What the ledger of `witness` knows of the ledger of `of`: the heads in the receipts it got from there and in the
 * statuses it noted, each once. Takes the witness's word: verify its ledger, with signatures, before relying on it.
 */
export async function* witnessedHeads(
  batches: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { witness, of }: { readonly witness: OfficeId; readonly of: OfficeId },
): AsyncGenerator<WitnessedHead> {
  let newest = '';
  const headOf = (head: LedgerHead | null | undefined, chain: Uint8Array): WitnessedHead | undefined => {
    if (head === null || head === undefined || head.digest.length !== 32 || head.number < 1) return undefined;
    const found = { by: witness, chain: toHex(chain), number: head.number, digest: digestFromBytes(head.digest) };
    // A run of receipts names one head.
    const key = `${found.chain}/${found.number}/${found.digest}`;
    if (key === newest) return undefined;
    newest = key;
    return found;
  };

  for await (const batch of batches) {
    for (const bytes of recordsOf(batch)) {
      const record = decoded(bytes);
      if (record === undefined) continue;
      const { receiptReceived, headWitnessed } = record;
      const found =
        receiptReceived?.from === of
          ? headOf(readReceipt(receiptReceived.receipt?.receipt)?.head, receiptReceived.chain)
          : headWitnessed?.office === of
            ? headOf(headWitnessed.head, headWitnessed.chain)
            : undefined;
      if (found !== undefined) yield found;
    }
  }
}

function recordsOf(batch: Uint8Array): readonly Uint8Array[] {
  try {
    return decodeBatch(batch);
  } catch (error) {
    if (error instanceof LedgerError) return [];
    throw error;
  }
}

function decoded(bytes: Uint8Array): LedgerRecord | undefined {
  try {
    return ledgerRecordCodec.decode(bytes);
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}
