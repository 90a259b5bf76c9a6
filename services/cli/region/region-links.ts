import { type HubId, nationOf, type OfficeId } from '../../core/foundation/index.ts';
import type { Address } from '../home/link-card.ts';
import type { PlannedLink } from '../home/server-plan.ts';
import { officesOf, pairsOf, peerIn, type RegionSpec } from './region-spec.ts';

/** Dialled instead of the neighbour's own listener: a proxy in between. */
export type DialVia = (dialler: OfficeId, neighbour: OfficeId | HubId) => Address | null;

/** Every link of an office, as its server needs it. */
export function linksOfOffice(spec: RegionSpec, office: OfficeId, via: DialVia): readonly PlannedLink[] {
  const links: Omit<PlannedLink, 'operations'>[] = [];
  const hubs = new Map<HubId, OfficeId[]>();
  for (const pair of pairsOf(spec, office)) {
    const peer = peerIn(pair, office);
    if ('hub' in pair) hubs.set(pair.hub, [...(hubs.get(pair.hub) ?? []), peer]);
    else if (pair.accepts === office) links.push({ neighbour: peer, kind: 'accepts', peers: [peer], via: null });
    else links.push({ neighbour: peer, kind: 'dials', peers: [peer], via: via(office, peer) });
  }
  for (const [hub, peers] of hubs) links.push({ neighbour: hub, kind: 'dials', peers, via: via(office, hub) });
  return links.map((link) => ({ ...link, operations: link.peers.some((peer) => mayOperate(spec, office, peer)) }));
}

/** Every link of a hub, which dials nobody. */
export function linksOfHub(spec: RegionSpec, hub: HubId): readonly PlannedLink[] {
  const pairs = routesOfHub(spec, hub);
  const offices = [...new Set(pairs.flat())];
  return offices.map((office) => ({
    neighbour: office,
    kind: 'accepts',
    peers: [office],
    via: null,
    operations: pairs.some((pair) => pair.includes(office) && mayOperate(spec, ...pair)),
  }));
}

/** The pairs that may exchange through a hub. */
export function routesOfHub(spec: RegionSpec, hub: HubId): readonly (readonly [OfficeId, OfficeId])[] {
  return spec.pairs.filter((pair) => 'hub' in pair && pair.hub === hub).map(officesOf);
}

/** The hubs that an office is linked to and that an agreement of its nation names for the region. */
export function regionalHubs(spec: RegionSpec, office: OfficeId): readonly HubId[] {
  const named = (spec.joint ?? [])
    .filter(({ nations }) => nations.includes(nationOf(office)))
    .flatMap(({ hubs }) => hubs);
  const linked = pairsOf(spec, office).flatMap((pair) => ('hub' in pair ? [pair.hub] : []));
  return [...new Set(linked)].filter((hub) => named.includes(hub));
}

/** Whether anybody dials this office. */
export function isDialled(spec: RegionSpec, office: OfficeId): boolean {
  return spec.pairs.some((pair) => !('hub' in pair) && pair.accepts === office);
}

/** Whether the nations of both have agreed that their offices may run operations together. */
function mayOperate({ joint = [] }: RegionSpec, one: OfficeId, other: OfficeId): boolean {
  return joint.some(({ nations }) => [one, other].every((office) => nations.includes(nationOf(office))));
}
