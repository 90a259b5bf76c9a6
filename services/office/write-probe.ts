import { type Clock, durationMs, rfc3339, sha256, toHex } from '../core/foundation/index.ts';
import type { ContentBatchStore } from '../core/ledger/index.ts';
import { contentBatchCodec } from '../core/wire/index.ts';

/** Whether the disk takes a write now. */
export interface WriteProbe {
  /** Resolves to true when something was written and synced within the last few seconds, or just now. */
  readonly passes: () => Promise<boolean>;
}

const FRESH_MS = 5_000;
const KEPT_MS = durationMs(60_000);

/**
 * A probe that writes a few random bytes to the content store, where they end after a minute: a server with a full disk
 * says that it is well and takes nothing.
 */
export function writeProbe(
  store: Pick<ContentBatchStore, 'put'>,
  clock: Clock,
  random: (size: number) => Uint8Array,
): WriteProbe {
  let passedMs = Number.NEGATIVE_INFINITY;
  let running: Promise<boolean> | undefined;

  const write = async (): Promise<boolean> => {
    const body = random(16);
    const bytes = contentBatchCodec.encode({ items: [body] });
    const batchId = toHex(sha256(sha256(body)).subarray(0, 16));
    const day = rfc3339(clock.now()).slice(0, 10).replaceAll('-', '');
    try {
      await store.put({ day, batchId }, bytes, KEPT_MS);
      passedMs = clock.now();
      return true;
    } catch {
      return false;
    }
  };

  return {
    passes: () => {
      if (clock.now() - passedMs < FRESH_MS) return Promise.resolve(true);
      running ??= write().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}
