import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RegionDesk, RegionMessage } from '../../../services/core/relay/index.ts';
import { type Bulletin, bulletinCodec, GeometryType, Outcome } from '../../../services/core/wire/index.ts';
import { geometryFault } from '../../../services/office/submissions/check-geometry.ts';
import { featuresOf } from '../../../services/office/views/region-geojson.ts';
import { type FakeOffice, fakeOffice } from './fake-office.ts';

const at = (latitude: number, longitude: number) => ({ latitude, longitude, accuracyM: 0 });
const RING = [at(20, 100), at(20, 101), at(21, 101), at(20, 100)];

const message = {
  direction: 'outbound',
  from: 'th-chiang-khong',
  id: '01935f3c-a000-7abc-8def-0123456789ab',
  kind: 19,
  state: 'current',
  corridor: 4,
  crimeArea: 6,
  number: 1,
  urgency: 2,
  language: 'en',
  drill: false,
  supersedes: '',
  supersededBy: '',
  submittedBy: 'officer-1',
  createdMs: 1,
  expiresMs: 2,
  releasedMs: 1,
  recordedMs: 1,
  withdrawnMs: null,
  hubs: [],
  decision: { outcome: Outcome.RELEASED, policies: [], reason: '', withheld: [] },
} as unknown as RegionMessage;

describe('geometryFault', () => {
  it.each([
    ['a point', GeometryType.POINT, [at(20, 100)]],
    ['a line', GeometryType.LINE_STRING, [at(20, 100), at(21, 100)]],
    ['a ring', GeometryType.POLYGON, RING],
  ])('finds nothing wrong with %s', (_, geometryType, positions) => {
    expect(geometryFault({ geometryType, positions, name: '' })).toBeUndefined();
  });

  it.each([
    ['a latitude beyond the pole', GeometryType.POINT, [at(90.1, 100)]],
    ['a longitude beyond the antimeridian', GeometryType.POINT, [at(20, -180.1)]],
    ['a point with two positions', GeometryType.POINT, [at(1, 1), at(2, 2)]],
    ['a line with one position', GeometryType.LINE_STRING, [at(1, 1)]],
    ['a line over the antimeridian', GeometryType.LINE_STRING, [at(1, 179), at(1, -179)]],
    ['a ring that is open', GeometryType.POLYGON, [...RING.slice(0, 3), at(20.5, 100)]],
    ['a ring of three', GeometryType.POLYGON, [at(1, 1), at(2, 2), at(1, 1)]],
    ['a ring without area', GeometryType.POLYGON, [at(1, 1), at(2, 2), at(3, 3), at(1, 1)]],
  ])('finds %s', (_, geometryType, positions) => {
    expect(geometryFault({ geometryType, positions, name: '' })).toMatchObject({ message: expect.any(String) });
  });
});

describe('featuresOf', () => {
  it('gives RFC 7946: longitude first, rings counterclockwise; and leaves out what is no geometry', () => {
    const clockwise = RING.toReversed();
    const body = {
      headline: 'Landing places',
      geometries: [
        { geometryType: GeometryType.POINT, positions: [at(20.27, 100.08)], name: 'Pier' },
        { geometryType: GeometryType.POLYGON, positions: clockwise, name: '' },
        { geometryType: GeometryType.POLYGON, positions: [at(1, 1)], name: 'none' },
      ],
    } as unknown as Partial<Bulletin>;
    const features = featuresOf(message, body);
    expect(features.map((feature) => feature['geometry'])).toEqual([
      { type: 'Point', coordinates: [100.08, 20.27] },
      { type: 'Polygon', coordinates: [RING.map(({ latitude, longitude }) => [longitude, latitude])] },
    ]);
    expect(features[0]).toMatchObject({
      properties: { headline: 'Landing places', name: 'Pier', corridor: 'CORRIDOR_GOLDEN_TRIANGLE' },
    });
  });
});

describe('the doors to the region', () => {
  let office: FakeOffice;
  const bulletin = {
    bulletinType: 'BULLETIN_TYPE_ROUTE',
    crimeArea: 'CRIME_AREA_DRUGS',
    messageType: 'MESSAGE_TYPE_ALERT',
    corridor: 'CORRIDOR_GOLDEN_TRIANGLE',
    urgency: 'URGENCY_EXPECTED',
    headline: 'A route',
    textLanguage: 'en',
  };
  const submission = {
    precedence: 'PRECEDENCE_ROUTINE',
    purpose: 'PURPOSE_PREVENTION',
    handling: 'HANDLING_CODE_H0',
    bulletin,
  };

  beforeEach(() => {
    office = fakeOffice({
      region: {
        list: () => [message],
        find: () => message,
        read: async () => ({ kind: 19, header: HEADER, body: BODY, withheld: [] }),
      } as unknown as RegionDesk,
    });
  });
  afterEach(() => office.http.close());

  const HEADER = {
    officer: 'officer-1',
    purpose: 1,
    handling: 1,
    caveat: '',
    caseReference: '',
    inReplyTo: '',
    supersedes: '',
  };
  const BODY = bulletinCodec.decode(
    bulletinCodec.encode({
      bulletinType: 3,
      headline: 'A route',
      geometries: [{ geometryType: GeometryType.POINT, positions: [at(20, 100)] }],
    }),
  );

  it('lists with filters, as JSON and as GeoJSON', async () => {
    const all = await office.ask('GET', '/v1/bulletins?corridor=CORRIDOR_GOLDEN_TRIANGLE&state=current&nation=TH', {
      role: 'officer',
    });
    expect(all.json).toMatchObject({
      items: [{ id: message.id, content: { bulletin: { headline: 'A route' } } }],
      next: null,
    });
    const none = await office.ask('GET', '/v1/bulletins?corridor=CORRIDOR_OTHER', { role: 'officer' });
    expect(none.json).toMatchObject({ items: [] });
    const map = await office.ask('GET', '/v1/bulletins?format=geojson', { role: 'officer' });
    expect(map.json).toMatchObject({
      type: 'FeatureCollection',
      features: [{ geometry: { type: 'Point', coordinates: [100, 20] } }],
    });
  });

  it.each([
    [
      'bulletin.geometries[0].positions',
      {
        bulletin: {
          ...bulletin,
          geometries: [{ geometryType: 'GEOMETRY_TYPE_LINE_STRING', positions: [{ latitude: 1, longitude: 1 }] }],
        },
      },
    ],
    ['handling', { handling: 'HANDLING_CODE_H3' }],
    ['supersedes', { bulletin: { ...bulletin, messageType: 'MESSAGE_TYPE_UPDATE' } }],
    ['supersedes', { supersedes: message.id }],
    ['bulletin.until', { bulletin: { ...bulletin, from: '2026-03-02T00:00:00Z', until: '2026-03-01T00:00:00Z' } }],
    ['bulletin.headline', { bulletin: { ...bulletin, headline: '' } }],
  ])('refuses a bulletin with a fault at %s', async (field, change) => {
    const refused = await office.ask('POST', '/v1/bulletins', { role: 'officer', body: { ...submission, ...change } });
    expect(refused.status).toBe(422);
    expect((refused.json as { faults: { field: string }[] }).faults.map((fault) => fault.field)).toContain(field);
  });
});
