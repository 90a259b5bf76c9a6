import { type EnvelopeHeader, Lane, MessageKind, Precedence } from '../wire/index.ts';

const LANES: ReadonlyMap<Precedence, Lane> = new Map([
  [Precedence.FLASH, Lane.FLASH],
  [Precedence.IMMEDIATE, Lane.IMMEDIATE],
  [Precedence.PRIORITY, Lane.PRIORITY],
  [Precedence.ROUTINE, Lane.ROUTINE],
]);

const CROSSING_LANES: ReadonlySet<Lane> = new Set([...LANES.values(), Lane.BULK]);

/** The lane that crossings of a message take: pieces of files the one after all others, else by precedence; undefined for none. */
export function laneOf({ kind, precedence }: Pick<EnvelopeHeader, 'kind' | 'precedence'>): Lane | undefined {
  return kind === MessageKind.ATTACHMENT_CHUNK ? Lane.BULK : LANES.get(precedence);
}

/** What the frames of a lane hold; undefined for a lane that is not known. */
export function carriedOn(lane: Lane): 'crossings' | 'receipts' | 'status' | undefined {
  if (CROSSING_LANES.has(lane)) return 'crossings';
  if (lane === Lane.RECEIPTS) return 'receipts';
  return lane === Lane.STATUS ? 'status' : undefined;
}
