import type { OfficeId } from '../../../core/foundation/index.ts';
import type { AnyMessage } from '../../../core/ledger/index.ts';
import { type Alert, MessageKind, type OfficeEntry } from '../../../core/wire/index.ts';
import { alertFeatures, linkFeature, officeFeature } from '../../views/map-geojson.ts';
import type { Door } from '../door.ts';
import { readContent } from '../read-content.ts';
import { type Asker, guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 7;
/** The newest ones: more points than that say nothing to anybody. */
const MAX_ALERTS = 500;

/** `GET /v1/map`: what an office's map shows. */
export const readMap = guardedRoute({
  method: 'GET',
  path: '/v1/map',
  name: 'readMap',
  action: 'read-inbox',
  summary: 'See what is where',
  about:
    'A FeatureCollection (RFC 7946): offices with a position in their directory, the lines to neighbours, and the places and routes of alerts of the last days that the asker may see. Bulletins are at /v1/bulletins?format=geojson.',
  queryParams: {
    days: { kind: 'integer', minimum: 1, maximum: 90, about: 'Alerts of the last so many days. Default 7.' },
  },
  answers: { 200: { about: 'The features.', schema: schemaRef('FeatureCollection') } },
  handle: async (door, { asker, query }) => {
    const since = door.clock.now() - (query.days ?? DEFAULT_DAYS) * DAY_MS;
    const alerts = [...door.index.inbox(), ...door.index.outbox()]
      .filter((message) => message.kind === MessageKind.ALERT && message.createdMs >= since)
      .toSorted((one, other) => other.createdMs - one.createdMs)
      .slice(0, MAX_ALERTS);
    const ofAlerts = await Promise.all(alerts.map((message) => featuresOf(door, asker, message)));
    return { status: 200, body: { type: 'FeatureCollection', features: [...standing(door), ...ofAlerts.flat()] } };
  },
});

async function featuresOf(door: Door, asker: Asker, message: AnyMessage): Promise<readonly unknown[]> {
  const { content } = await readContent(door, asker, message);
  return content === null ? [] : alertFeatures(message, content.body as Partial<Alert>);
}

function standing(door: Door): readonly unknown[] {
  const entries: readonly OfficeEntry[] = [...door.trust().directories.values()].flatMap(({ offices }) =>
    [...offices.values()].map(({ entry }) => entry),
  );
  const own = entries.find((entry) => entry.office === door.office)?.position ?? null;
  const neighbours = entries.filter((entry) => isNeighbour(door, entry));
  return [
    ...neighbours.flatMap((entry) => linkFeature(own, entry, upOf(door.linkWays(entry.office as OfficeId)))),
    ...entries.flatMap((entry) => officeFeature(entry, door.office, isNeighbour(door, entry))),
  ];
}

const isNeighbour = (door: Door, { office }: OfficeEntry): boolean => door.neighbours.has(office as OfficeId);

/** Up where one of its ways is; not known while none was asked after. */
function upOf(ways: ReturnType<Door['linkWays']>): boolean | null {
  const known = ways.filter(({ up }) => up !== null);
  return known.length === 0 ? null : known.some(({ up }) => up === true);
}
