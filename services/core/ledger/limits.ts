import type { LedgerLimits } from './types.ts';

/** The most a store message may hold, below the server's limit of 1 MiB with room for headers. */
export const MAX_BATCH_BYTES = 900_000;

/** The largest single body. */
export const MAX_ITEM_BYTES = 768 * 1024;

/** The most that waits to be written, per store. */
export const MAX_QUEUED_BYTES = 32 * 1024 * 1024;

/** `limits` with the defaults filled in. */
export function withDefaults(limits: Partial<LedgerLimits> = {}): LedgerLimits {
  return { maxBatchBytes: MAX_BATCH_BYTES, maxQueuedBytes: MAX_QUEUED_BYTES, ...limits };
}

// The contract allows 8,192 items in a batch; at this least charge fewer fit below MAX_BATCH_BYTES.
const LEAST_CHARGE = 128;

/** What one more item of `length` bytes is counted as in a batch: at least its bytes, a tag, and its length as a varint. */
export function framedSize(length: number): number {
  return Math.max(LEAST_CHARGE, length + (length < 0x80 ? 2 : length < 0x4000 ? 3 : 4));
}
