import { type Digest, digestFromBytes, type EpochMs, type OfficeId, toHex } from '../../foundation/index.ts';
import type { HeadWitnessed } from '../../wire/index.ts';

/** The newest head of a neighbour's ledger that was seen signed, and when. */
export interface WitnessedHeadView {
  readonly chain: string;
  readonly number: number;
  readonly digest: Digest;
  readonly atMs: EpochMs;
}

/** One of each neighbour. */
export type WitnessedHeads = Map<OfficeId, WitnessedHeadView>;

/** The head takes the place of the one that was seen before. */
export function applyHead({ office, chain, head }: HeadWitnessed, atMs: EpochMs, witnessed: WitnessedHeads): void {
  if (head === null) return;
  const { number, digest } = head;
  witnessed.set(office as OfficeId, { chain: toHex(chain), number, digest: digestFromBytes(digest), atMs });
}
