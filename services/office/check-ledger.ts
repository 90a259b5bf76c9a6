import { setTimeout as pause } from 'node:timers/promises';
import { type Clock, type EpochMs, isLiaisonError, type OfficeId } from '../core/foundation/index.ts';
import { type LedgerReport, verifyLedger, type WitnessedHead } from '../core/ledger/index.ts';
import type { TrustStore } from '../core/trust/index.ts';
import { type LedgerHead, ledgerBatchCodec, WireError } from '../core/wire/index.ts';

/** A check of this office's whole ledger: under way, or how it ended. */
export interface LedgerCheck {
  readonly state: 'running' | 'done' | 'failed';
  /** Who had it checked. */
  readonly by: string;
  readonly startedMs: EpochMs;
  readonly endedMs: EpochMs | null;
  /** How many records were looked at so far, and how many there were when it began. */
  readonly records: number;
  readonly of: number;
  readonly report: LedgerReport | null;
  /** Why it could not be read to its end; a code. */
  readonly failure: string | null;
}

/** Checks this office's own ledger, at most once at a time. */
export interface LedgerChecks {
  /** The check under way, or the last one; null before the first since this node started. */
  readonly last: () => LedgerCheck | null;
  /** The check that runs now: a new one, or the one that is under way. Resolves when it ended, or after `patienceMs`. */
  readonly check: (by: string, patienceMs: number) => Promise<LedgerCheck>;
}

/** What a ledger is checked with. */
export interface LedgerChecksParts {
  readonly office: OfficeId;
  readonly clock: Clock;
  readonly head: () => LedgerHead;
  /** Every batch from that place of the store on. */
  readonly batches: (fromSeq: number) => AsyncIterable<{ readonly bytes: Uint8Array }>;
  readonly trust: () => TrustStore;
  /** What neighbours said of this ledger. */
  readonly witnessed: () => readonly WitnessedHead[];
}

/** So many records are verified at once; a record is a few signatures at the most. */
const SLICE_RECORDS = 16;
/** The check may have every second millisecond, so that everything else goes on as it did. */
const BUSY_MS = 8;

/** No check yet. */
export function ledgerChecks(parts: LedgerChecksParts): LedgerChecks {
  let last: LedgerCheck | null = null;
  let running: Promise<void> | undefined;

  const run = async (by: string): Promise<void> => {
    const started = { by, startedMs: parts.clock.now(), of: parts.head().number, report: null, failure: null } as const;
    let records = 0;
    last = { ...started, state: 'running', endedMs: null, records };
    try {
      // What others saw is noted first: the ledger may grow meanwhile, and must hold all of it.
      const witnessed = parts.witnessed();
      const slices = gently(parts.batches(1), (more) => {
        records += more;
        last = { ...started, state: 'running', endedMs: null, records };
      });
      const report = await verifyLedger(slices, { office: parts.office, signatures: parts.trust(), witnessed });
      last = { ...started, state: 'done', endedMs: parts.clock.now(), records, report };
    } catch (error) {
      if (!isLiaisonError(error)) throw error;
      last = { ...started, state: 'failed', endedMs: parts.clock.now(), records, failure: error.code };
    } finally {
      running = undefined;
    }
  };

  return {
    last: () => last,
    check: async (by, patienceMs) => {
      running ??= run(by);
      const patience = new AbortController();
      // A check goes on for as long as it takes, whoever waits for it; nobody keeps a node from stopping by waiting.
      const waited = pause(patienceMs, undefined, { ref: false, signal: patience.signal }).catch(() => undefined);
      await Promise.race([running, waited]);
      patience.abort();
      if (last === null) throw new TypeError('a check that was begun is there');
      return last;
    },
  };
}

/**
 * The same records in the same order, in batches so small that what is done between two of them takes milliseconds, and
 * with a pause as long as the work before it. A batch that cannot be read is handed on as it is, for the check to find.
 */
async function* gently(
  batches: AsyncIterable<{ readonly bytes: Uint8Array }>,
  seen: (records: number) => void,
): AsyncGenerator<Uint8Array> {
  let busyMs = 0;
  for await (const { bytes } of batches) {
    for (const { slice, records } of slicesOf(bytes)) {
      const began = performance.now();
      yield slice;
      busyMs += performance.now() - began;
      seen(records);
      if (busyMs < BUSY_MS) continue;
      await pause(busyMs, undefined, { ref: false });
      busyMs = 0;
    }
  }
}

function slicesOf(bytes: Uint8Array): readonly { readonly slice: Uint8Array; readonly records: number }[] {
  try {
    const { records } = ledgerBatchCodec.decode(bytes, bytes.length);
    if (records.length <= SLICE_RECORDS) return [{ slice: bytes, records: records.length }];
    return Array.from({ length: Math.ceil(records.length / SLICE_RECORDS) }, (_, at) => {
      const some = records.slice(at * SLICE_RECORDS, (at + 1) * SLICE_RECORDS);
      return { slice: ledgerBatchCodec.encode({ records: some }), records: some.length };
    });
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return [{ slice: bytes, records: 0 }];
  }
}
