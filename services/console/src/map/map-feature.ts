import type { Shape } from '../ui/icons.tsx';
import type { Tone } from '../ui/state.tsx';
import type { Position } from './ground.ts';

/** Something on the map; the same features stand in a list beside it. */
export interface MapFeature {
  readonly id: string;
  /** What it is called when it is pointed at, focused or read out. */
  readonly label: string;
  readonly geometry:
    | { readonly type: 'Point'; readonly coordinates: Position }
    | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
    | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] };
  /** Of a point. */
  readonly shape?: Shape;
  readonly tone?: Tone;
  /** Of a line: what is down, or only planned. */
  readonly dashed?: boolean;
  /** A few letters that stay beside a point, such as an office's place. */
  readonly caption?: string;
}
