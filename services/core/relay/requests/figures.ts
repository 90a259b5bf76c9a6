import { timeFigures } from '../../figures/index.ts';
import type { OfficeId } from '../../foundation/index.ts';
import type { RequestFigures, RequestLife, RequestSide } from './types.ts';

/** A life with the side of it that this office is on. */
export interface SidedLife {
  readonly side: RequestSide;
  readonly life: RequestLife;
}

/**
 * The figures of each neighbour and side. Both offices of a pair count the same: only what has arrived, by the times
 * that were signed. Exercises are left out, and so is what never reached the other office.
 */
export function requestFigures(lives: Iterable<SidedLife>): readonly RequestFigures[] {
  const groups = new Map<
    string,
    { readonly side: RequestSide; readonly peer: OfficeId; readonly lives: RequestLife[] }
  >();
  for (const { side, life } of lives) {
    if (life.drill || !life.delivered) continue;
    const peer = peerOf(side, life);
    const key = `${peer}/${side}`;
    const group = groups.get(key) ?? { side, peer, lives: [] };
    groups.set(key, group);
    group.lives.push(life);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { side, peer, lives: all }]) => figuresOf(peer, side, all));
}

/** The office on the other side of a life. */
export function peerOf(side: RequestSide, life: RequestLife): OfficeId {
  return side === 'asking' ? life.asked : life.origin;
}

/** How long until somebody took it on, by the signed times; null while nobody has. */
export function timeToAcknowledge(life: RequestLife): number | null {
  return life.acknowledgedMs === null ? null : Math.max(0, life.acknowledgedMs - life.createdMs);
}

/** How long until all of it was answered; null where it was not. */
export function timeToAnswer(life: RequestLife): number | null {
  return life.answeredMs === null ? null : Math.max(0, life.answeredMs - life.createdMs);
}

function figuresOf(peer: OfficeId, side: RequestSide, lives: readonly RequestLife[]): RequestFigures {
  const count = (matches: (life: RequestLife) => boolean): number => lives.filter(matches).length;
  return {
    peer,
    side,
    open: count(({ open }) => open),
    overdue: count(({ open, overdue }) => open && overdue),
    answered: count(({ state }) => state === 'answered'),
    refused: count(({ state }) => state === 'refused'),
    withdrawn: count(({ state }) => state === 'withdrawn'),
    expired: count(({ state }) => state === 'expired'),
    late: count(({ open, overdue }) => !open && overdue),
    toAcknowledge: timeFigures(lives.map(timeToAcknowledge)),
    toAnswer: timeFigures(lives.map(timeToAnswer)),
  };
}
