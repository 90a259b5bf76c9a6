import type { Digest, OfficeId } from '../../foundation/index.ts';
import type { Lane } from '../../wire/index.ts';
import { type NumberSet, numberSet } from './number-set.ts';

/** What this office has of a neighbour's lane. `chain` tells one ledger of the neighbour from another. */
export interface InboundLane {
  readonly from: OfficeId;
  readonly chain: string;
  readonly lane: Lane;
  readonly have: NumberSet;
  /** Digests of the newest items by number, to notice a number that is used again for something else. */
  readonly digests: Map<number, Digest>;
  /** The newest frames, by their first number, to check how they are chained. */
  readonly frames: InboundFrame[];
}

/** A frame that arrived. */
export interface InboundFrame {
  readonly first: number;
  readonly last: number;
  readonly previous: string;
  readonly digest: Digest;
}

/** All lanes from all neighbours. */
export interface InboundLanes {
  readonly lane: (from: OfficeId, chain: string, lane: Lane) => InboundLane;
  readonly lanesFrom: (from: OfficeId, chain: string) => readonly InboundLane[];
  readonly received: (from: OfficeId, chain: string, lane: Lane, number: number, digest: Digest) => void;
  readonly frame: (from: OfficeId, chain: string, lane: Lane, frame: InboundFrame) => void;
}

const KEPT_DIGESTS = 4096;
const KEPT_FRAMES = 256;

/** No lanes yet. */
export function inboundLanes(): InboundLanes {
  const lanes = new Map<string, InboundLane>();
  const laneOf = (from: OfficeId, chain: string, lane: Lane): InboundLane => {
    const key = `${from}/${chain}/${lane}`;
    let found = lanes.get(key);
    if (found === undefined) lanes.set(key, (found = { from, chain, lane, have: numberSet(), digests: new Map(), frames: [] }));
    return found;
  };
  return {
    lane: laneOf,
    lanesFrom: (from, chain) => [...lanes.values()].filter((lane) => lane.from === from && lane.chain === chain),
    received: (from, chain, lane, number, digest) => {
      const target = laneOf(from, chain, lane);
      target.have.add(number);
      target.digests.set(number, digest);
      if (target.digests.size > KEPT_DIGESTS) {
        const oldest = target.digests.keys().next().value;
        if (oldest !== undefined) target.digests.delete(oldest);
      }
    },
    frame: (from, chain, lane, frame) => {
      const { frames } = laneOf(from, chain, lane);
      if (frames.some((known) => known.digest === frame.digest)) return;
      let at = frames.length;
      while (at > 0 && (frames[at - 1] as InboundFrame).first > frame.first) at--;
      frames.splice(at, 0, frame);
      if (frames.length > KEPT_FRAMES) frames.shift();
    },
  };
}
