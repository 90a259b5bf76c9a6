import type { HubError } from '../errors.ts';
import type { HubLogEntry } from './entry.ts';
import { type HubLog, MAX_BATCH } from './hub-log.ts';
import type { JudgedItem } from './judge-item.ts';

/** Items that wait to be stored; they go into the log together, in the order in which they came. */
export interface ItemQueue {
  /** Tells what became of the item, once; false where too much waits already and it was not taken. */
  readonly add: (item: JudgedItem, done: (outcome: HubLogEntry | HubError | unknown) => void) => boolean;
  readonly waiting: () => number;
  /** Resolves when nothing waits any more. */
  readonly drained: () => Promise<void>;
}

/** What becomes of an item that could not be stored: nothing of its batch counts. */
export class NotStored {
  readonly cause: unknown;
  constructor(cause: unknown) {
    this.cause = cause;
  }
}

const MAX_WAITING = 1024;

/** A queue over a log. `onStored` hears of entries when they are on disk, before whoever released them does. */
export function itemQueue(log: HubLog, onStored: (entries: readonly HubLogEntry[]) => Promise<void>): ItemQueue {
  const waiting: { readonly item: JudgedItem; readonly done: (outcome: unknown) => void }[] = [];
  let working: Promise<void> | undefined;
  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MAX_BATCH);
      const before = log.state.size();
      let outcomes: readonly unknown[];
      try {
        outcomes = await log.take(batch.map(({ item }) => item));
        await onStored(log.state.all().slice(before));
      } catch (error) {
        outcomes = batch.map(() => new NotStored(error));
      }
      for (const [at, { done }] of batch.entries()) done(outcomes[at]);
    }
    working = undefined;
  };
  return {
    add: (item, done) => {
      if (waiting.length >= MAX_WAITING) return false;
      waiting.push({ item, done });
      working ??= work();
      return true;
    },
    waiting: () => waiting.length,
    drained: async () => {
      while (working !== undefined) await working;
    },
  };
}
