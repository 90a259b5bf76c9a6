import { describe, expect, it } from 'vitest';
import type { OfficeId } from '../../../services/core/foundation/index.ts';
import type { AnyMessage } from '../../../services/core/ledger/index.ts';
import type { Alert, OfficeEntry } from '../../../services/core/wire/index.ts';
import { alertFeatures, linkFeature, officeFeature } from '../../../services/office/views/map-geojson.ts';

const at = (latitude: number, longitude: number) => ({ latitude, longitude, accuracyM: 0 });
const office = (id: string, position: OfficeEntry['position']): OfficeEntry => ({
  office: id,
  name: id.toUpperCase(),
  keys: [],
  focalPoints: [],
  dutyRoster: [],
  position,
});
const message = {
  origin: 'la-houayxay',
  id: '01940000-0000-7000-8000-000000000000',
  direction: 'inbound',
  precedence: 1,
  crimeArea: 5,
  drill: true,
  createdMs: 0,
} as unknown as AnyMessage;
const place = (position: OfficeEntry['position']) => ({ name: 'Pier', nation: 'LA', position });

describe('officeFeature', () => {
  it('is longitude first, as RFC 7946 has it, and nothing where the directory says no place', () => {
    const self = 'th-chiang-khong' as OfficeId;
    expect(officeFeature(office(self, at(20.26, 100.41)), self, false)).toMatchObject([
      { geometry: { type: 'Point', coordinates: [100.41, 20.26] }, properties: { own: true, neighbour: false } },
    ]);
    expect(officeFeature(office(self, null), self, false)).toEqual([]);
  });
});

describe('linkFeature', () => {
  it('goes from office to office where both places are known', () => {
    expect(linkFeature(at(20, 100), office('la-houayxay', at(21, 101)), false)).toMatchObject([
      {
        geometry: {
          coordinates: [
            [100, 20],
            [101, 21],
          ],
        },
        properties: { up: false },
      },
    ]);
    expect(linkFeature(null, office('la-houayxay', at(21, 101)), true)).toEqual([]);
  });
});

describe('alertFeatures', () => {
  it('shows the place and every route of two places or more, as far as they were let in', () => {
    const body = {
      headline: 'Boat',
      place: place(at(20, 100)),
      subjects: [
        {
          route: { name: 'Night', modusOperandi: '', waypoints: [place(at(20, 100)), place(null), place(at(21, 101))] },
        },
        { route: { name: 'Nowhere', modusOperandi: '', waypoints: [place(at(20, 100))] } },
        { route: null },
      ],
    } as unknown as Partial<Alert>;
    expect(alertFeatures(message, body)).toMatchObject([
      {
        geometry: { type: 'Point' },
        properties: { type: 'alert', drill: true, precedence: 'PRECEDENCE_FLASH', headline: 'Boat' },
      },
      {
        geometry: {
          type: 'LineString',
          coordinates: [
            [100, 20],
            [101, 21],
          ],
        },
        properties: { type: 'route', name: 'Night' },
      },
    ]);
  });

  it('is nothing where the place was withheld', () => {
    expect(alertFeatures(message, { headline: 'Boat' })).toEqual([]);
  });
});
