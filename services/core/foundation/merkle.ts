import { sameBytes, sha256 } from './bytes.ts';

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

/** Hash of one item as a leaf: SHA-256(0x00 || item). RFC 9162 §2.1.1. */
export function leafHash(item: Uint8Array): Uint8Array {
  return sha256(LEAF, item);
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(NODE, left, right);
}

function split(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

/** A Merkle tree over leaf hashes: its root, and the inclusion path of any leaf. RFC 9162 §2.1. */
export interface MerkleTree {
  readonly size: number;
  readonly root: Uint8Array;
  readonly path: (index: number) => readonly Uint8Array[];
}

/** The tree over `leaves` (leaf hashes, at least one), with every inclusion path at hand. @throws RangeError for no leaf or an index outside. */
export function merkleTree(leaves: readonly Uint8Array[]): MerkleTree {
  if (leaves.length === 0) throw new RangeError('a tree has at least one leaf');
  const paths: Uint8Array[][] = leaves.map(() => []);
  const build = (from: number, to: number): Uint8Array => {
    if (to - from === 1) return leaves[from] as Uint8Array;
    const middle = from + split(to - from);
    const left = build(from, middle);
    const right = build(middle, to);
    for (let i = from; i < middle; i++) paths[i]?.push(right);
    for (let i = middle; i < to; i++) paths[i]?.push(left);
    return nodeHash(left, right);
  };
  const root = build(0, leaves.length);
  return {
    size: leaves.length,
    root,
    path: (index) => {
      const path = paths[index];
      if (path === undefined) throw new RangeError('no such leaf');
      return path;
    },
  };
}

/** Whether `leaf` stands at `index` of the tree of `size` leaves with this root. RFC 9162 §2.1.3.2. */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (sn === 0 || sibling.length !== 32) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && sameBytes(hash, root);
}
