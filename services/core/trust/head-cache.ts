import type { HeadCache, KnownHead } from './types.ts';

const DEFAULT_MAX_HEADS = 4096;

function keyOf(signature: Uint8Array): string {
  return Buffer.from(signature.buffer, signature.byteOffset, signature.byteLength).toString('latin1');
}

/** A cache of at most `maxHeads` verified heads, by signature; the one that was not asked for the longest goes first. */
export function headCache(maxHeads: number = DEFAULT_MAX_HEADS): HeadCache {
  const heads = new Map<string, KnownHead>();
  return {
    find: (signature) => {
      const key = keyOf(signature);
      const known = heads.get(key);
      if (known === undefined) return undefined;
      heads.delete(key);
      heads.set(key, known);
      return known;
    },
    keep: (head) => {
      heads.set(keyOf(head.signature), head);
      if (heads.size <= maxHeads) return;
      for (const oldest of heads.keys()) {
        heads.delete(oldest);
        break;
      }
    },
  };
}
