import { type Clock, sha256 } from '../foundation/index.ts';
import type { ContentRef } from '../wire/index.ts';
import { dayOf, encodeContentBatch, nameOf, type StoredBatch, timeToLive, wholeBatch } from './content-batch.ts';
import { LedgerError } from './errors.ts';
import { framedSize, MAX_ITEM_BYTES } from './limits.ts';
import { type SizedQueue, sizedQueue } from './sized-queue.ts';
import type { ContentBatchStore, ContentItem, LedgerLimits } from './types.ts';

interface Pending {
  readonly bytes: Uint8Array;
  readonly digest: Uint8Array;
  readonly resolve: (ref: ContentRef) => void;
  readonly reject: (error: LedgerError) => void;
}

/** Writes bodies, those of one day together. */
export interface ContentWriter {
  readonly put: (items: readonly ContentItem[]) => Promise<readonly ContentRef[]>;
  readonly whenRoom: () => Promise<void>;
}

/** A writer to `store`; `onStored` sees each batch once it is on disk. */
export function contentWriter(
  store: ContentBatchStore,
  clock: Clock,
  limits: LedgerLimits,
  onStored: (day: string, batch: string, stored: StoredBatch) => void,
): ContentWriter {
  /** What waits by UTC day; a day stands here while one message at a time is on its way for it. */
  const byDay = new Map<string, SizedQueue<Pending>>();
  let queuedBytes = 0;
  let watchers: (() => void)[] = [];

  const released = (bytes: number): void => {
    queuedBytes -= bytes;
    if (queuedBytes >= limits.maxQueuedBytes / 2) return;
    const due = watchers;
    watchers = [];
    for (const resolve of due) resolve();
  };

  const write = async (day: string, batch: readonly Pending[]): Promise<void> => {
    try {
      const ttlMs = timeToLive(day, clock.now());
      if (ttlMs === undefined) throw new LedgerError('LEDGER_CONTENT_EXPIRED', { context: { day } });
      const stored = wholeBatch(batch.map(({ bytes }) => bytes));
      const name = nameOf(
        day,
        batch.map(({ digest }) => digest),
      );
      await store.put(name, encodeContentBatch(stored), ttlMs);
      onStored(day, name.batchId, stored);
      batch.forEach(({ bytes, digest, resolve }, index) => {
        resolve({ day, batch: name.batchId, index, digest, size: bytes.length });
      });
    } catch (cause) {
      const error =
        cause instanceof LedgerError
          ? cause
          : new LedgerError('LEDGER_CONTENT_PUT_FAILED', { context: { day }, cause });
      for (const { reject } of batch) reject(error);
    }
  };

  const drain = async (day: string, queue: SizedQueue<Pending>): Promise<void> => {
    while (!queue.isEmpty()) {
      const before = queue.size();
      const batch = queue.take(limits.maxBatchBytes);
      released(before - queue.size());
      await write(day, batch);
    }
    byDay.delete(day);
  };

  const queueOf = (day: string): SizedQueue<Pending> => {
    const known = byDay.get(day);
    if (known !== undefined) return known;
    const queue = sizedQueue<Pending>();
    byDay.set(day, queue);
    // After the caller's turn, so that what is put in one turn goes together.
    queueMicrotask(() => void drain(day, queue));
    return queue;
  };

  const enqueue = (item: ContentItem): Promise<ContentRef> =>
    new Promise((resolve, reject) => {
      // Copied, because the caller's buffer may change before it is on its way.
      const bytes = new Uint8Array(item.bytes);
      const size = framedSize(bytes.length);
      queuedBytes += size;
      queueOf(dayOf(item.expiresAt)).push({ bytes, digest: sha256(bytes), resolve, reject }, size);
    });

  return {
    put: async (items) => {
      for (const { bytes, expiresAt } of items) {
        if (bytes.length > MAX_ITEM_BYTES)
          throw new LedgerError('LEDGER_CONTENT_TOO_LARGE', {
            context: { bytes: bytes.length, maxBytes: MAX_ITEM_BYTES },
          });
        if (timeToLive(dayOf(expiresAt), clock.now()) === undefined)
          throw new LedgerError('LEDGER_CONTENT_EXPIRED', { context: { day: dayOf(expiresAt) } });
      }
      if (queuedBytes >= limits.maxQueuedBytes)
        throw new LedgerError('LEDGER_OVERLOADED', { context: { queuedBytes } });
      return await Promise.all(items.map(enqueue));
    },
    whenRoom: () =>
      queuedBytes < limits.maxQueuedBytes / 2 ? Promise.resolve() : new Promise((resolve) => watchers.push(resolve)),
  };
}
