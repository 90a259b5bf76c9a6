import { toHex } from '../foundation/index.ts';

/** Bytes that were just put on disk and will be needed again at once, within a bound of memory. */
export interface RecentBytes {
  readonly keep: (digest: Uint8Array, bytes: Uint8Array) => void;
  readonly get: (digest: Uint8Array) => Uint8Array | undefined;
  /** Nothing of it is in memory any more. */
  readonly forget: (digest: Uint8Array) => void;
}

/** Keeps the newest `maxBytes`. */
export function recentBytes(maxBytes: number): RecentBytes {
  const kept = new Map<string, Uint8Array>();
  let size = 0;
  return {
    keep: (digest, bytes) => {
      const key = toHex(digest);
      if (kept.has(key)) return;
      kept.set(key, bytes);
      size += bytes.length;
      for (const [oldest, old] of kept) {
        if (size <= maxBytes) break;
        kept.delete(oldest);
        size -= old.length;
      }
    },
    get: (digest) => kept.get(toHex(digest)),
    forget: (digest) => {
      size -= kept.get(toHex(digest))?.length ?? 0;
      kept.delete(toHex(digest));
    },
  };
}
