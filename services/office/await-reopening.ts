import type { DurationMs } from '../core/foundation/index.ts';
import type { LedgerError, LedgerErrorCode } from '../core/ledger/index.ts';

/** Finds out when a ledger that failed is worth opening again. */
export interface Reopening {
  readonly failed: (failure: LedgerError) => void;
  /** Resolves once it failed for a cause that may pass, and the disk takes writes again. */
  readonly worthwhile: Promise<void>;
  readonly close: () => void;
}

/** Causes that may pass. Another writer, or a fault of our own, do not. */
const PASSING: readonly LedgerErrorCode[] = ['LEDGER_APPEND_FAILED', 'LEDGER_APPEND_UNDECIDED'];

/** Waits for a failure, and then, every `tryEveryMs`, for `writable` to be true. */
export function awaitReopening(writable: () => Promise<boolean>, tryEveryMs: DurationMs): Reopening {
  let timer: NodeJS.Timeout | undefined;
  let resolve: () => void = () => undefined;
  const worthwhile = new Promise<void>((done) => {
    resolve = done;
  });
  const tryLater = (): void => {
    timer = setTimeout(() => {
      void writable().then((good) => (good ? resolve() : tryLater()));
    }, tryEveryMs);
  };
  return {
    failed: ({ code }) => {
      if (PASSING.includes(code) && timer === undefined) tryLater();
    },
    worthwhile,
    close: () => clearTimeout(timer),
  };
}
