import type { Clock, EpochMs } from '../foundation/index.ts';
import { type Init, type LedgerFounded, type LedgerRecord, ledgerRecordCodec, WireError } from '../wire/index.ts';
import { encodeBatch } from './batch.ts';
import { type ChainPosition, type EncodedRecord, encodeRecord } from './chain.ts';
import { LedgerError } from './errors.ts';
import { framedSize } from './limits.ts';
import { readBack } from './read-back.ts';
import { sizedQueue } from './sized-queue.ts';
import type { AppendedRecord, LedgerEvent, LedgerLimits, LogStore } from './types.ts';

/** Any event, the founding one included. */
type AnyEvent = LedgerEvent | { readonly founded: Init<LedgerFounded> };

/** The one writer of a chain: what waits while the disk is busy goes together in the next message. */
export interface LedgerWriter {
  readonly append: (
    events: readonly AnyEvent[] | ((at: EpochMs) => readonly AnyEvent[]),
  ) => Promise<readonly AppendedRecord[]>;
  readonly flush: () => Promise<void>;
  readonly whenRoom: () => Promise<void>;
  readonly failure: () => LedgerError | undefined;
  readonly durable: () => ChainPosition;
  readonly close: () => Promise<void>;
}

/** What a writer works with; `position` and `lastSeq` are the end of what is stored. */
export interface LedgerWriterOptions {
  readonly store: LogStore;
  readonly clock: Clock;
  readonly limits: LedgerLimits;
  readonly position: ChainPosition;
  readonly lastSeq: number;
  /** A message of these records is stored under `seq`; `before` is the chain before its first record. */
  readonly onStored: (seq: number, before: ChainPosition) => void;
  /** Each record, in order, after `onStored`. */
  readonly onRecord: (record: LedgerRecord, position: EncodedRecord['position']) => void;
  readonly onFailure: (failure: LedgerError) => void;
}

/** A record with what projections will see of it, now and at every later start. */
interface ReadableRecord extends EncodedRecord {
  readonly record: LedgerRecord;
}

interface Pending {
  readonly records: readonly ReadableRecord[];
  readonly resolve: (records: readonly AppendedRecord[]) => void;
  readonly reject: (error: LedgerError) => void;
}

/** Read from the bytes before they are stored: what could not be read back would end the ledger at the next start. */
function readable({ bytes, position }: EncodedRecord): LedgerRecord {
  try {
    return ledgerRecordCodec.decode(bytes);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new LedgerError('LEDGER_EVENT_INVALID', { context: { number: position.number }, cause });
  }
}

/** A writer that goes on from `position`. */
export function ledgerWriter(options: LedgerWriterOptions): LedgerWriter {
  const { store, clock, limits, onStored, onRecord, onFailure } = options;
  const queue = sizedQueue<Pending>();
  /** The end of the chain with everything that waits; runs ahead of the disk. */
  let reserved = options.position;
  let durable = options.position;
  let lastSeq = options.lastSeq;
  let failure: LedgerError | undefined;
  let inFlight = false;
  let scheduled = false;

  const fail = (error: LedgerError): void => {
    if (failure?.code === 'LEDGER_CLOSED' || failure === undefined) {
      failure = error;
      onFailure(error);
    }
    for (const { reject } of queue.drain()) reject(new LedgerError('LEDGER_CLOSED', { cause: error }));
  };

  const storeBatch = async (bytes: Uint8Array): Promise<number> => {
    try {
      return (await store.append(bytes, lastSeq)).seq;
    } catch (cause) {
      return await readBack(store, bytes, lastSeq, cause);
    }
  };

  const deliver = (batch: readonly Pending[]): void => {
    const results = batch.map(({ records }) =>
      records.map(({ record, position }) => {
        onRecord(record, position);
        return { record, digest: position.digest };
      }),
    );
    batch.forEach(({ resolve }, at) => {
      resolve(results[at] ?? []);
    });
  };

  const write = async (batch: readonly Pending[]): Promise<void> => {
    const records = batch.flatMap((pending) => pending.records);
    const last = records.at(-1);
    try {
      if (last !== undefined) {
        const before = durable;
        lastSeq = await storeBatch(encodeBatch(records.map(({ bytes }) => bytes)));
        durable = last.position;
        onStored(lastSeq, before);
      }
      deliver(batch);
    } catch (error) {
      // Whatever is not a LedgerError is a bug of ours and must not leave callers waiting either.
      const failed =
        error instanceof LedgerError ? error : new LedgerError('LEDGER_PROJECTION_FAILED', { cause: error });
      for (const { reject } of batch) reject(failed);
      fail(failed);
    }
  };

  const launch = async (): Promise<void> => {
    scheduled = false;
    if (inFlight) return;
    inFlight = true;
    while (!queue.isEmpty()) {
      await write(queue.take(limits.maxBatchBytes));
    }
    inFlight = false;
  };

  const enqueue = (records: readonly ReadableRecord[], size: number): Promise<readonly AppendedRecord[]> =>
    new Promise((resolve, reject) => {
      queue.push({ records, resolve, reject }, size);
      if (inFlight || scheduled) return;
      scheduled = true;
      // After the caller's turn, so that what is appended in one turn goes together.
      queueMicrotask(() => void launch());
    });

  const append: LedgerWriter['append'] = async (events) => {
    if (failure !== undefined) throw new LedgerError('LEDGER_CLOSED', { cause: failure });
    if (queue.size() >= limits.maxQueuedBytes)
      throw new LedgerError('LEDGER_OVERLOADED', { context: { queuedBytes: queue.size() } });
    const at = clock.now();
    const list = typeof events === 'function' ? events(at) : events;
    const records: ReadableRecord[] = [];
    let position = reserved;
    let size = 0;
    for (const event of list) {
      const encoded = encodeRecord(position, at, event);
      records.push({ ...encoded, record: readable(encoded) });
      position = encoded.position;
      size += framedSize(encoded.bytes.length);
    }
    if (size > limits.maxBatchBytes)
      throw new LedgerError('LEDGER_TOO_LARGE', { context: { bytes: size, maxBytes: limits.maxBatchBytes } });
    reserved = position;
    return await enqueue(records, size);
  };

  const flush = async (): Promise<void> => {
    if (queue.isEmpty() && !inFlight) {
      if (failure !== undefined && failure.code !== 'LEDGER_CLOSED')
        throw new LedgerError('LEDGER_CLOSED', { cause: failure });
      return;
    }
    await enqueue([], 0);
  };

  return {
    append,
    flush,
    whenRoom: () => queue.below(limits.maxQueuedBytes / 2),
    failure: () => failure,
    durable: () => durable,
    close: async () => {
      if (failure !== undefined) return;
      failure = new LedgerError('LEDGER_CLOSED');
      await (queue.isEmpty() && !inFlight ? undefined : enqueue([], 0).catch(() => undefined));
    },
  };
}
