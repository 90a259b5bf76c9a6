import { type EnvelopeHeader, Lane, type LaneStatus, MessageKind, Precedence } from '../wire/index.ts';
import type { PrecedenceWord } from './types.ts';

/** The lane that crossings of a message travel on: pieces of files behind all others. @throws RangeError for an unspecified precedence: a bug of ours. */
export function laneOf({ kind, precedence }: Pick<EnvelopeHeader, 'kind' | 'precedence'>): Lane {
  if (kind === MessageKind.ATTACHMENT_CHUNK) return Lane.BULK;
  switch (precedence) {
    case Precedence.FLASH:
      return Lane.FLASH;
    case Precedence.IMMEDIATE:
      return Lane.IMMEDIATE;
    case Precedence.PRIORITY:
      return Lane.PRIORITY;
    case Precedence.ROUTINE:
      return Lane.ROUTINE;
    default:
      throw new RangeError('a message has a precedence');
  }
}

/** The last token of the subject that a lane's frames are published on; receipts and status are immediate, pieces of files routine. */
export function lanePrecedence(lane: Lane): PrecedenceWord {
  switch (lane) {
    case Lane.FLASH:
      return 'flash';
    case Lane.PRIORITY:
      return 'priority';
    case Lane.ROUTINE:
    case Lane.BULK:
      return 'routine';
    default:
      return 'immediate';
  }
}

/** The lanes that are numbered and chained. */
export const NUMBERED_LANES = [
  Lane.FLASH,
  Lane.IMMEDIATE,
  Lane.PRIORITY,
  Lane.ROUTINE,
  Lane.RECEIPTS,
  Lane.BULK,
] as const;

/** Whether a status names each numbered lane at most once and has sane numbers. */
export function lanesAreSane(lanes: readonly LaneStatus[]): boolean {
  const seen = new Set<Lane>();
  for (const lane of lanes) {
    if (seen.has(lane.lane) || !(NUMBERED_LANES as readonly Lane[]).includes(lane.lane)) return false;
    seen.add(lane.lane);
    for (const range of [...lane.missing, ...lane.voided])
      if (range.first < 1 || range.last < range.first) return false;
  }
  return true;
}
