import type { Digest } from '../foundation/index.ts';
import type { LedgerRecord } from '../wire/index.ts';
import { decodeBatch } from './batch.ts';
import { CHAIN_START, type ChainPosition, verifyChain } from './chain.ts';
import { LedgerError } from './errors.ts';
import type { RecordIndex } from './record-index.ts';
import type { LogEntry, OpenLedgerOptions } from './types.ts';

/** What lies in the store, verified from the first record to the last. */
export interface ReplayedLedger {
  /** `undefined` when the store is empty. */
  readonly firstDigest: Digest | undefined;
  readonly position: ChainPosition;
  readonly lastSeq: number;
}

/**
 * The whole store is one unbroken chain founded by `office`, and each record was given to `onRecord`.
 *
 * @throws LedgerError for the first thing that is wrong: LEDGER_BATCH_MALFORMED, the faults of a chain,
 * LEDGER_OFFICE_MISMATCH, LEDGER_STORE_DAMAGED, LEDGER_STORE_UNREADABLE, LEDGER_PROJECTION_FAILED.
 */
export async function replayLedger(
  { store, office, onRecord }: Pick<OpenLedgerOptions, 'store' | 'office' | 'onRecord'>,
  index: RecordIndex,
): Promise<ReplayedLedger> {
  let position: ChainPosition = CHAIN_START;
  let firstDigest: Digest | undefined;
  let lastSeq = 0;

  const take = (bytes: Uint8Array): void => {
    const { record, next } = verifyChain(position, bytes);
    if (record.founded !== null && record.founded.office !== office)
      throw new LedgerError('LEDGER_OFFICE_MISMATCH', { context: { office } });
    position = next;
    firstDigest ??= next.digest;
    index.noteRecord(next.number, next.digest);
    giveRecord(onRecord, record, next.digest);
  };

  // What a node that was killed had sent may still arrive: read on until the server counts no more than was read.
  for (let counted: number | undefined; counted !== lastSeq; counted = await orUnreadable(store.lastSeq())) {
    const readBefore = lastSeq;
    for await (const { seq, bytes } of readable(store.readAll(lastSeq + 1))) {
      index.noteBatch(seq, position);
      for (const record of decodeBatch(bytes)) take(record);
      lastSeq = seq;
    }
    // A server that lost the newest messages to a damaged block still counts on from where it was.
    if (counted !== undefined && lastSeq === readBefore)
      throw new LedgerError('LEDGER_STORE_DAMAGED', { context: { read: lastSeq, counted } });
  }
  return { firstDigest, position, lastSeq };
}

/** The record is with the projections. @throws LedgerError LEDGER_PROJECTION_FAILED for whatever they throw. */
export function giveRecord(onRecord: OpenLedgerOptions['onRecord'], record: LedgerRecord, digest: Digest): void {
  try {
    onRecord(record, digest);
  } catch (cause) {
    throw new LedgerError('LEDGER_PROJECTION_FAILED', { context: { number: record.number }, cause });
  }
}

async function orUnreadable<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw new LedgerError('LEDGER_STORE_UNREADABLE', { cause });
  }
}

/** The same entries; whatever the store throws becomes LEDGER_STORE_UNREADABLE, whatever the reader throws passes. */
export async function* readable(entries: AsyncIterable<LogEntry>): AsyncGenerator<LogEntry> {
  const iterator = entries[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await orUnreadable(iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
