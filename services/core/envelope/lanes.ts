import { Lane, Precedence } from '../wire/index.ts';

const LANES: ReadonlyMap<Precedence, Lane> = new Map([
  [Precedence.FLASH, Lane.FLASH],
  [Precedence.IMMEDIATE, Lane.IMMEDIATE],
  [Precedence.PRIORITY, Lane.PRIORITY],
  [Precedence.ROUTINE, Lane.ROUTINE],
]);

const CROSSING_LANES: ReadonlySet<Lane> = new Set(LANES.values());

/** The lane that crossings of that precedence take; undefined for none. */
export function laneOf(precedence: Precedence): Lane | undefined {
  return LANES.get(precedence);
}

/** What the frames of a lane hold; undefined for a lane that is not known. */
export function carriedOn(lane: Lane): 'crossings' | 'receipts' | 'status' | undefined {
  if (CROSSING_LANES.has(lane)) return 'crossings';
  if (lane === Lane.RECEIPTS) return 'receipts';
  return lane === Lane.STATUS ? 'status' : undefined;
}
