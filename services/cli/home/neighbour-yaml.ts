import { isOfficeId, type OfficeId } from '../../core/foundation/index.ts';
import type { PlannedLink } from './server-plan.ts';

/** A way to a neighbour as it stands in an office's configuration. */
export interface WayYaml {
  readonly via: string;
  readonly key: string;
}

/** A neighbour as it stands in an office's configuration. */
export interface NeighbourYaml extends WayYaml {
  readonly office: OfficeId;
  /** Left out where there is one way only. */
  readonly also?: readonly WayYaml[];
}

/** The way over a link, as it stands in an office's configuration. */
export function wayYaml({ neighbour }: Pick<PlannedLink, 'neighbour'>): WayYaml {
  return { via: isOfficeId(neighbour) ? 'direct' : neighbour, key: `keys/link-${neighbour}.nk` };
}

/** Each office that these links lead to, once: directly where there is a direct link, else over the first that is listed, and also over the others. */
export function neighboursYaml(links: readonly Pick<PlannedLink, 'neighbour' | 'peers'>[]): readonly NeighbourYaml[] {
  const ways = new Map<OfficeId, WayYaml[]>();
  const directFirst = links.toSorted(
    (one, other) => Number(isOfficeId(other.neighbour)) - Number(isOfficeId(one.neighbour)),
  );
  for (const office of links.flatMap(({ peers }) => peers)) ways.set(office, []);
  for (const link of directFirst) for (const office of link.peers) ways.get(office)?.push(wayYaml(link));
  return [...ways].flatMap(([office, [first, ...also]]) =>
    first === undefined ? [] : [{ office, ...first, ...(also.length === 0 ? {} : { also }) }],
  );
}
