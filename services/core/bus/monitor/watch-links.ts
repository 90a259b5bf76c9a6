import { type Clock, type DurationMs, seconds, systemClock } from '../../foundation/index.ts';
import type { LeafConnection, LinkState } from '../types.ts';
import { type MonitorAddress, readLeafs } from './read-server.ts';

/** Which links are watched, and how often the server is asked. */
export interface WatchLinksOptions<Peer extends string> extends MonitorAddress {
  readonly peers: readonly Peer[];
  /** Whether that leaf connection is the link of that peer. */
  readonly isLinkOf: (peer: Peer, leaf: LeafConnection) => boolean;
  readonly everyMs?: DurationMs;
  /** Called for each link at the first look, and whenever it goes up or down. */
  readonly onChange: (state: LinkState<Peer>) => void;
  readonly signal: AbortSignal;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/** The links as they were at the last look. */
export interface LinkWatch<Peer extends string> {
  readonly states: () => readonly LinkState<Peer>[];
  /** Whether the server answered at the last look. */
  readonly answered: () => boolean;
  /** Resolves when the watch has ended after its signal. */
  readonly ended: Promise<void>;
}

/** A server that is busy for a moment has not lost its links: so many looks in a row have to go unanswered. */
const UNANSWERED_LOOKS = 2;

/** Follows the state of each link until aborted. A server that does not answer, twice in a row, has no link. */
export function watchLinks<Peer extends string>(options: WatchLinksOptions<Peer>): LinkWatch<Peer> {
  const { clock = systemClock } = options;
  const states = new Map<Peer, LinkState<Peer>>();
  let unanswered = 0;
  const look = async (): Promise<void> => {
    const leafs = await readLeafs(options).catch(() => undefined);
    unanswered = leafs === undefined ? unanswered + 1 : 0;
    if (unanswered > 0 && unanswered < UNANSWERED_LOOKS) return;
    for (const peer of options.peers) {
      const leaf = leafs?.find((each) => options.isLinkOf(peer, each));
      const before = states.get(peer);
      const up = leaf !== undefined;
      const sinceMs = before?.up === up ? before.sinceMs : clock.now();
      const state: LinkState<Peer> = { peer, up, sinceMs, ...(up ? { roundTripMs: leaf.roundTripMs } : {}) };
      states.set(peer, state);
      if (before?.up !== state.up) options.onChange(state);
    }
  };
  const run = async (): Promise<void> => {
    while (!options.signal.aborted) {
      await look();
      await pause(options.everyMs ?? seconds(1), options.signal);
    }
  };
  return { states: () => [...states.values()], answered: () => unanswered === 0, ended: run() };
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
