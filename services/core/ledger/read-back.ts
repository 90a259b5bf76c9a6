import { sameBytes } from '../foundation/index.ts';
import { LedgerError } from './errors.ts';
import type { LogEntry, LogStore } from './types.ts';

/**
 * The sequence under which `bytes` are stored directly after `afterSeq`, although their append was answered with
 * `cause` and not with a sequence.
 *
 * @throws LedgerError LEDGER_APPEND_FAILED (nothing is stored there), LEDGER_FENCE_LOST (something else is),
 * LEDGER_APPEND_UNDECIDED (the store does not say).
 */
export async function readBack(store: LogStore, bytes: Uint8Array, afterSeq: number, cause: unknown): Promise<number> {
  let found: LogEntry | undefined;
  try {
    for await (const entry of store.readAll(afterSeq + 1)) {
      found = entry;
      break;
    }
  } catch {
    // The cause of the append tells an operator more than that reading failed as well.
    throw new LedgerError('LEDGER_APPEND_UNDECIDED', { cause });
  }
  if (found === undefined) throw new LedgerError('LEDGER_APPEND_FAILED', { cause });
  if (!sameBytes(found.bytes, bytes)) throw new LedgerError('LEDGER_FENCE_LOST', { cause });
  return found.seq;
}
