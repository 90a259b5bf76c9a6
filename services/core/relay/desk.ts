import { type Clock, type EpochMs, isLiaisonError, type OfficeId, type Scope } from '../foundation/index.ts';
import type { ContentItem, ContentStore, Ledger, LedgerEvent, OutboundLanes } from '../ledger/index.ts';
import type { ContentRef, Lane } from '../wire/index.ts';
import { RelayError } from './errors.ts';

/** What a piece of work sees while it is prepared: nothing else about its subjects changes until it is committed. */
export interface Round {
  readonly at: EpochMs;
  /** The next number of a lane, given to this work alone; given back when the work is refused. */
  readonly takeNumber: (to: OfficeId, lane: Lane) => number;
  /** What stands under a number that was taken, as it goes into a frame: it may be framed in this very round. */
  readonly leaves: (item: LeavingItem) => void;
}

/** An item of a lane that is about to go on record. */
export interface LeavingItem {
  readonly to: OfficeId;
  readonly scope: Scope;
  readonly lane: Lane;
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** A frame that goes on record together with what it holds. */
export interface FrameAtOnce {
  readonly event: LedgerEvent;
  /** It is on disk. Never throws. */
  readonly recorded: () => void;
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
   * Content and records are on disk, in this order, when it resolves. `prepare` runs when it is this work's turn, may
   * run again where the work could not be committed with the others, and may throw: then only this work is refused.
   *
   * Works that name a subject in common are committed one after the other, so that the later one sees what the earlier
   * one changed; others do not see each other.
   * @throws RelayError RELAY_STOPPED, RELAY_BUSY; whatever `prepare` throws; the ledger's and content store's errors.
   */
  readonly commit: <Result>(
    prepare: (round: Round) => Prepared<Result>,
    subjects?: readonly string[],
  ) => Promise<Result>;
  /**
   * Runs `work` before the next round is taken and while none is being written: what it gets ready for those who wait
   * for it, a signature for instance, serves all that came meanwhile, and they are in time for that round.
   */
  readonly beforeRound: (work: () => Promise<void>) => void;
  /**
   * Records that nobody waits for: they go with the next work that is committed, after NOTE_WITHIN_MS at the latest, and
   * so cost no disk sync of their own. Tried again where they could not be written, lost when the process is killed before that.
   */
  readonly note: (events: () => readonly LedgerEvent[]) => void;
  /** Resolves when everything that was taken on is committed; nothing is taken on afterwards. */
  readonly close: () => Promise<void>;
  /** The ledger cannot be written any more: nothing changes and nothing leaves. */
  readonly failed: () => boolean;
}

interface Job {
  readonly prepare: (round: Round) => Prepared<unknown>;
  readonly subjects: readonly string[];
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

interface ReadyJob extends Job {
  readonly prepared: Prepared<unknown>;
}

const MAX_ROUND = 512;
const MAX_WAITING = 20_000;
const NOTE_WITHIN_MS = 250;
/** What arrives while a round is got ready is still in time for it, so often. */
const TURNS_BEFORE_ROUND = 4;
const NO_SUBJECTS: readonly string[] = [];
const NO_FRAMES = async (): Promise<readonly FrameAtOnce[]> => [];
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The desk over a ledger and its content store. A ledger that cannot be written closes the desk for good. */
export function openDesk(parts: {
  readonly ledger: Ledger;
  readonly content: ContentStore;
  readonly lanes: OutboundLanes;
  readonly clock: Clock;
  /** Frames of some of these items, made now so that they need no append of their own. Never rejects. */
  readonly frameAtOnce?: (items: readonly LeavingItem[]) => Promise<readonly FrameAtOnce[]>;
  readonly onFailure: (cause: unknown) => void;
}): Desk {
  const frameAtOnce = parts.frameAtOnce ?? NO_FRAMES;
  const waiting: Job[] = [];
  const noted: Job[] = [];
  let early: (() => Promise<void>)[] = [];
  let noteTimer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let closed = false;
  let failed = false;
  let roundSize = MAX_ROUND;

  /** The next works in order; what is about a subject of one before it waits for the next round. */
  const nextJobs = (): Job[] => {
    waiting.push(...noted.splice(0));
    const taken = new Set<string>();
    const jobs: Job[] = [];
    const later: Job[] = [];
    let looked = 0;
    for (const job of waiting) {
      if (jobs.length === roundSize) break;
      (job.subjects.some((subject) => taken.has(subject)) ? later : jobs).push(job);
      for (const subject of job.subjects) taken.add(subject);
      looked++;
    }
    waiting.splice(0, looked, ...later);
    return jobs;
  };

  const prepareAll = (jobs: readonly Job[], leaving: LeavingItem[]): readonly ReadyJob[] => {
    const taken = new Map<string, number>();
    const at = parts.clock.now();
    const ready: ReadyJob[] = [];
    const leaves = (item: LeavingItem): void => void leaving.push(item);
    for (const job of jobs) {
      const before = new Map(taken);
      const leavingBefore = leaving.length;
      const takeNumber = (to: OfficeId, lane: Lane): number => {
        const key = `${to}/${lane}`;
        const count = taken.get(key) ?? 0;
        taken.set(key, count + 1);
        return parts.lanes.lane(to, lane).nextNumber + count;
      };
      try {
        ready.push({ ...job, prepared: job.prepare({ at, takeNumber, leaves }) });
      } catch (refusal) {
        leaving.length = leavingBefore;
        taken.clear();
        for (const [key, count] of before) taken.set(key, count);
        job.reject(refusal);
      }
    }
    return ready;
  };

  /** Writes all of it; returns each work's references. */
  const write = async (
    ready: readonly ReadyJob[],
    leaving: readonly LeavingItem[],
  ): Promise<readonly (readonly ContentRef[])[]> => {
    const contents = ready.flatMap((job) => job.prepared.contents);
    const refs = contents.length === 0 ? [] : await parts.content.put(contents);
    const shares: (readonly ContentRef[])[] = [];
    const events: LedgerEvent[] = [];
    let offset = 0;
    for (const { prepared } of ready) {
      const share = refs.slice(offset, offset + prepared.contents.length);
      offset += prepared.contents.length;
      shares.push(share);
      for (const event of prepared.events(share)) events.push(event);
    }
    if (events.length === 0) return shares;
    await record(events, leaving.length === 0 ? [] : await frameAtOnce(leaving));
    return shares;
  };

  const record = async (events: readonly LedgerEvent[], frames: readonly FrameAtOnce[]): Promise<void> => {
    try {
      await parts.ledger.append([...events, ...frames.map(({ event }) => event)]);
    } catch (cause) {
      // What fits alone must not be turned away for a frame that can wait.
      if (frames.length === 0 || !isLiaisonError(cause) || cause.disposition !== 'reject') throw cause;
      return await record(events, []);
    }
    for (const { recorded } of frames) recorded();
  };

  const stop = (ready: readonly ReadyJob[], cause: unknown): void => {
    failed = true;
    for (const job of [...ready, ...waiting.splice(0), ...noted.splice(0)])
      job.reject(new RelayError('RELAY_STOPPED', { cause }));
    parts.onFailure(cause);
  };

  const round = async (jobs: readonly Job[]): Promise<void> => {
    if (jobs.length === 0 || failed) {
      for (const job of jobs) job.reject(new RelayError('RELAY_STOPPED'));
      return;
    }
    const leaving: LeavingItem[] = [];
    const ready = prepareAll(jobs, leaving);
    if (ready.length === 0) return;
    let shares: readonly (readonly ContentRef[])[];
    try {
      shares = await write(ready, leaving);
    } catch (cause) {
      if (parts.ledger.failure() !== undefined) return stop(ready, cause);
      // Nothing was written. What cannot be written at all, or not together, must not take the others with it.
      const isOfOne = !isLiaisonError(cause) || cause.disposition === 'reject';
      if (!isOfOne || ready.length === 1) {
        for (const job of ready) job.reject(cause);
        return;
      }
      const half = Math.ceil(ready.length / 2);
      roundSize = half;
      await round(ready.slice(0, half));
      await round(ready.slice(half));
      return;
    }
    if (ready.length >= roundSize) roundSize = Math.min(MAX_ROUND, roundSize + 8);
    ready.forEach((job, index) => {
      try {
        job.resolve(job.prepared.result(shares[index] ?? []));
      } catch (bug) {
        job.reject(bug);
      }
    });
  };

  /** Does what was asked for before the round, and lets those who waited for it say what they want on record. */
  const getReady = async (): Promise<void> => {
    const works = early;
    early = [];
    await Promise.all(works.map((work) => work()));
    await nextTurn();
  };

  const run = async (): Promise<void> => {
    clearTimeout(noteTimer);
    noteTimer = undefined;
    do {
      for (let turn = 0; turn < TURNS_BEFORE_ROUND && early.length > 0; turn++) await getReady();
      await round(nextJobs());
    } while (waiting.length > 0 || early.length > 0);
    running = undefined;
    if (noted.length > 0) startLater();
  };

  const start = (): void => {
    running ??= Promise.resolve().then(run);
  };

  const startLater = (): void => {
    if (closed) start();
    else noteTimer ??= setTimeout(start, NOTE_WITHIN_MS);
  };

  return {
    commit: (prepare, subjects = NO_SUBJECTS) =>
      new Promise((resolve, reject) => {
        if (closed || failed) return reject(new RelayError('RELAY_STOPPED'));
        if (waiting.length >= MAX_WAITING) return reject(new RelayError('RELAY_BUSY'));
        waiting.push({ prepare, subjects, resolve: resolve as (value: unknown) => void, reject });
        start();
      }),
    beforeRound: (work) => {
      early.push(work);
      // After all that has arrived by now, so that it goes together.
      running ??= nextTurn().then(run);
    },
    note: (events) => {
      if (closed || failed) return;
      const prepared = { contents: [], events, result: () => undefined };
      const job: Job = {
        prepare: () => prepared,
        subjects: NO_SUBJECTS,
        resolve: () => undefined,
        // What kept the others from being written is told to them; this waits for the next.
        reject: () => void (failed || closed || noted.push(job)),
      };
      noted.push(job);
      if (running === undefined) startLater();
    },
    close: async () => {
      closed = true;
      if (noted.length > 0) start();
      while (running !== undefined) await running;
    },
    failed: () => failed,
  };
}
