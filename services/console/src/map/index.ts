export { type GeoFeature, readGeoJson, writeGeoJson } from './geojson.ts';
export type { Position } from './ground.ts';
export type { MapFeature } from './map-feature.ts';
export { type Drawing, MapView } from './map-view.tsx';
