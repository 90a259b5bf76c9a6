import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seconds } from '../../../services/core/foundation/index.ts';
import { LedgerError } from '../../../services/core/ledger/index.ts';
import { awaitReopening } from '../../../services/office/await-reopening.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched(writable: () => Promise<boolean>) {
  const reopening = awaitReopening(writable, seconds(2));
  let isWorthwhile = false;
  void reopening.worthwhile.then(() => {
    isWorthwhile = true;
  });
  return { reopening, worthwhileAfter: async (ms: number) => vi.advanceTimersByTimeAsync(ms).then(() => isWorthwhile) };
}

describe('awaitReopening', () => {
  it('waits until the disk takes writes again', async () => {
    let full = true;
    const { reopening, worthwhileAfter } = watched(async () => !full);
    reopening.failed(new LedgerError('LEDGER_APPEND_FAILED'));
    expect(await worthwhileAfter(10_000)).toBe(false);
    full = false;
    expect(await worthwhileAfter(2000)).toBe(true);
  });

  it('does nothing while nothing has failed', async () => {
    const { worthwhileAfter } = watched(async () => true);
    expect(await worthwhileAfter(60_000)).toBe(false);
  });

  it.each(['LEDGER_FENCE_LOST', 'LEDGER_PROJECTION_FAILED'] as const)('never reopens after %s', async (code) => {
    const { reopening, worthwhileAfter } = watched(async () => true);
    reopening.failed(new LedgerError(code));
    expect(await worthwhileAfter(60_000)).toBe(false);
  });

  it('stops waiting when it is closed', async () => {
    const { reopening, worthwhileAfter } = watched(async () => true);
    reopening.failed(new LedgerError('LEDGER_APPEND_UNDECIDED'));
    reopening.close();
    expect(await worthwhileAfter(60_000)).toBe(false);
  });
});
