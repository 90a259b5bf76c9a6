import { type Geometry, GeometryType, type GeoPoint } from '../../core/wire/index.ts';
import type { Fault } from '../errors.ts';

/** RFC 7946 §3.1.6: a linear ring has four positions at least. */
const RING_POSITIONS = 4;

function isPosition({ latitude, longitude }: GeoPoint): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

function samePlace(one: GeoPoint | undefined, other: GeoPoint | undefined): boolean {
  return one?.latitude === other?.latitude && one?.longitude === other?.longitude;
}

/** RFC 7946 §3.1.9: what crosses the antimeridian is cut in two; a line that spans half the earth is taken for one that does. */
function crossesAntimeridian(positions: readonly GeoPoint[]): boolean {
  return positions.some(
    ({ longitude }, index) => index > 0 && Math.abs(longitude - (positions[index - 1]?.longitude ?? longitude)) > 180,
  );
}

/** Twice the area of a ring in degrees, above 0 where it runs counterclockwise. */
export function ringArea(positions: readonly GeoPoint[]): number {
  return positions.reduce((sum, { longitude, latitude }, index) => {
    const next = positions[(index + 1) % positions.length] as GeoPoint;
    return sum + longitude * next.latitude - next.longitude * latitude;
  }, 0);
}

/** Why a geometry is none of RFC 7946; undefined where it is one. */
export function geometryFault({ geometryType, positions }: Geometry): Pick<Fault, 'reason' | 'message'> | undefined {
  if (!positions.every(isPosition))
    return { reason: 'out-of-range', message: 'latitude is from -90 to 90, longitude from -180 to 180' };
  if (crossesAntimeridian(positions))
    return { reason: 'not-allowed', message: 'what crosses the antimeridian is given as two geometries' };
  if (geometryType === GeometryType.POINT)
    return positions.length === 1 ? undefined : { reason: 'out-of-range', message: 'a point has one position' };
  if (geometryType === GeometryType.LINE_STRING)
    return positions.length >= 2 ? undefined : { reason: 'out-of-range', message: 'a line has two positions or more' };
  if (positions.length < RING_POSITIONS)
    return { reason: 'out-of-range', message: 'a ring has four positions or more, the last being the first again' };
  if (!samePlace(positions[0], positions.at(-1)))
    return { reason: 'ring-open', message: 'the last position of a ring is the first again' };
  return ringArea(positions) === 0 ? { reason: 'out-of-range', message: 'a ring encloses something' } : undefined;
}
