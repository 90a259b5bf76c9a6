import type { Principal } from '../../../core/access/index.ts';
import type { OfficeEvent } from '../../../core/telemetry/index.ts';
import type { Door } from '../door.ts';
import { type Sight, sightOf } from './compartments.ts';
import { visibleRelay } from './visible-relay.ts';

/**
 * The door as it is to somebody: behind it are only the messages that the compartments of the office let them see. Every
 * guarded route is handed this one, so that no route can forget to ask; whom no compartment concerns gets the door as it is.
 */
export function visibleDoor(door: Door, principal: Principal): Door {
  if (principal.agencies === null) return door;
  const sight = sightOf(principal, door.relay.projection, door.claims);
  return {
    ...door,
    relay: visibleRelay(door.relay, door.office, sight),
    index: {
      outbox: () => door.index.outbox().filter(sight.sees),
      inbox: () => door.index.inbox().filter(sight.sees),
    },
    feed: {
      ...door.feed,
      subscribe: (after) => {
        const { next, close } = door.feed.subscribe(after);
        return {
          close,
          next: async () => {
            const heard = await next();
            return heard.kind === 'events'
              ? { ...heard, events: heard.events.filter(({ event }) => mayHear(door, sight, event)) }
              : heard;
          },
        };
      },
      since: (id) => {
        const page = door.feed.since(id);
        return { ...page, events: page.events.filter(({ event }) => mayHear(door, sight, event)) };
      },
    },
    evidence: async (message) => await door.evidence(message),
  };
}

function mayHear({ relay }: Door, { seesKey, seesArea }: Sight, event: OfficeEvent): boolean {
  if (!('envelopeId' in event)) return true;
  const key = `${event.origin}/${event.envelopeId}`;
  if (event.type !== 'region-message' || relay.projection.outbound.has(key)) return seesKey(key);
  const told = relay.region.list().find(({ from, id }) => from === event.origin && id === event.envelopeId);
  return told !== undefined && seesArea(told.crimeArea, false);
}
