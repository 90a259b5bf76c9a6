import type { Digest, OfficeId } from '../../foundation/index.ts';
import type { Lane } from '../../wire/index.ts';
import { type NumberSet, numberSet } from './number-set.ts';

/** What this office has of a neighbour's lane. `chain` tells one ledger of the neighbour from another. */
export interface InboundLane {
  readonly from: OfficeId;
  readonly chain: string;
  readonly lane: Lane;
  /** Numbers that are on record here, and those that will never come. */
  readonly have: NumberSet;
  /** Numbers that will never come, by the neighbour's signed word. */
  readonly voids: NumberSet;
  /** Digest of the frame header that each number came under, for ever, to notice one that is used again. */
  readonly frameOf: ReadonlyMap<number, Digest>;
  /** Frames whose predecessor is not here: by their first number the header that they name as the one before. */
  readonly awaited: ReadonlyMap<number, string>;
}

/** A frame that arrived. */
export interface InboundFrame {
  readonly first: number;
  readonly last: number;
  /** Digest of the header of the frame before, empty for none. */
  readonly previous: string;
  readonly digest: Digest;
}

/** All lanes from all neighbours. */
export interface InboundLanes {
  readonly lane: (from: OfficeId, chain: string, lane: Lane) => InboundLane;
  readonly all: () => readonly InboundLane[];
  readonly received: (from: OfficeId, chain: string, lane: Lane, number: number) => void;
  readonly voided: (from: OfficeId, chain: string, lane: Lane, first: number, last: number) => void;
  readonly frame: (from: OfficeId, chain: string, lane: Lane, frame: InboundFrame) => void;
}

/** The last number before a frame that a frame may have held; 0 where there is none. */
export function numberBefore(lane: InboundLane, first: number): number {
  return (lane.voids.rangeOf(first - 1)?.first ?? first) - 1;
}

/** The first number after a frame that a frame may have held. */
export function numberAfter(lane: InboundLane, last: number): number {
  return (lane.voids.rangeOf(last + 1)?.last ?? last) + 1;
}

interface OwnLane extends InboundLane {
  readonly frameOf: Map<number, Digest>;
  readonly awaited: Map<number, string>;
}

/** No lanes yet. */
export function inboundLanes(): InboundLanes {
  const lanes = new Map<string, OwnLane>();

  const find = (from: OfficeId, chain: string, lane: Lane): OwnLane =>
    lanes.get(`${from}/${chain}/${lane}`) ?? {
      from,
      chain,
      lane,
      have: numberSet(),
      voids: numberSet(),
      frameOf: new Map(),
      awaited: new Map(),
    };

  const own = (from: OfficeId, chain: string, lane: Lane): OwnLane => {
    const found = find(from, chain, lane);
    lanes.set(`${from}/${chain}/${lane}`, found);
    return found;
  };

  return {
    // To ask after a lane makes none: only records do.
    lane: find,
    all: () => [...lanes.values()],
    received: (from, chain, lane, number) => own(from, chain, lane).have.add(number),
    voided: (from, chain, lane, first, last) => {
      const target = own(from, chain, lane);
      target.have.add(first, last);
      target.voids.add(first, last);
    },
    frame: (from, chain, lane, { first, last, previous, digest }) => {
      const target = own(from, chain, lane);
      if (target.frameOf.get(first) === digest) return;
      for (let number = first; number <= last; number++) target.frameOf.set(number, digest);
      target.awaited.delete(numberAfter(target, last));
      const before = numberBefore(target, first);
      if (before > 0 && !target.frameOf.has(before)) target.awaited.set(first, previous);
    },
  };
}
