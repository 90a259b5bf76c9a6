import type { Digest } from '../../foundation/index.ts';
import type { WitnessedHead } from './types.ts';

/** Compares what others have seen of a ledger with its records as they come by. */
export interface WitnessCheck {
  /** How many heads were compared with this record, and those that differ from it. */
  readonly record: (
    number: number,
    digest: Digest,
  ) => { readonly compared: number; readonly differing: readonly WitnessedHead[] };
  /** What is left at the end: heads beyond the last record, and for each witness one head of another ledger. */
  readonly end: (chain: string) => {
    readonly missing: readonly WitnessedHead[];
    readonly foreign: readonly WitnessedHead[];
  };
}

/** A check against these heads; each is given up as soon as its record has come by. */
export function witnessCheck(witnessed: readonly WitnessedHead[]): WitnessCheck {
  const byNumber = new Map<number, WitnessedHead[]>();
  for (const head of witnessed) {
    const known = byNumber.get(head.number);
    if (known === undefined) byNumber.set(head.number, [head]);
    else if (!known.some(({ by, digest, chain }) => by === head.by && digest === head.digest && chain === head.chain))
      known.push(head);
  }
  return {
    record: (number, digest) => {
      const heads = byNumber.get(number) ?? [];
      byNumber.delete(number);
      return { compared: heads.length, differing: heads.filter((head) => head.digest !== digest) };
    },
    end: (chain) => {
      const foreign = new Map<string, WitnessedHead>();
      for (const head of witnessed) {
        if (head.chain !== '' && head.chain !== chain) foreign.set(`${head.by}/${head.chain}`, head);
      }
      return { missing: [...byNumber.values()].flat(), foreign: [...foreign.values()] };
    },
  };
}
