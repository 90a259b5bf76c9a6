import {
  type Clock,
  type Digest,
  type EpochMs,
  type OfficeId,
  parseOfficeId,
} from '../../../services/core/foundation/index.ts';
import {
  type LedgerError,
  type LedgerEvent,
  type OpenLedgerOptions,
  openLedger,
} from '../../../services/core/ledger/index.ts';
import type { LedgerRecord } from '../../../services/core/wire/index.ts';
import type { MemoryLog } from './memory-stores.ts';

export const OFFICE: OfficeId = parseOfficeId('th-chiang-khong');
export const NOON = Date.UTC(2026, 2, 1, 12) as EpochMs;

/** A clock that stands until it is set. */
export function fakeClock(start: EpochMs = NOON): Clock & { set: (time: number) => void } {
  let time = start;
  return {
    now: () => time,
    set: (next) => {
      time = next as EpochMs;
    },
  };
}

/** Bytes that are the same in every run. */
export function countingRandom(): (size: number) => Uint8Array {
  let next = 0;
  return (size) => Uint8Array.from({ length: size }, () => next++ & 0xff);
}

export function retrieved(by: string): LedgerEvent {
  return { messageRetrieved: { origin: 'la-houayxay', envelopeId: '019531a0-0000-7000-8000-000000000001', by } };
}

/** A ledger over `store`, what it gave to the projections, and why it failed. */
export async function openTestLedger(store: MemoryLog, options: Partial<OpenLedgerOptions> = {}) {
  const seen: { record: LedgerRecord; digest: Digest }[] = [];
  const failures: LedgerError[] = [];
  const clock = fakeClock();
  const ledger = await openLedger({
    store,
    clock,
    office: OFFICE,
    random: countingRandom(),
    onRecord: (record, digest) => seen.push({ record, digest }),
    onFailure: (failure) => failures.push(failure),
    ...options,
  });
  return { ledger, seen, failures, clock };
}

/** The code of the error that `promise` rejects with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'resolved';
}
