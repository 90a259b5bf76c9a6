import type { RegionMessage } from '../../core/relay/index.ts';
import { type Bulletin, type Geometry, GeometryType, type GeoPoint } from '../../core/wire/index.ts';
import { geometryFault, ringArea } from '../submissions/check-geometry.ts';
import { codeName } from './code-names.ts';

type Json = Readonly<Record<string, unknown>>;

const TYPES: Readonly<Record<GeometryType, string>> = {
  [GeometryType.UNSPECIFIED]: 'Point',
  [GeometryType.POINT]: 'Point',
  [GeometryType.LINE_STRING]: 'LineString',
  [GeometryType.POLYGON]: 'Polygon',
};

/** RFC 7946 §3.1.1: longitude first. */
function coordinatesOf({ longitude, latitude }: GeoPoint): readonly number[] {
  return [longitude, latitude];
}

function geometryJson({ geometryType, positions }: Geometry): Json {
  const type = TYPES[geometryType];
  if (type === 'Point') return { type, coordinates: coordinatesOf(positions[0] as GeoPoint) };
  // RFC 7946 §3.1.6: the exterior ring runs counterclockwise.
  const isClockwise = type === 'Polygon' && ringArea(positions) < 0;
  const coordinates = (isClockwise ? positions.toReversed() : positions).map(coordinatesOf);
  return { type, coordinates: type === 'Polygon' ? [coordinates] : coordinates };
}

/** A feature for each geometry of a bulletin that is one of RFC 7946; what another office wrote that is none is left out. */
export function featuresOf(message: RegionMessage, body: Partial<Bulletin>): readonly Json[] {
  const { id, from, state, drill } = message;
  return (body.geometries ?? [])
    .filter((geometry) => geometryFault(geometry) === undefined)
    .map((geometry, index) => ({
      type: 'Feature',
      id: `${from}/${id}/${index}`,
      geometry: geometryJson(geometry),
      properties: {
        origin: from,
        id,
        state,
        drill,
        name: geometry.name,
        headline: body.headline ?? '',
        bulletinType: codeName('BulletinType', body.bulletinType ?? 0),
        crimeArea: codeName('CrimeArea', message.crimeArea),
        corridor: codeName('Corridor', message.corridor),
        urgency: codeName('Urgency', message.urgency),
      },
    }));
}
