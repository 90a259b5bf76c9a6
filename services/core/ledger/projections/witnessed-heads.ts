import { type Digest, digestFromBytes, type EpochMs, type OfficeId, toHex } from '../../foundation/index.ts';
import type { HeadWitnessed } from '../../wire/index.ts';

/** The newest head of each neighbour's ledger that was seen signed. */
export type WitnessedHeads = Map<
  OfficeId,
  { readonly chain: string; readonly number: number; readonly digest: Digest }
>;

/** The head takes the place of the one that was seen before. */
export function applyHead({ office, chain, head }: HeadWitnessed, atMs: EpochMs, witnessed: WitnessedHeads): void {
  if (head === null) return;
  witnessed.set(office as OfficeId, {
    chain: toHex(chain),
    number: head.number,
    digest: digestFromBytes(head.digest),
    atMs,
  });
}
