import type { Digest } from '../../foundation/index.ts';
import type { LedgerFindingCode } from './findings.ts';
import type { WitnessedHead } from './types.ts';

/** Compares what others have seen of a ledger with its records as they come by. */
export interface WitnessCheck {
  /** How many heads were compared with this record, and those that differ from it. */
  readonly record: (number: number, digest: Digest) => { readonly compared: number; readonly differing: readonly WitnessedHead[] };
  /** What is left at the end: heads of records that there are none of, and heads of another ledger. */
  readonly end: (chain: string) => readonly { readonly code: LedgerFindingCode; readonly head: WitnessedHead }[];
}

/** A check against these heads; each is given up as soon as its record has come by. */
export function witnessCheck(witnessed: readonly WitnessedHead[]): WitnessCheck {
  const byNumber = new Map<number, WitnessedHead[]>();
  for (const head of witnessed) {
    const known = byNumber.get(head.number);
    if (known === undefined) byNumber.set(head.number, [head]);
    else if (!known.some(({ by, digest, chain }) => by === head.by && digest === head.digest && chain === head.chain)) known.push(head);
  }
  return {
    record: (number, digest) => {
      const heads = byNumber.get(number) ?? [];
      byNumber.delete(number);
      return { compared: heads.length, differing: heads.filter((head) => head.digest !== digest) };
    },
    end: (chain) => {
      const missing = [...byNumber.values()].flat().map((head) => ({ code: 'LEDGER_HEAD_MISSING' as const, head }));
      const others = new Map<string, WitnessedHead>();
      for (const head of witnessed) {
        if (head.chain !== '' && head.chain !== chain) others.set(`${head.by}/${head.chain}`, head);
      }
      return [...missing, ...[...others.values()].map((head) => ({ code: 'LEDGER_CHAIN_DIFFERS' as const, head }))];
    },
  };
}
