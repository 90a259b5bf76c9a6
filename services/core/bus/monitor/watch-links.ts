import { type DurationMs, type HubId, type OfficeId, seconds } from '../../foundation/index.ts';
import { linkAccountOf } from '../../subjects/index.ts';
import type { LinkState } from '../types.ts';
import { type MonitorAddress, readLeafs } from './read-server.ts';

/** Which links are watched, and how often the server is asked. */
export interface WatchLinksOptions extends MonitorAddress {
  readonly neighbours: readonly (OfficeId | HubId)[];
  readonly everyMs?: DurationMs;
  /** Called for each link at the first look, and whenever it goes up or down. */
  readonly onChange: (state: LinkState) => void;
  readonly signal: AbortSignal;
}

/** The links as they were at the last look. */
export interface LinkWatch {
  readonly states: () => readonly LinkState[];
  /** Resolves when the watch has ended after its signal. */
  readonly ended: Promise<void>;
}

/** Follows the state of each link until aborted. A server that does not answer has no link. */
export function watchLinks(options: WatchLinksOptions): LinkWatch {
  const states = new Map<OfficeId | HubId, LinkState>();
  const look = async (): Promise<void> => {
    const leafs = await readLeafs(options).catch(() => []);
    for (const neighbour of options.neighbours) {
      const leaf = leafs.find((each) => each.account === linkAccountOf(neighbour));
      const state: LinkState =
        leaf === undefined ? { neighbour, up: false } : { neighbour, up: true, roundTripMs: leaf.roundTripMs };
      const before = states.get(neighbour);
      states.set(neighbour, state);
      if (before?.up !== state.up) options.onChange(state);
    }
  };
  const run = async (): Promise<void> => {
    while (!options.signal.aborted) {
      await look();
      await pause(options.everyMs ?? seconds(1), options.signal);
    }
  };
  return { states: () => [...states.values()], ended: run() };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
