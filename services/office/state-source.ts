import { type Clock, type DurationMs, isOfficeId } from '../core/foundation/index.ts';
import type { Ledger } from '../core/ledger/index.ts';
import { peerOf, type Relay } from '../core/relay/index.ts';
import type { EventFeed, HoldState, LinkReading, StateSource } from '../core/telemetry/index.ts';
import { laneWord } from './relay-telemetry.ts';
import { heldCrossings } from './views/held-json.ts';

/** How an office stands, for the gauges. */
export function stateSource(parts: {
  readonly relay: Relay;
  readonly ledger: Ledger;
  readonly feed: EventFeed;
  readonly clock: Clock;
  readonly links: () => readonly LinkReading[];
}): StateSource {
  const { relay, ledger, clock } = parts;
  return {
    outbox: () =>
      relay.links().flatMap((link) =>
        link.lanes.map((lane) => ({
          peer: link.office,
          lane: laneWord(lane.lane),
          depth: lane.waiting,
          oldestAgeMs: lane.oldestMs as DurationMs,
        })),
      ),
    holds: () => {
      const held = heldCrossings(relay.projection);
      return (['outbound', 'inbound'] as const).map((direction): HoldState => {
        const times = held
          .filter(({ key }) => key.direction === direction)
          .map(({ message }) => (message.direction === 'outbound' ? message.acceptedMs : message.receivedMs));
        const oldest = times.length === 0 ? clock.now() : Math.min(...times);
        return { direction, depth: times.length, oldestAgeMs: Math.max(0, clock.now() - oldest) as DurationMs };
      });
    },
    recalls: () => {
      const due = relay.recalls
        .list()
        .flatMap(({ direction, holders }) =>
          holders
            .filter(({ state }) => state === 'waiting' || state === 'overdue')
            .map(({ office, via, state }) => ({ direction, office, via, state })),
        );
      return relay.links().flatMap(({ office: peer }) =>
        (['outbound', 'inbound'] as const).map((direction) => {
          const here = due.filter((each) => each.direction === direction && each.via === peer);
          const overdue = here.filter(({ state }) => state === 'overdue').length;
          return { peer, direction, unanswered: here.length, overdue };
        }),
      );
    },
    requests: () => {
      const open = relay.requests.open().filter(({ life }) => life.delivered && !life.drill);
      return relay.links().flatMap(({ office }) =>
        (['asking', 'asked'] as const).map((side) => {
          const lives = open.filter((each) => each.side === side && peerOf(side, each.life) === office);
          return { peer: office, side, open: lives.length, overdue: lives.filter(({ life }) => life.overdue).length };
        }),
      );
    },
    reviews: () => {
      const reviews = relay.reviews.list();
      return (['open', 'overdue'] as const).map((state) => ({
        state,
        depth: reviews.filter((review) => review.state === state).length,
      }));
    },
    links: () => parts.links().filter(({ peer }) => isOfficeId(peer) || peer.startsWith('hub-')),
    ledgerHead: () => ledger.head().number,
    ledgerOpen: () => ledger.failure() === undefined && relay.ready(),
    subscribers: () => parts.feed.subscribers(),
  };
}
