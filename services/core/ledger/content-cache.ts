import type { StoredBatch } from './content-batch.ts';

/** The most recently used batches, as many as fit. */
export interface ContentCache {
  readonly get: (key: string) => StoredBatch | undefined;
  readonly set: (key: string, batch: StoredBatch) => void;
  readonly forget: (key: string) => void;
}

/** An empty cache that holds at most `maxBytes` of bodies. */
export function contentCache(maxBytes: number): ContentCache {
  const entries = new Map<string, { readonly batch: StoredBatch; readonly size: number }>();
  let total = 0;

  const forget = (key: string): void => {
    total -= entries.get(key)?.size ?? 0;
    entries.delete(key);
  };

  return {
    forget,
    get: (key) => {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      // A map keeps the order of insertion: what was used last goes to the end.
      entries.delete(key);
      entries.set(key, entry);
      return entry.batch;
    },
    set: (key, batch) => {
      forget(key);
      const size = batch.items.reduce((sum, item) => sum + item.length, 0);
      if (size > maxBytes) return;
      entries.set(key, { batch, size });
      total += size;
      for (const oldest of entries.keys()) {
        if (total <= maxBytes) break;
        forget(oldest);
      }
    },
  };
}
