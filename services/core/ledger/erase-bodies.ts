import { type Clock, sameBytes, sha256 } from '../foundation/index.ts';
import type { ContentRef } from '../wire/index.ts';
import {
  decodeContentBatch,
  encodeContentBatch,
  type StoredBatch,
  timeToLive,
  withoutBodies,
} from './content-batch.ts';
import { LedgerError } from './errors.ts';
import type { ContentBatchStore, ContentStore } from './types.ts';

/** Takes single bodies out of their batches in `store`, one batch after the other; `onErased` sees each batch before and after. */
export function bodyEraser(
  store: ContentBatchStore,
  clock: Clock,
  onErased: (day: string, batch: string) => void,
): ContentStore['erase'] {
  let turn: Promise<unknown> = Promise.resolve();

  const eraseFrom = async (day: string, batch: string, refs: readonly ContentRef[]): Promise<void> => {
    const name = { day, batchId: batch };
    const bytes = await store.get(name);
    if (bytes === undefined) return;
    const ttlMs = timeToLive(day, clock.now());
    if (ttlMs === undefined) return await store.remove(name);
    const stored = decodeContentBatch(name, bytes);
    if (stored === undefined || !refs.every((ref) => isOf(stored, ref)))
      throw new LedgerError('LEDGER_CONTENT_DAMAGED', { context: { day, batch } });
    const rest = withoutBodies(stored, new Set(refs.map(({ index }) => index)));
    // Also where nothing is left to take out: an earlier attempt may have ended before the old bytes were overwritten.
    await store.replace(name, encodeContentBatch(rest), ttlMs);
  };

  const eraseAll = async (refs: readonly ContentRef[]): Promise<void> => {
    let failed: { readonly cause: unknown } | undefined;
    for (const wanted of byBatch(refs)) {
      const { day, batch } = wanted[0];
      try {
        onErased(day, batch);
        await eraseFrom(day, batch, wanted);
        onErased(day, batch);
      } catch (cause) {
        failed ??= { cause };
      }
    }
    if (failed === undefined) return;
    if (failed.cause instanceof LedgerError) throw failed.cause;
    throw new LedgerError('LEDGER_CONTENT_NOT_ERASED', { cause: failed.cause });
  };

  return (refs) => {
    const done = turn.then(() => eraseAll(refs));
    turn = done.catch(() => undefined);
    return done;
  };
}

function byBatch(refs: readonly ContentRef[]): Iterable<readonly [ContentRef, ...ContentRef[]]> {
  const batches = new Map<string, [ContentRef, ...ContentRef[]]>();
  for (const ref of refs) {
    const key = `${ref.day}/${ref.batch}`;
    const known = batches.get(key);
    if (known === undefined) batches.set(key, [ref]);
    else known.push(ref);
  }
  return batches.values();
}

function isOf({ items, erased }: StoredBatch, { index, digest }: ContentRef): boolean {
  const there = items[index];
  return there !== undefined && sameBytes(erased.get(index) ?? sha256(there), Uint8Array.from(digest));
}
