export type { Position } from './ground.ts';
export { type Drawing, type MapFeature, MapView } from './map-view.tsx';
