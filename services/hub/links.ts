import { type LeafConnection, nationAccountOf } from '../core/bus/index.ts';
import { type Clock, durationMs, type EpochMs, nationOf, type OfficeId, rfc3339 } from '../core/foundation/index.ts';

/** How the link of one office stands at this hub. */
export interface HubLink {
  readonly office: OfficeId;
  readonly up: boolean;
  /** When this answer was first seen; null before the first look. */
  readonly since: string | null;
  readonly roundTripMs: number | null;
}

/** Follows which offices are connected, by looking every second; the server tells only how it is now. */
export interface HubLinks {
  readonly all: () => readonly HubLink[];
  /** Whether the server answered at the last look. */
  readonly answered: () => boolean;
  readonly ended: Promise<void>;
}

/** What the links are followed with. */
export interface HubLinksOptions {
  readonly offices: readonly OfficeId[];
  readonly clock: Clock;
  readonly read: () => Promise<readonly LeafConnection[]>;
  readonly onChange: (office: OfficeId, up: boolean) => void;
  readonly signal: AbortSignal;
}

const LOOK_EVERY_MS = durationMs(1000);

/** Looks until aborted. */
export function followLinks(options: HubLinksOptions): HubLinks {
  const links = new Map<OfficeId, { up: boolean; since: EpochMs; roundTripMs: number | null }>();
  let answered = false;
  const look = async (): Promise<void> => {
    const leafs = await options.read().catch(() => undefined);
    answered = leafs !== undefined;
    for (const office of options.offices) {
      // The name is the dialling server's own word; the account is what its key let it into.
      const account = nationAccountOf(nationOf(office));
      const leaf = leafs?.find((each) => each.remoteName === office && each.account === account);
      const before = links.get(office);
      const up = leaf !== undefined;
      const since = before?.up === up ? before.since : options.clock.now();
      links.set(office, { up, since, roundTripMs: leaf?.roundTripMs ?? null });
      if (before?.up !== up) options.onChange(office, up);
    }
  };
  const run = async (): Promise<void> => {
    while (!options.signal.aborted) {
      await look();
      await pause(options.signal);
    }
  };
  return {
    all: () =>
      options.offices.map((office) => {
        const link = links.get(office);
        return {
          office,
          up: link?.up ?? false,
          since: link === undefined ? null : rfc3339(link.since),
          roundTripMs: link?.roundTripMs ?? null,
        };
      }),
    answered: () => answered,
    ended: run(),
  };
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, LOOK_EVERY_MS);
    signal.addEventListener('abort', done, { once: true });
  });
}
