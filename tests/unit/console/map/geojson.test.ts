import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGeoJson, writeGeoJson } from '../../../../services/console/src/map/geojson.ts';

const point = { type: 'Point', coordinates: [100.4, 20.2] };
const line = {
  type: 'LineString',
  coordinates: [
    [100, 20],
    [101, 21],
  ],
};
const types = (value: unknown) => readGeoJson(value)?.map(({ geometry }) => geometry.type);

describe('readGeoJson', () => {
  it.each([
    ['a collection', { type: 'FeatureCollection', features: [{ type: 'Feature', geometry: point }] }, ['Point']],
    ['a feature', { type: 'Feature', geometry: line, properties: null }, ['LineString']],
    ['a bare geometry', line, ['LineString']],
    [
      'several points as one',
      {
        type: 'MultiPoint',
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      },
      ['Point', 'Point'],
    ],
    [
      'geometries together',
      { type: 'Feature', geometry: { type: 'GeometryCollection', geometries: [point, line] } },
      ['Point', 'LineString'],
    ],
  ])('reads %s', (_, value, expected) => {
    expect(types(value)).toEqual(expected);
  });

  it.each([
    ['a text', 'FeatureCollection'],
    ['a list', [point]],
    ['an object of something else', { type: 'Topology' }],
    ['nothing', null],
    ['features that are no list', { type: 'FeatureCollection', features: 'all' }],
  ])('refuses %s', (_, value) => {
    expect(readGeoJson(value)).toBeUndefined();
  });

  it.each([
    ['a latitude beyond the pole', { type: 'Point', coordinates: [100, 91] }],
    ['a position of texts', { type: 'Point', coordinates: ['100', '20'] }],
    ['a line of one point', { type: 'LineString', coordinates: [[100, 20]] }],
    [
      'a ring that is no ring',
      {
        type: 'Polygon',
        coordinates: [
          [
            [1, 2],
            [3, 4],
          ],
        ],
      },
    ],
    [
      'collections within collections',
      { type: 'GeometryCollection', geometries: [{ type: 'GeometryCollection', geometries: [point] }] },
    ],
  ])('leaves out %s', (_, geometry) => {
    expect(readGeoJson({ type: 'FeatureCollection', features: [{ type: 'Feature', geometry }] })).toEqual([]);
  });

  it('takes no more features than a small computer draws', () => {
    const features = Array.from({ length: 5000 }, () => ({ type: 'Feature', geometry: point }));
    expect(readGeoJson({ type: 'FeatureCollection', features })?.length).toBe(2000);
  });

  it('takes no more where they are hidden within one feature', () => {
    const many = Array.from({ length: 5000 }, () => [100, 20]);
    const ring = Array.from({ length: 4 }, () => [100, 20]);
    expect(readGeoJson({ type: 'MultiPoint', coordinates: many })?.length).toBe(2000);
    const points = { type: 'MultiPoint', coordinates: many };
    expect(readGeoJson({ type: 'GeometryCollection', geometries: [points, points] })?.length).toBe(2000);
    const geometries = Array.from({ length: 5000 }, () => point);
    expect(readGeoJson({ type: 'GeometryCollection', geometries })?.length).toBe(2000);
    const rings = readGeoJson({ type: 'Polygon', coordinates: Array.from({ length: 5000 }, () => ring) });
    expect(rings?.[0]?.geometry.coordinates.length).toBe(100);
  });

  it('reads anything at all without an error', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void readGeoJson(value)));
  });

  it('reads what was written', () => {
    const features = readGeoJson({
      type: 'FeatureCollection',
      features: [{ type: 'Feature', id: 'a', geometry: line, properties: { name: 'x' } }],
    });
    expect(readGeoJson(JSON.parse(writeGeoJson(features ?? [])))).toEqual(features);
  });
});
