import { type LinkWatch, nationAccountOf, watchLinks } from '../core/bus/index.ts';
import { type Clock, type EpochMs, nationOf, type OfficeId, rfc3339 } from '../core/foundation/index.ts';

/** How the link of one office stands at this hub. */
export interface HubLink {
  readonly office: OfficeId;
  readonly up: boolean;
  /** When this answer was first seen; null before the first look. */
  readonly since: string | null;
  readonly roundTripMs: number | null;
}

/** Which offices are connected, and since when. */
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
  readonly monitorUrl: string;
  readonly onChange: (office: OfficeId, up: boolean) => void;
  readonly signal: AbortSignal;
}

/** Follows which offices are connected until aborted; the server tells only how it is now. */
export function followLinks(options: HubLinksOptions): HubLinks {
  const since = new Map<OfficeId, EpochMs>();
  const watch: LinkWatch<OfficeId> = watchLinks({
    monitorUrl: options.monitorUrl,
    peers: options.offices,
    // The name is the dialling server's own word; the account is what its key let it into.
    isLinkOf: (office, leaf) => leaf.remoteName === office && leaf.account === nationAccountOf(nationOf(office)),
    onChange: ({ peer, up }) => {
      since.set(peer, options.clock.now());
      options.onChange(peer, up);
    },
    signal: options.signal,
  });
  const linkOf = (office: OfficeId): HubLink => {
    const state = watch.states().find(({ peer }) => peer === office);
    const at = since.get(office);
    return {
      office,
      up: state?.up ?? false,
      since: at === undefined ? null : rfc3339(at),
      roundTripMs: state?.roundTripMs ?? null,
    };
  };
  return { all: () => options.offices.map(linkOf), answered: watch.answered, ended: watch.ended };
}
