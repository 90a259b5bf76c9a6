import { type Clock, sameBytes, sha256 } from '../foundation/index.ts';
import type { ContentRef } from '../wire/index.ts';
import { decodeContentBatch, endOfDay, type StoredBatch } from './content-batch.ts';
import { contentCache } from './content-cache.ts';
import { scrubBatches, scrubReferences } from './content-scrub.ts';
import { contentWriter } from './content-writer.ts';
import { bodyEraser } from './erase-bodies.ts';
import { LedgerError } from './errors.ts';
import { withDefaults } from './limits.ts';
import { removeEndedBatches } from './remove-ended.ts';
import type { ContentBatchStore, ContentStore, LedgerLimits } from './types.ts';

/** What a content store is opened with. */
export interface OpenContentStoreOptions {
  readonly store: ContentBatchStore;
  readonly clock: Clock;
  readonly limits?: Partial<LedgerLimits>;
  /** The most that read and written bodies take in memory. Default 16 MiB. */
  readonly cacheBytes?: number;
}

const CACHE_BYTES = 16 * 1024 * 1024;

/** Bodies by reference over `store`; nothing is read or written before it is asked for. */
export function openContentStore({
  store,
  clock,
  limits,
  cacheBytes = CACHE_BYTES,
}: OpenContentStoreOptions): ContentStore {
  const cache = contentCache(cacheBytes);
  const loading = new Map<string, Promise<StoredBatch | undefined>>();
  const writer = contentWriter(store, clock, withDefaults(limits), (day, batch, stored) =>
    cache.set(`${day}/${batch}`, stored),
  );
  const erase = bodyEraser(store, clock, (day, batch) => {
    cache.forget(`${day}/${batch}`);
    // What is being read now was read before it was erased.
    loading.delete(`${day}/${batch}`);
  });

  const isOver = (day: string): boolean => clock.now() >= (endOfDay(day) ?? 0);

  const load = async ({ day, batch }: ContentRef): Promise<StoredBatch | undefined> => {
    const name = { day, batchId: batch };
    let bytes: Uint8Array | undefined;
    try {
      bytes = await store.get(name);
    } catch (cause) {
      throw new LedgerError('LEDGER_CONTENT_UNREADABLE', { context: { day, batch }, cause });
    }
    if (bytes === undefined) return undefined;
    const stored = decodeContentBatch(name, bytes);
    if (stored === undefined) throw new LedgerError('LEDGER_CONTENT_DAMAGED', { context: { day, batch } });
    return stored;
  };

  /** The batch from the store; readers of one batch wait for one answer. */
  const loadOnce = (ref: ContentRef): Promise<StoredBatch | undefined> => {
    const key = `${ref.day}/${ref.batch}`;
    const running = loading.get(key);
    if (running !== undefined) return running;
    const isCurrent = (): boolean => loading.get(key) === started;
    const started: Promise<StoredBatch | undefined> = load(ref)
      .then((stored) => {
        if (stored !== undefined && isCurrent()) cache.set(key, stored);
        return stored;
      })
      .finally(() => isCurrent() && loading.delete(key));
    loading.set(key, started);
    return started;
  };

  const pick = (ref: ContentRef, stored: StoredBatch | undefined): Uint8Array | undefined => {
    const context = { day: ref.day, batch: ref.batch, index: ref.index };
    if (stored === undefined) {
      if (isOver(ref.day)) return undefined;
      throw new LedgerError('LEDGER_CONTENT_MISSING', { context });
    }
    if (stored.erased.has(ref.index)) throw new LedgerError('LEDGER_CONTENT_ERASED', { context });
    const bytes = stored.items[ref.index];
    if (bytes === undefined || bytes.length !== ref.size || !sameBytes(sha256(bytes), Uint8Array.from(ref.digest))) {
      throw new LedgerError('LEDGER_CONTENT_DAMAGED', { context });
    }
    // A copy: what the caller does with it changes nothing here, and keeps no batch in memory.
    return new Uint8Array(bytes);
  };

  const get = async (ref: ContentRef): Promise<Uint8Array | undefined> => {
    if (isOver(ref.day)) return undefined;
    return pick(ref, cache.get(`${ref.day}/${ref.batch}`) ?? (await loadOnce(ref)));
  };

  return {
    put: writer.put,
    erase,
    whenRoom: writer.whenRoom,
    get,
    scrub: (refs) => {
      // A cache of its own, filled from the disk alone: what is in memory says nothing about the disk.
      const read = contentCache(cacheBytes);
      const fromDisk = async (ref: ContentRef): Promise<Uint8Array | undefined> => {
        if (isOver(ref.day)) return undefined;
        const key = `${ref.day}/${ref.batch}`;
        const stored = read.get(key) ?? (await load(ref));
        if (stored !== undefined) read.set(key, stored);
        return pick(ref, stored);
      };
      return scrubReferences(fromDisk, refs);
    },
    scrubAll: () => scrubBatches(store),
    removeEnded: () => removeEndedBatches(store, clock.now(), ({ day, batchId }) => cache.forget(`${day}/${batchId}`)),
  };
}
