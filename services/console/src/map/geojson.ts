import type { Position } from './ground.ts';
import type { MapFeature } from './map-feature.ts';

/** A feature of GeoJSON (RFC 7946 §3.2) that the map can show. */
export interface GeoFeature {
  readonly id: string;
  readonly geometry: MapFeature['geometry'];
  readonly properties: Readonly<Record<string, unknown>>;
}

const MOST_FEATURES = 2000;
const MOST_POSITIONS = 5000;
const MOST_RINGS = 100;

/**
 * The features of a GeoJSON text or value that can be shown: points, lines and polygons, those of collections and of
 * multi-geometries one by one. What is no position of WGS 84 is left out. Undefined for what is no GeoJSON at all.
 */
export function readGeoJson(value: unknown): readonly GeoFeature[] | undefined {
  const features = featuresIn(value);
  if (features === undefined) return undefined;
  const shown = features.slice(0, MOST_FEATURES).flatMap((feature, index) => {
    const { id, properties, geometry } = feature as { id?: unknown; properties?: unknown; geometry?: unknown };
    const named = typeof id === 'string' || typeof id === 'number' ? String(id) : `feature/${index}`;
    const known = isRecord(properties) ? properties : {};
    const parts = geometriesIn(geometry);
    return parts.map((part, at) => ({
      id: parts.length === 1 ? named : `${named}/${at}`,
      geometry: part,
      properties: known,
    }));
  });
  // One feature may be thousands.
  return shown.slice(0, MOST_FEATURES);
}

/** A FeatureCollection of these (RFC 7946 §3.3), as the text of a file. */
export function writeGeoJson(features: readonly GeoFeature[]): string {
  const all = features.map(({ id, geometry, properties }) => ({ type: 'Feature', id, geometry, properties }));
  return `${JSON.stringify({ type: 'FeatureCollection', features: all }, null, 2)}\n`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function featuresIn(value: unknown): readonly unknown[] | undefined {
  if (!isRecord(value)) return undefined;
  const { type, features } = value;
  if (type === 'FeatureCollection') return Array.isArray(features) ? features.filter(isRecord) : undefined;
  if (type === 'Feature') return [value];
  return geometriesIn(value).length > 0 ? [{ geometry: value }] : undefined;
}

function geometriesIn(value: unknown): readonly MapFeature['geometry'][] {
  if (!isRecord(value)) return [];
  const { type, coordinates, geometries } = value;
  const each = (single: string): readonly MapFeature['geometry'][] =>
    Array.isArray(coordinates)
      ? coordinates.slice(0, MOST_FEATURES).flatMap((one) => geometriesIn({ type: single, coordinates: one }))
      : [];
  switch (type) {
    case 'Point': {
      const at = positionIn(coordinates);
      return at === undefined ? [] : [{ type: 'Point', coordinates: at }];
    }
    case 'LineString': {
      const line = lineIn(coordinates);
      return line.length < 2 ? [] : [{ type: 'LineString', coordinates: line }];
    }
    case 'Polygon': {
      const rings = Array.isArray(coordinates)
        ? coordinates
            .slice(0, MOST_RINGS)
            .map(lineIn)
            .filter((ring) => ring.length > 3)
        : [];
      return rings.length === 0 ? [] : [{ type: 'Polygon', coordinates: rings }];
    }
    case 'MultiPoint':
      return each('Point');
    case 'MultiLineString':
      return each('LineString');
    case 'MultiPolygon':
      return each('Polygon');
    case 'GeometryCollection':
      return Array.isArray(geometries) ? geometries.slice(0, MOST_FEATURES).filter(isSingle).flatMap(geometriesIn) : [];
    default:
      return [];
  }
}

/** Collections within collections are not followed: nobody needs them, and they have no bottom. */
function isSingle(value: unknown): boolean {
  return isRecord(value) && value['type'] !== 'GeometryCollection';
}

function lineIn(value: unknown): readonly Position[] {
  if (!Array.isArray(value)) return [];
  return value
    .slice(0, MOST_POSITIONS)
    .map(positionIn)
    .filter((position) => position !== undefined);
}

function positionIn(value: unknown): Position | undefined {
  if (!Array.isArray(value)) return undefined;
  const [longitude, latitude] = value as readonly unknown[];
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return undefined;
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? [longitude, latitude] : undefined;
}
