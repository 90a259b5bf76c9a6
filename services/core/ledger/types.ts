import type { Clock, Closable, Digest, DurationMs, EpochMs, OfficeId } from '../foundation/index.ts';
import type { ContentRef, Init, LedgerHead, LedgerRecord } from '../wire/index.ts';
import type { LedgerError } from './errors.ts';

/** One message of the ledger's store. `seq` is a position for reading on, never an identity. */
export interface LogEntry {
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/** Where the ledger's batches lie: append-only, one writer. Every call ends in bounded time. */
export interface LogStore {
  /**
   * On disk when it resolves, directly after `expectedLastSeq`. When it rejects, the ledger reads back what became of
   * the append, whatever the reason was: so by then it is stored, or never will be, or `readAll` rejects as well.
   */
  readonly append: (bytes: Uint8Array, expectedLastSeq: number) => Promise<{ readonly seq: number }>;
  /** Every entry from `fromSeq` on to the end as it was when reading began, in order. */
  readonly readAll: (fromSeq: number) => AsyncIterable<LogEntry>;
  /** The sequence of the last entry, 0 while there is none. */
  readonly lastSeq: () => Promise<number>;
}

/** The name of one batch of bodies: the UTC day it ends with (yyyymmdd) and its id. */
export interface ContentBatchName {
  readonly day: string;
  /** The first 16 bytes of the SHA-256 over the digests of its bodies, in lowercase hexadecimal. */
  readonly batchId: string;
}

/** Where batches of bodies lie, each until its day is over. Every call ends in bounded time. */
export interface ContentBatchStore {
  /** On disk when it resolves; gone after `ttlMs`. Putting the same batch again is harmless. */
  readonly put: (batch: ContentBatchName, bytes: Uint8Array, ttlMs: DurationMs) => Promise<void>;
  /** The batch, or `undefined` when it has ended or never was. */
  readonly get: (batch: ContentBatchName) => Promise<Uint8Array | undefined>;
  /** Every batch that is there. */
  readonly list: () => AsyncIterable<ContentBatchName>;
  /** Removes the batch and overwrites its bytes on disk; harmless when it is not there. */
  readonly remove: (batch: ContentBatchName) => Promise<void>;
  /**
   * These bytes are on disk in place of those that were there under that name, which are overwritten. The batch can be
   * read all the time. Whatever it was interrupted by, calling it again ends it.
   */
  readonly replace: (batch: ContentBatchName, bytes: Uint8Array, ttlMs: DurationMs) => Promise<void>;
}

/** The fields of a record that hold an event; exactly one of them is set. */
export type EventFields = Omit<LedgerRecord, 'number' | 'previous' | 'atMs'>;

/** Name of a kind of event, as the contract has it: `messageAccepted`. */
export type EventName = keyof EventFields;

type OneEvent<Name extends EventName> = { readonly [N in Name]: Init<NonNullable<EventFields[N]>> } & {
  readonly [N in Exclude<EventName, Name>]?: never;
};

/** One fact to be recorded: an object with exactly one property. The founding record is written by `openLedger` alone. */
export type LedgerEvent = { readonly [Name in Exclude<EventName, 'founded'>]: OneEvent<Name> }[Exclude<
  EventName,
  'founded'
>];

/** A record that is on disk, with its place in the chain. */
export interface AppendedRecord {
  readonly record: LedgerRecord;
  /** SHA-256 of the encoded record. */
  readonly digest: Digest;
}

/**
 * Events to record together, or a function that gives them. The function runs once, synchronously, inside `append`,
 * and only when the append is taken: numbers that it reserves are never lost to an append that was turned away.
 */
export type EventsToAppend = readonly LedgerEvent[] | ((at: EpochMs) => readonly LedgerEvent[]);

/** How another's word about this ledger compares with what is on disk here. */
export type HeadComparison =
  /** The record of that number has that digest. */
  | 'same'
  /** The head is beyond the last record here: records are missing here. */
  | 'ahead'
  /** The record of that number has another digest: one of the two histories was rewritten. */
  | 'different';

/** An office's ledger, open for writing by this process alone. */
export interface Ledger extends Closable {
  readonly office: OfficeId;
  /** Tells this ledger from every other: the first 16 bytes of the digest of its first record. */
  readonly chainId: Uint8Array;
  /** The last record that is on disk. */
  readonly head: () => LedgerHead;
  /**
   * All events are on disk, in one piece and in this order, and were given to `onRecord`, when it resolves; none of
   * them is when it rejects with LEDGER_APPEND_FAILED, LEDGER_CLOSED, LEDGER_OVERLOADED, LEDGER_TOO_LARGE or LEDGER_EVENT_INVALID.
   *
   * First come, first recorded: records have the order of the calls. So a number that the caller takes directly before
   * the call, without waiting in between, has the same order in the ledger. No call overtakes another, and after a
   * failure all later ones fail too, so no number is recorded twice; a caller whose append was turned away
   * (LEDGER_OVERLOADED, LEDGER_TOO_LARGE, LEDGER_EVENT_INVALID) must not keep a number it took before: take numbers inside a function.
   *
   * @throws LedgerError LEDGER_CLOSED, LEDGER_OVERLOADED, LEDGER_TOO_LARGE, LEDGER_EVENT_INVALID, LEDGER_APPEND_FAILED,
   * LEDGER_APPEND_UNDECIDED (may or may not be on disk), LEDGER_FENCE_LOST, LEDGER_PROJECTION_FAILED.
   */
  readonly append: (events: EventsToAppend) => Promise<readonly AppendedRecord[]>;
  /** Resolves when less than half of the queue is taken; at once when it is, or when the ledger is closed. */
  readonly whenRoom: () => Promise<void>;
  /** Resolves when everything that was appended before is on disk. @throws LedgerError as `append`. */
  readonly flush: () => Promise<void>;
  /** Why nothing can be written any more; `undefined` while it can. */
  readonly failure: () => LedgerError | undefined;
  /** The records from that number on, as they are on disk, each checked against the chain. @throws LedgerError. */
  readonly records: (fromNumber: number) => AsyncIterable<AppendedRecord>;
  /** Compares another's word about this ledger with what is on disk. @throws LedgerError when the store cannot be read. */
  readonly compareHead: (head: LedgerHead) => Promise<HeadComparison>;
}

/** What a ledger is opened with. */
export interface OpenLedgerOptions {
  readonly store: LogStore;
  readonly clock: Clock;
  readonly office: OfficeId;
  /** That many random bytes, unpredictable to others. */
  readonly random: (size: number) => Uint8Array;
  /** Takes each record in order, exactly once: first what is on disk already, then what is appended, once it is on disk. */
  readonly onRecord: (record: LedgerRecord, digest: Digest) => void;
  /** Called once when the ledger can no longer be written. */
  readonly onFailure?: (failure: LedgerError) => void;
  readonly limits?: Partial<LedgerLimits>;
}

/** Bounds of a ledger's memory and of its messages to the store. */
export interface LedgerLimits {
  /** The most that one message to the store holds. Default 900,000. */
  readonly maxBatchBytes: number;
  /** The most that waits to be written; beyond it appends are turned away. Default 32 MiB. */
  readonly maxQueuedBytes: number;
}

/** A body to keep. */
export interface ContentItem {
  /** At most 768 KiB. */
  readonly bytes: Uint8Array;
  /** When its retention ends; it is kept to the end of that UTC day. */
  readonly expiresAt: EpochMs;
}

/** Bodies by reference, each until its retention is over. */
export interface ContentStore {
  /**
   * All items are on disk when it resolves, in the order of the references. Nothing refers to them until the
   * references are recorded; without that they end with their day.
   *
   * @throws LedgerError LEDGER_CONTENT_TOO_LARGE, LEDGER_CONTENT_EXPIRED, LEDGER_OVERLOADED, LEDGER_CONTENT_PUT_FAILED.
   */
  readonly put: (items: readonly ContentItem[]) => Promise<readonly ContentRef[]>;
  /**
   * Exactly the bytes that were put, their digest checked; `undefined` when their retention is over.
   *
   * @throws LedgerError LEDGER_CONTENT_ERASED, LEDGER_CONTENT_MISSING (gone before its time), LEDGER_CONTENT_DAMAGED,
   * LEDGER_CONTENT_UNREADABLE (the store did not answer).
   */
  readonly get: (ref: ContentRef) => Promise<Uint8Array | undefined>;
  /**
   * No byte of these bodies is on disk or in memory here any more when it resolves, and all others of their batches are
   * as they were. Put the erasure on record first: whatever interrupts it, calling it again ends it.
   *
   * @throws LedgerError LEDGER_CONTENT_NOT_ERASED after having tried all, LEDGER_CONTENT_DAMAGED.
   */
  readonly erase: (refs: readonly ContentRef[]) => Promise<void>;
  /** Looks up every reference on disk and reports what is missing before its time or damaged. Reads in the order given. */
  readonly scrub: (refs: AsyncIterable<ContentRef> | Iterable<ContentRef>) => Promise<ScrubReport>;
  /** Reads every batch that is there and reports those that are damaged, whether anything refers to them or not. */
  readonly scrubAll: () => Promise<ScrubReport>;
  /**
   * Every batch whose day is over, and more than a clock may be wrong, was removed from the disk; how many those were.
   * The store's own end of a batch only hides it: its bytes stay where they are until that part of the disk is written
   * anew. So this must be called several times an hour. Each batch is tried, whatever became of those before.
   *
   * @throws LedgerError LEDGER_CONTENT_NOT_REMOVED when the store did not remove them all.
   */
  readonly removeEnded: () => Promise<number>;
  /** Resolves when less than half of the queue is taken. */
  readonly whenRoom: () => Promise<void>;
}

/** What a scrub found. */
export interface ScrubReport {
  /** References or batches looked at. */
  readonly checked: number;
  /** References whose retention is over. */
  readonly ended: number;
  /** At most 1,000; `dropped` says how many more there were. */
  readonly findings: readonly ScrubFinding[];
  readonly dropped: number;
}

/** One body or batch that is not as it was put. */
export interface ScrubFinding {
  readonly code: 'LEDGER_CONTENT_MISSING' | 'LEDGER_CONTENT_DAMAGED' | 'LEDGER_CONTENT_UNREADABLE';
  readonly day: string;
  readonly batch: string;
  /** Of the body within its batch; -1 for the batch as a whole. */
  readonly index: number;
}
