import { type EpochMs, type HubId, rfc3339 } from '../../../core/foundation/index.ts';
import type { HubStanding, LinkView } from '../../../core/relay/index.ts';
import { Lane } from '../../../core/wire/index.ts';
import { codeName } from '../../views/code-names.ts';
import type { Door, LinkWay } from '../door.ts';
import { guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';

type Json = Readonly<Record<string, unknown>>;

/** The lanes of messages by their precedence; receipts and status are nobody's work. */
const WAITING = [
  [Lane.FLASH, 'PRECEDENCE_FLASH'],
  [Lane.IMMEDIATE, 'PRECEDENCE_IMMEDIATE'],
  [Lane.PRIORITY, 'PRECEDENCE_PRIORITY'],
  [Lane.ROUTINE, 'PRECEDENCE_ROUTINE'],
] as const;

/** `GET /v1/links`: how the links stand. */
export const listLinks = guardedRoute({
  method: 'GET',
  path: '/v1/links',
  name: 'listLinks',
  action: 'read-links',
  summary: 'See how the links stand',
  about:
    'Per neighbour and hub whether it is up and since when, what waits for it, and when something signed by it was last verified; lane by lane what is confirmed and what is missing; and whether the node itself does its work.',
  answers: { 200: { about: 'All links, and the node.', schema: schemaRef('Links') } },
  handle: async (door) => {
    const { ready, reasons, warnings } = await door.readiness();
    const now = door.clock.now();
    return {
      status: 200,
      body: {
        node: { ready, reasons, warnings, at: rfc3339(now) },
        items: door.relay.links().map((link) => linkJson(door, link, now)),
        hubs: door.relay.region.standing().hubs.map((hub) => hubJson(door, hub)),
      },
    };
  },
});

function linkJson(door: Door, link: LinkView, now: EpochMs): Json {
  const ways = door.linkWays(link.office);
  const traffic = door.relay.projection.traffic.get(link.office);
  return {
    office: link.office,
    scope: link.scope,
    ...stateOf(ways),
    ways: ways.map(({ over, up, sinceMs }) => ({ over, up, since: timeOf(sinceMs) })),
    heardAt: timeOf(link.heardMs),
    silent: link.silent,
    receivedAt: timeOf(traffic?.receivedMs ?? null),
    deliveredAt: timeOf(traffic?.deliveredMs ?? null),
    waits: WAITING.flatMap(([lane, precedence]) => {
      const found = link.lanes.find((one) => one.lane === lane);
      if (found === undefined || found.waiting === 0) return [];
      return [{ precedence, count: found.waiting, oldestAt: rfc3339((now - found.oldestMs) as EpochMs) }];
    }),
    historyFaults: link.historyFaults,
    lanes: link.lanes.map((lane) => ({
      lane: codeName('Lane', lane.lane),
      waiting: lane.waiting,
      oldestMs: lane.oldestMs,
      sentThrough: lane.sentThrough,
      confirmedThrough: lane.confirmedThrough,
      receivedThrough: lane.receivedThrough,
      missing: lane.missing,
    })),
  };
}

function hubJson(door: Door, { hub, heardMs, waiting, cursor, size }: HubStanding): Json {
  const { up, sinceMs } = door.linkState(hub as HubId);
  return {
    hub,
    up,
    since: timeOf(sinceMs),
    heardAt: timeOf(heardMs),
    waiting,
    toFetch: size === null ? null : Math.max(0, size - cursor),
  };
}

/** Up where one of its ways is, since the first of those; down since the last went down. Not known while none was asked after. */
function stateOf(ways: readonly LinkWay[]): Json {
  const known = ways.filter(({ up }) => up !== null);
  if (known.length === 0) return { up: null, since: null };
  const up = known.filter((way) => way.up === true);
  const times = (up.length > 0 ? up : known).flatMap(({ sinceMs }) => sinceMs ?? []);
  const since = up.length > 0 ? Math.min(...times) : Math.max(...times);
  return { up: up.length > 0, since: times.length === 0 ? null : rfc3339(since as EpochMs) };
}

function timeOf(ms: EpochMs | null): string | null {
  return ms === null ? null : rfc3339(ms);
}
