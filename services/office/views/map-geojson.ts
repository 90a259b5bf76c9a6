import { type OfficeId, rfc3339 } from '../../core/foundation/index.ts';
import type { AnyMessage } from '../../core/ledger/index.ts';
import type { Alert, GeoPoint, OfficeEntry } from '../../core/wire/index.ts';
import { codeName, crimeAreaName } from './code-names.ts';

type Json = Readonly<Record<string, unknown>>;

/** RFC 7946 §3.1.1: longitude first. */
const positionOf = ({ longitude, latitude }: GeoPoint): readonly number[] => [longitude, latitude];

function feature(id: string, geometry: Json, properties: Json): Json {
  return { type: 'Feature', id, geometry, properties };
}

/** An office where its nation's directory says that it is; none where it does not say. */
export function officeFeature(
  { office, name, position }: OfficeEntry,
  self: OfficeId,
  isNeighbour: boolean,
): readonly Json[] {
  if (position === null) return [];
  return [
    feature(
      `office/${office}`,
      { type: 'Point', coordinates: positionOf(position) },
      { type: 'office', office, name, own: office === self, neighbour: isNeighbour },
    ),
  ];
}

/** The line to a neighbour, from office to office; none where either position is not known. */
export function linkFeature(
  own: GeoPoint | null,
  { office, position }: OfficeEntry,
  up: boolean | null,
): readonly Json[] {
  if (own === null || position === null) return [];
  const coordinates = [positionOf(own), positionOf(position)];
  return [feature(`link/${office}`, { type: 'LineString', coordinates }, { type: 'link', office, up })];
}

/** Where an alert says that it was, and the routes that it names: as far as they were let in. */
export function alertFeatures(message: AnyMessage, body: Partial<Alert>): readonly Json[] {
  const { origin, id } = message;
  const properties = {
    origin,
    messageId: id,
    direction: message.direction,
    precedence: codeName('Precedence', message.precedence),
    crimeArea: crimeAreaName(message.crimeArea),
    drill: message.drill,
    createdAt: rfc3339(message.createdMs),
    headline: body.headline ?? '',
  };
  const position = body.place?.position ?? null;
  const place =
    position === null
      ? []
      : [
          feature(
            `alert/${origin}/${id}`,
            { type: 'Point', coordinates: positionOf(position) },
            { type: 'alert', ...properties, name: body.place?.name ?? '' },
          ),
        ];
  const routes = (body.subjects ?? []).flatMap(({ route }, index) => {
    const coordinates = (route?.waypoints ?? []).flatMap((waypoint) =>
      waypoint.position === null ? [] : [positionOf(waypoint.position)],
    );
    return coordinates.length < 2
      ? []
      : [
          feature(
            `route/${origin}/${id}/${index}`,
            { type: 'LineString', coordinates },
            { type: 'route', ...properties, name: route?.name ?? '' },
          ),
        ];
  });
  return [...place, ...routes];
}
