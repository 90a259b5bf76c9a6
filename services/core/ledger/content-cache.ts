/** The most recently used batches, as many as fit. */
export interface ContentCache {
  readonly get: (key: string) => readonly Uint8Array[] | undefined;
  readonly set: (key: string, items: readonly Uint8Array[]) => void;
  readonly forget: (key: string) => void;
}

/** An empty cache that holds at most `maxBytes` of bodies. */
export function contentCache(maxBytes: number): ContentCache {
  const entries = new Map<string, { readonly items: readonly Uint8Array[]; readonly size: number }>();
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
      return entry.items;
    },
    set: (key, items) => {
      forget(key);
      const size = items.reduce((sum, item) => sum + item.length, 0);
      if (size > maxBytes) return;
      entries.set(key, { items, size });
      total += size;
      for (const oldest of entries.keys()) {
        if (total <= maxBytes) break;
        forget(oldest);
      }
    },
  };
}
