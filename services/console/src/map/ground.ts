import { geoCentroid, geoMercator, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

/** A place of the map: degrees east and north, WGS 84, as GeoJSON writes it (RFC 7946 §3.1.1). */
export type Position = readonly [longitude: number, latitude: number];

/** The ground as paths in the map's own plane, and where names of nations stand. */
export interface Ground {
  readonly land: string;
  readonly borders: string;
  readonly rivers: string;
  readonly lakes: string;
  /** ISO 3166-1 alpha-2, and how large the nation is in the plane, so that small ones are named when one is near. */
  readonly nations: readonly {
    readonly nation: string;
    readonly at: readonly [number, number];
    readonly width: number;
  }[];
}

/** Width and height of the plane that everything is drawn in. */
export const PLANE = { width: 1000, height: 1080 } as const;

const projection = geoMercator()
  .center([108, 9.6])
  .scale(1430)
  .translate([PLANE.width / 2, PLANE.height / 2])
  .clipExtent([
    [-50, -50],
    [PLANE.width + 50, PLANE.height + 50],
  ]);
const path = geoPath(projection).digits(2);

/** Where that position lies in the plane; null outside of what a map can show. */
export function toPlane([longitude, latitude]: Position): readonly [number, number] | null {
  if (Math.abs(latitude) > 80) return null;
  return projection([longitude, latitude]);
}

/** The position at that point of the plane, to a hundredth of a minute or so. */
export function fromPlane(point: readonly [number, number]): Position | null {
  const at = projection.invert?.([point[0], point[1]]);
  return at === undefined || at === null ? null : [round(at[0]), round(at[1])];
}

/** The path of a line or polygon in the plane. */
export function pathOf(geometry: { readonly type: string; readonly coordinates: unknown }): string {
  return path(geometry as Parameters<typeof path>[0]) ?? '';
}

type RegionMap = Topology<{
  nations: GeometryCollection<{ nation: string }>;
  rivers: GeometryCollection;
  lakes: GeometryCollection;
}>;

let ground: Promise<Ground> | undefined;

/** Loads the ground once; it is not part of the first load. */
export function loadGround(): Promise<Ground> {
  ground ??= import('../../__generated__/region-map.json').then((module) => drawn(module as unknown as RegionMap));
  return ground;
}

function drawn(map: RegionMap): Ground {
  const { nations, rivers, lakes } = map.objects;
  const shapes = feature(map, nations);
  return {
    land: path(shapes) ?? '',
    borders: path(mesh(map, nations, (one, other) => one !== other)) ?? '',
    rivers: path(feature(map, rivers)) ?? '',
    lakes: path(feature(map, lakes)) ?? '',
    nations: shapes.features.flatMap((shape) => {
      const at = projection(geoCentroid(shape));
      const [[left], [right]] = path.bounds(shape);
      return at === null || shape.properties.nation === ''
        ? []
        : [{ nation: shape.properties.nation, at, width: right - left }];
    }),
  };
}

function round(degrees: number): number {
  return Math.round(degrees * 10_000) / 10_000;
}
