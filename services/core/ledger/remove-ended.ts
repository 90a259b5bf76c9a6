import { type EpochMs, later, seconds } from '../foundation/index.ts';
import { endOfDay } from './content-batch.ts';
import { LedgerError } from './errors.ts';
import type { ContentBatchName, ContentBatchStore } from './types.ts';

/** How long after its day a batch is left alone, so that a clock error never ends it early; well before the store ends it. */
const CLOCK_MARGIN_MS = seconds(600);

/** Every batch whose day is over was removed; how many. `onRemoved` sees each. @throws LedgerError LEDGER_CONTENT_NOT_REMOVED after having tried all. */
export async function removeEndedBatches(
  store: Pick<ContentBatchStore, 'list' | 'remove'>,
  now: EpochMs,
  onRemoved: (batch: ContentBatchName) => void,
): Promise<number> {
  let removed = 0;
  let failed = 0;
  let cause: unknown;
  try {
    for await (const batch of store.list()) {
      if (!isOver(batch.day, now)) continue;
      try {
        await store.remove(batch);
        onRemoved(batch);
        removed += 1;
      } catch (error) {
        failed += 1;
        cause = error;
      }
    }
  } catch (error) {
    throw new LedgerError('LEDGER_CONTENT_NOT_REMOVED', { cause: error });
  }
  if (failed > 0) throw new LedgerError('LEDGER_CONTENT_NOT_REMOVED', { cause, context: { batches: failed } });
  return removed;
}

function isOver(day: string, now: EpochMs): boolean {
  const end = endOfDay(day);
  return end !== undefined && now >= later(end, CLOCK_MARGIN_MS);
}
