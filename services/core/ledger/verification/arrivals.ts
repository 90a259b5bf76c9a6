import { toHex } from '../../foundation/index.ts';
import { type FrameHeader, type Lane, Outcome } from '../../wire/index.ts';
import { type NumberSet, numberSet } from '../projections/index.ts';
import { readFrameHeader } from './read-bytes.ts';
import type { Rule } from './types.ts';

/** What arrived: numbers of the neighbours' lanes, the newest frame of each, and crossings that were admitted and not receipted yet. */
export interface Arrivals {
  readonly rule: Rule;
  readonly admit: (crossingDigest: string) => void;
  /** True once for a crossing that was admitted. */
  readonly takeAdmitted: (crossingDigest: string) => boolean;
  /** Whether the number came in the newest frame of that lane, and for the first time. */
  readonly arrive: (
    from: string,
    chain: string,
    lane: Lane,
    number: number,
  ) => { readonly framed: boolean; readonly fresh: boolean };
}

interface ArrivalLane {
  readonly have: NumberSet;
  newest: (FrameHeader & { readonly digest: string }) | undefined;
}

/** Nothing has arrived yet. */
export function arrivals(): Arrivals {
  const lanes = new Map<string, ArrivalLane>();
  const admitted = new Set<string>();

  const laneOf = (from: string, chain: string, lane: Lane): ArrivalLane => {
    const key = `${from}/${chain}/${lane}`;
    const found: ArrivalLane = lanes.get(key) ?? { have: numberSet(), newest: undefined };
    lanes.set(key, found);
    return found;
  };

  const arrive: Arrivals['arrive'] = (from, chain, lane, number) => {
    const own = laneOf(from, chain, lane);
    const framed = own.newest !== undefined && number >= own.newest.first && number <= own.newest.last;
    const fresh = number >= 1 && !own.have.has(number);
    if (fresh) own.have.add(number);
    return { framed, fresh };
  };

  const rule: Rule = ({ record, find, count }) => {
    const { frameReceived, crossingReceived } = record;
    if (frameReceived !== null) {
      const read = readFrameHeader(frameReceived.header);
      if (read === undefined) find('LEDGER_FRAME_MALFORMED');
      else laneOf(read.from, toHex(read.chain), read.lane).newest = read;
    } else if (crossingReceived !== null) {
      count('arrivals');
      const { from, lane, number, decision, failure, crossingDigest, frameDigest } = crossingReceived;
      const chain = toHex(crossingReceived.chain);
      const { framed, fresh } = arrive(from, chain, lane, number);
      const facts = { from, lane, number };
      if (!framed || laneOf(from, chain, lane).newest?.digest !== toHex(frameDigest))
        find('LEDGER_RECEIVED_UNFRAMED', facts);
      if (!fresh) find('LEDGER_RECEIVED_TWICE', facts);
      if ((decision === null) === (failure === '')) find('LEDGER_RECEIVED_UNDECIDED', facts);
      if (decision?.outcome === Outcome.RELEASED) admitted.add(toHex(crossingDigest));
    }
  };

  return { rule, admit: (digest) => admitted.add(digest), takeAdmitted: (digest) => admitted.delete(digest), arrive };
}
