import { type Clock, type EpochMs, isLiaisonError } from '../foundation/index.ts';
import type { OfficeId } from '../foundation/index.ts';
import type { ContentRef, Lane } from '../wire/index.ts';
import type { ContentItem, ContentStore, Ledger, LedgerEvent, OutboundLanes } from '../ledger/index.ts';
import { RelayError } from './errors.ts';

/** What a piece of work sees while it is prepared: nothing else changes the ledger until it is committed. */
export interface Round {
  readonly at: EpochMs;
  /** The next number of a lane, given to this work alone; given back when the work is refused. */
  readonly takeNumber: (to: OfficeId, lane: Lane) => number;
}

/** What a piece of work wants on record. */
export interface Prepared<Result> {
  readonly contents: readonly ContentItem[];
  /** The records, made once the contents are on disk; `refs` in the order of `contents`. */
  readonly events: (refs: readonly ContentRef[]) => readonly LedgerEvent[];
  /** What the caller gets once everything is on disk and the projections show it. */
  readonly result: (refs: readonly ContentRef[]) => Result;
}

/** The one place where the office's state changes: work waits its turn, and what waits is committed together. */
export interface Desk {
  /**
   * Content and records are on disk, in this order, when it resolves. `prepare` runs when it is this work's turn and
   * may throw: then only this work is refused.
   * @throws RelayError RELAY_STOPPED, RELAY_BUSY; whatever `prepare` throws; the ledger's and content store's errors.
   */
  readonly commit: <Result>(prepare: (round: Round) => Prepared<Result>) => Promise<Result>;
  /** Resolves when everything that was taken on is committed; nothing is taken on afterwards. */
  readonly close: () => Promise<void>;
  readonly failed: () => boolean;
}

interface Job {
  readonly prepare: (round: Round) => Prepared<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

interface ReadyJob extends Job {
  readonly prepared: Prepared<unknown>;
}

const MAX_ROUND = 512;
const MAX_WAITING = 20_000;

/** The desk over a ledger and its content store. A ledger that cannot be written closes the desk for good. */
export function openDesk(parts: {
  readonly ledger: Ledger;
  readonly content: ContentStore;
  readonly lanes: OutboundLanes;
  readonly clock: Clock;
  readonly onFailure: (cause: unknown) => void;
}): Desk {
  const waiting: Job[] = [];
  let running: Promise<void> | undefined;
  let closed = false;
  let failed = false;

  const prepareAll = (jobs: readonly Job[]): readonly ReadyJob[] => {
    const taken = new Map<string, number>();
    const at = parts.clock.now();
    const ready: ReadyJob[] = [];
    for (const job of jobs) {
      const before = new Map(taken);
      const takeNumber = (to: OfficeId, lane: Lane): number => {
        const key = `${to}/${lane}`;
        const count = taken.get(key) ?? 0;
        taken.set(key, count + 1);
        return parts.lanes.lane(to, lane).nextNumber + count;
      };
      try {
        ready.push({ ...job, prepared: job.prepare({ at, takeNumber }) });
      } catch (refusal) {
        taken.clear();
        for (const [key, count] of before) taken.set(key, count);
        job.reject(refusal);
      }
    }
    return ready;
  };

  const round = async (jobs: readonly Job[]): Promise<void> => {
    const ready = prepareAll(jobs);
    if (ready.length === 0) return;
    const settle = (reason: unknown): void => {
      for (const job of ready) job.reject(reason);
    };
    let refs: readonly ContentRef[];
    try {
      const contents = ready.flatMap((job) => job.prepared.contents);
      refs = contents.length === 0 ? [] : await parts.content.put(contents);
    } catch (cause) {
      settle(cause);
      return;
    }
    try {
      let offset = 0;
      const shares: (readonly ContentRef[])[] = [];
      const events: LedgerEvent[] = [];
      for (const { prepared } of ready) {
        const share = refs.slice(offset, offset + prepared.contents.length);
        offset += prepared.contents.length;
        shares.push(share);
        for (const event of prepared.events(share)) events.push(event);
      }
      if (events.length > 0) await parts.ledger.append(events);
      ready.forEach((job, index) => job.resolve(job.prepared.result(shares[index] ?? [])));
    } catch (cause) {
      failed = true;
      settle(cause);
      for (const job of waiting.splice(0)) job.reject(new RelayError('RELAY_STOPPED', { cause }));
      parts.onFailure(cause);
    }
  };

  const run = async (): Promise<void> => {
    while (waiting.length > 0 && !failed) await round(waiting.splice(0, MAX_ROUND));
    running = undefined;
  };

  return {
    commit: (prepare) =>
      new Promise((resolve, reject) => {
        if (closed || failed) return reject(new RelayError('RELAY_STOPPED'));
        if (waiting.length >= MAX_WAITING) return reject(new RelayError('RELAY_BUSY'));
        waiting.push({ prepare, resolve: resolve as (value: unknown) => void, reject });
        running ??= Promise.resolve().then(run);
      }),
    close: async () => {
      closed = true;
      await running;
    },
    failed: () => failed,
  };
}

/** True for a refusal on purpose; false for a bug of ours. */
export function isRefusal(value: unknown): boolean {
  return isLiaisonError(value);
}
