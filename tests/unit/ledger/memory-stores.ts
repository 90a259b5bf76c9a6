import type { DurationMs } from '../../../services/core/foundation/index.ts';
import type { ContentBatchName, ContentBatchStore, LogEntry, LogStore } from '../../../services/core/ledger/index.ts';

/** What an append does besides storing: runs once for the next append. */
export type AppendFault =
  | 'answer lost after storing'
  | 'answer lost before storing'
  | 'another writer was faster'
  | 'answer lost and unreadable afterwards';

/** A log in memory that refuses everything the server would refuse. */
export interface MemoryLog extends LogStore {
  readonly entries: LogEntry[];
  readonly appends: () => number;
  readonly failNext: (fault: AppendFault) => void;
  /** Appends wait until `release` is called. */
  readonly hold: () => { readonly release: () => void };
  readonly breakReading: () => void;
  /** What `lastSeq` answers from now on. */
  readonly claimLastSeq: (seq: number) => void;
}

const MAX_PAYLOAD = 1024 * 1024;

export function memoryLog(initial: readonly Uint8Array[] = []): MemoryLog {
  const entries: LogEntry[] = initial.map((bytes, at) => ({ seq: at + 1, bytes }));
  let faults: AppendFault[] = [];
  let gate: Promise<void> = Promise.resolve();
  let appends = 0;
  let running = 0;
  let unreadable = false;
  let claimed: number | undefined;
  const last = (): number => entries.at(-1)?.seq ?? 0;

  return {
    entries,
    appends: () => appends,
    failNext: (fault) => faults.push(fault),
    hold: () => {
      let release: () => void = () => undefined;
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return { release };
    },
    breakReading: () => {
      unreadable = true;
    },
    claimLastSeq: (seq) => {
      claimed = seq;
    },
    append: async (bytes, expectedLastSeq) => {
      appends++;
      running++;
      if (running > 1) throw new TypeError('a second append while one is on its way');
      try {
        await gate;
        await Promise.resolve();
        if (bytes.length === 0 || bytes.length > MAX_PAYLOAD) throw new TypeError(`a message of ${bytes.length} bytes`);
        const fault = faults[0];
        faults = faults.slice(1);
        if (fault === 'answer lost before storing') throw new Error('timeout');
        if (fault === 'another writer was faster') entries.push({ seq: last() + 1, bytes: new Uint8Array([10, 1, 8]) });
        if (expectedLastSeq !== last()) throw new Error(`wrong last sequence: ${last()}`);
        entries.push({ seq: last() + 1, bytes: new Uint8Array(bytes) });
        if (fault === 'answer lost and unreadable afterwards') unreadable = true;
        if (fault !== undefined) throw new Error('timeout');
        return { seq: last() };
      } finally {
        running--;
      }
    },
    readAll: async function* (fromSeq) {
      if (unreadable) throw new Error('timeout');
      const end = last();
      for (const entry of entries) {
        if (entry.seq < fromSeq || entry.seq > end) continue;
        await Promise.resolve();
        yield { seq: entry.seq, bytes: new Uint8Array(entry.bytes) };
      }
    },
    lastSeq: async () => claimed ?? last(),
  };
}

/** Batches in memory, with what was asked for. */
export interface MemoryBatches extends ContentBatchStore {
  readonly batches: Map<string, { bytes: Uint8Array; readonly ttlMs: number }>;
  readonly puts: () => number;
  readonly gets: () => number;
  readonly failPuts: (failing: boolean) => void;
  readonly failGets: (failing: boolean) => void;
  readonly failNextRemove: () => void;
  readonly failReplaces: (failing: boolean) => void;
  readonly hold: () => { readonly release: () => void };
}

export function memoryBatches(): MemoryBatches {
  const batches = new Map<string, { bytes: Uint8Array; readonly ttlMs: number }>();
  let puts = 0;
  let gets = 0;
  let failingPuts = false;
  let failingGets = false;
  let failingRemove = false;
  let failingReplaces = false;
  let gate: Promise<void> = Promise.resolve();
  const keyOf = ({ day, batchId }: ContentBatchName): string => {
    if (!/^[0-9]{8}$/.test(day) || !/^[0-9a-f]{8,64}$/.test(batchId))
      throw new TypeError(`a batch name ${day}.${batchId}`);
    return `${day}.${batchId}`;
  };
  return {
    batches,
    puts: () => puts,
    gets: () => gets,
    failPuts: (failing) => {
      failingPuts = failing;
    },
    failGets: (failing) => {
      failingGets = failing;
    },
    failNextRemove: () => {
      failingRemove = true;
    },
    failReplaces: (failing) => {
      failingReplaces = failing;
    },
    hold: () => {
      let release: () => void = () => undefined;
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return { release };
    },
    put: async (name, bytes, ttlMs: DurationMs) => {
      puts++;
      await gate;
      if (failingPuts) throw new Error('no room');
      if (bytes.length > MAX_PAYLOAD) throw new TypeError(`a message of ${bytes.length} bytes`);
      if (!Number.isSafeInteger(ttlMs) || ttlMs < 1000) throw new TypeError(`a time to live of ${ttlMs}`);
      batches.set(keyOf(name), { bytes: new Uint8Array(bytes), ttlMs });
    },
    get: async (name) => {
      gets++;
      if (failingGets) throw new Error('timeout');
      return batches.get(keyOf(name))?.bytes;
    },
    list: async function* () {
      for (const key of batches.keys()) {
        const [day = '', batchId = ''] = key.split('.');
        yield { day, batchId };
      }
    },
    remove: async (name) => {
      const failing = failingRemove;
      failingRemove = false;
      if (failing) throw new Error('timeout');
      batches.delete(keyOf(name));
    },
    replace: async (name, bytes, ttlMs: DurationMs) => {
      if (failingPuts || failingReplaces) throw new Error('no room');
      batches.set(keyOf(name), { bytes: new Uint8Array(bytes), ttlMs });
    },
  };
}
