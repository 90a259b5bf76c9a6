import type { HubId, OfficeId } from '../../core/foundation/index.ts';
import { findFreePorts } from './ports.ts';
import { isDialled } from './region-links.ts';
import { allHubs, allOffices, type RegionSpec } from './region-spec.ts';

/** The ports of one office or hub. */
export interface MemberPorts {
  readonly http: number;
  readonly client: number;
  readonly monitor: number;
  /** Where neighbours dial; null where nobody does. */
  readonly leaf: number | null;
}

/** The ports of every office and hub, by id. */
export type RegionPorts = ReadonlyMap<string, MemberPorts>;

/** A set of ports for every member of a region, all of them free, the lowest from `from` on. @throws RegionError REGION_NO_FREE_PORTS. */
export async function chooseRegionPorts(spec: RegionSpec, from: number): Promise<RegionPorts> {
  const members: readonly (OfficeId | HubId)[] = [...allOffices(spec), ...allHubs(spec)];
  const ports = await findFreePorts(members.length * 4, from);
  const take = (index: number): number => ports[index] ?? 0;
  // One block per use, so that the addresses of one kind lie together: the doors of the offices come first.
  return new Map(
    members.map((id, index) => [
      id,
      {
        http: take(index),
        client: take(members.length + index),
        monitor: take(members.length * 2 + index),
        leaf: isListening(spec, id) ? take(members.length * 3 + index) : null,
      },
    ]),
  );
}

/** What each port is for, in words. */
export function portUses(ports: RegionPorts): readonly { readonly port: number; readonly use: string }[] {
  return [...ports].flatMap(([id, member]) => [
    { port: member.http, use: `HTTP of ${id}` },
    { port: member.client, use: `server of ${id}` },
    { port: member.monitor, use: `monitoring of ${id}` },
    ...(member.leaf === null ? [] : [{ port: member.leaf, use: `links of ${id}` }]),
  ]);
}

function isListening(spec: RegionSpec, id: OfficeId | HubId): boolean {
  return id.startsWith('hub-') || isDialled(spec, id as OfficeId);
}
