import { type Digest, digestFromBytes, fromHex } from '../foundation/index.ts';
import type { LedgerHead } from '../wire/index.ts';
import { decodeBatch } from './batch.ts';
import { chainIdOf, verifyChain } from './chain.ts';
import { LedgerError } from './errors.ts';
import { ledgerWriter } from './ledger-writer.ts';
import { withDefaults } from './limits.ts';
import { type RecordIndex, recordIndex } from './record-index.ts';
import { giveRecord, readable, replayLedger } from './replay-ledger.ts';
import type { AppendedRecord, HeadComparison, Ledger, LogStore, OpenLedgerOptions } from './types.ts';

/**
 * The office's ledger: every record on disk verified and given to `onRecord`, and this process its one writer. An
 * empty store becomes a new ledger.
 *
 * @throws LedgerError LEDGER_BATCH_MALFORMED, LEDGER_RECORD_MALFORMED, LEDGER_EVENT_UNKNOWN, LEDGER_NUMBER_GAP,
 * LEDGER_PREVIOUS_MISMATCH, LEDGER_FIRST_NOT_FOUNDED, LEDGER_FOUNDED_AGAIN, LEDGER_OFFICE_MISMATCH,
 * LEDGER_STORE_DAMAGED, LEDGER_STORE_UNREADABLE, LEDGER_PROJECTION_FAILED; while founding also those of `append`.
 */
export async function openLedger(options: OpenLedgerOptions): Promise<Ledger> {
  const { store, clock, office, random, onRecord } = options;
  const index = recordIndex();
  const replayed = await replayLedger(options, index);
  let firstDigest = replayed.firstDigest;

  const writer = ledgerWriter({
    store,
    clock,
    limits: withDefaults(options.limits),
    position: replayed.position,
    lastSeq: replayed.lastSeq,
    onStored: index.noteBatch,
    onRecord: (record, position) => {
      index.noteRecord(position.number, position.digest);
      giveRecord(onRecord, record, position.digest);
    },
    onFailure: (failure) => options.onFailure?.(failure),
  });
  if (firstDigest === undefined) {
    const [first] = await writer.append([{ founded: { office, nonce: random(16) } }]);
    firstDigest = (first as AppendedRecord).digest;
  }
  const chainId = chainIdOf(firstDigest);

  const head = (): LedgerHead => {
    const { number, digest } = writer.durable();
    return { number, digest: fromHex(digest) };
  };
  const records = (from: number): AsyncIterable<AppendedRecord> =>
    readRecords(store, index, from, writer.durable().number);
  const compareHead = async (theirs: LedgerHead): Promise<HeadComparison> => {
    if (theirs.number > writer.durable().number) return 'ahead';
    if (theirs.number < 1) return theirs.digest.length === 0 ? 'same' : 'different';
    const ours = index.recentDigest(theirs.number) ?? (await firstOf(records(theirs.number))).digest;
    return theirs.digest.length === 32 && digestFromBytes(theirs.digest) === ours ? 'same' : 'different';
  };

  return {
    office,
    chainId,
    head,
    append: writer.append,
    whenRoom: writer.whenRoom,
    flush: writer.flush,
    failure: writer.failure,
    records,
    compareHead,
    close: writer.close,
  };
}

async function* readRecords(
  store: LogStore,
  index: RecordIndex,
  from: number,
  through: number,
): AsyncGenerator<AppendedRecord> {
  if (from > through) return;
  const start = index.startFor(from);
  let position = start.before;
  for await (const { bytes } of readable(store.readAll(start.seq))) {
    for (const encoded of decodeBatch(bytes)) {
      const { record, next } = verifyChain(position, encoded);
      position = next;
      if (next.number >= from) yield { record, digest: next.digest };
      // What is stored but not acknowledged yet is nobody's business.
      if (next.number >= through) return;
    }
  }
  throw new LedgerError('LEDGER_STORE_DAMAGED', { context: { read: position.number, counted: through } });
}

async function firstOf(records: AsyncIterable<AppendedRecord>): Promise<{ readonly digest: Digest }> {
  for await (const record of records) return record;
  throw new LedgerError('LEDGER_STORE_DAMAGED');
}
