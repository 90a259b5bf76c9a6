import { BusError } from './errors.ts';
import type { BusConnectionState } from './types.ts';

/** Ends what waits over a connection when the connection is lost. */
export interface ConnectionLosses {
  /** Rejects with BUS_DISCONNECTED or BUS_CLOSED once the connection is lost; at once when it is. `release` ends the watch. */
  readonly watch: () => { readonly promise: Promise<never>; readonly release: () => void };
  readonly enter: (state: BusConnectionState) => void;
}

/** Losses of a connection that is up. */
export function connectionLosses(): ConnectionLosses {
  const watchers = new Set<(error: BusError) => void>();
  let state: BusConnectionState = 'connected';
  const loss = (): BusError => new BusError(state === 'closed' ? 'BUS_CLOSED' : 'BUS_DISCONNECTED');
  return {
    watch: () => {
      if (state !== 'connected') throw loss();
      let watcher: (error: BusError) => void = () => undefined;
      const promise = new Promise<never>((_, reject) => {
        watcher = reject;
      });
      promise.catch(() => undefined);
      watchers.add(watcher);
      return { promise, release: () => void watchers.delete(watcher) };
    },
    enter: (next) => {
      state = next;
      if (next === 'connected') return;
      const waiting = [...watchers];
      watchers.clear();
      for (const reject of waiting) reject(loss());
    },
  };
}
