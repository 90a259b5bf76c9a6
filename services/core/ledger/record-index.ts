import type { Digest } from '../foundation/index.ts';
import { CHAIN_START, type ChainPosition } from './chain.ts';

/** Where in the store to begin reading for a record, and the digests of the newest records; a few bytes per thousand records. */
export interface RecordIndex {
  /** Takes note of a stored message and of the chain as it stood before the message's first record. */
  readonly noteBatch: (seq: number, before: ChainPosition) => void;
  readonly noteRecord: (number: number, digest: Digest) => void;
  /** A stored message that does not lie after the record, and the chain before it. */
  readonly startFor: (number: number) => { readonly seq: number; readonly before: ChainPosition };
  /** The digest of the record, if it is among the newest. */
  readonly recentDigest: (number: number) => Digest | undefined;
}

const STRIDE = 512;
const RECENT = 4096;

/** An index of nothing yet. */
export function recordIndex(): RecordIndex {
  const starts: { readonly seq: number; readonly before: ChainPosition }[] = [];
  const recent: (Digest | undefined)[] = new Array(RECENT);
  let newest = 0;
  return {
    noteBatch: (seq, before) => {
      const last = starts.at(-1);
      if (last === undefined || before.number - last.before.number >= STRIDE) starts.push({ seq, before });
    },
    noteRecord: (number, digest) => {
      recent[number % RECENT] = digest;
      newest = number;
    },
    startFor: (number) => {
      let low = 0;
      let high = starts.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((starts[middle]?.before.number ?? 0) < number) low = middle + 1;
        else high = middle;
      }
      return starts[low - 1] ?? { seq: 1, before: CHAIN_START };
    },
    recentDigest: (number) =>
      number > newest - RECENT && number >= 1 && number <= newest ? recent[number % RECENT] : undefined,
  };
}
