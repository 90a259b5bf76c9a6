import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromHex,
  leafHash,
  merkleTree,
  sha256,
  toHex,
  verifyInclusion,
} from '../../../services/core/foundation/index.ts';

// The reference data of Certificate Transparency (RFC 6962), which RFC 9162 section 2.1 keeps: eight leaves, the root
// over the first of them, and inclusion paths.
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const PATHS: [number, number, string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

const hashes = LEAVES.map((leaf) => leafHash(fromHex(leaf)));
const numbered = (count: number) =>
  Array.from({ length: count }, (_, at) => leafHash(new Uint8Array([at >> 8, at & 0xff])));
const tree = fc.integer({ min: 1, max: 300 }).chain((size) => fc.tuple(fc.constant(size), fc.nat({ max: size - 1 })));

describe('leafHash', () => {
  it('is SHA-256 over a zero byte and the item', () => {
    expect(leafHash(new Uint8Array([1, 2]))).toEqual(sha256(new Uint8Array([0, 1, 2])));
  });
});

describe('merkleTree', () => {
  it.each(ROOTS.map((root, at) => [at + 1, root] as const))('has the known root over %i leaves', (size, root) => {
    expect(toHex(merkleTree(hashes.slice(0, size)).root)).toBe(root);
  });

  it.each(PATHS)('has the known path of leaf %i of %i', (index, size, path) => {
    expect(merkleTree(hashes.slice(0, size)).path(index).map(toHex)).toEqual(path);
  });

  it('says how many leaves it has', () => {
    expect(merkleTree(hashes).size).toBe(8);
  });

  it('refuses to be empty', () => {
    expect(() => merkleTree([])).toThrow(RangeError);
  });

  it.each([[-1], [8], [0.5]])('has no path of leaf %d of 8', (index) => {
    expect(() => merkleTree(hashes).path(index)).toThrow(RangeError);
  });
});

describe('verifyInclusion', () => {
  it('accepts every path of every tree', () => {
    fc.assert(
      fc.property(tree, ([size, index]) => {
        const leaves = numbered(size);
        const { root, path } = merkleTree(leaves);
        expect(verifyInclusion(leaves[index] as Uint8Array, index, size, path(index), root)).toBe(true);
      }),
    );
  });

  it('accepts a leaf at no other index', () => {
    fc.assert(
      fc.property(tree, fc.nat({ max: 299 }), ([size, index], other) => {
        fc.pre(other !== index);
        const leaves = numbered(size);
        const { root, path } = merkleTree(leaves);
        expect(verifyInclusion(leaves[index] as Uint8Array, other, size, path(index), root)).toBe(false);
      }),
    );
  });

  it('accepts no path with a bit turned, an entry missing or an entry more', () => {
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat({ max: 255 }), ([size, index], place, bit) => {
        const leaves = numbered(size);
        const built = merkleTree(leaves);
        const path = built.path(index).map((hash) => Uint8Array.from(hash));
        const accepts = (entries: Uint8Array[]) =>
          verifyInclusion(leaves[index] as Uint8Array, index, size, entries, built.root);
        expect(accepts([...path, new Uint8Array(32)])).toBe(false);
        fc.pre(path.length > 0);
        expect(accepts(path.slice(0, -1))).toBe(false);
        expect(accepts(path.slice(1))).toBe(false);
        const turned = path[place % path.length] as Uint8Array;
        turned[bit >> 3] = (turned[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(accepts(path)).toBe(false);
      }),
    );
  });

  const { root, path } = merkleTree(hashes);
  const leaf = hashes[5] as Uint8Array;
  it.each<[string, number, number, readonly Uint8Array[], Uint8Array]>([
    ['a negative index', -1, 8, path(5), root],
    ['an index beyond the tree', 8, 8, path(5), root],
    ['an index that is no whole number', 5.5, 8, path(5), root],
    ['a size that is no whole number', 5, 8.5, path(5), root],
    ['a size beyond exact numbers', 5, 2 ** 53, path(5), root],
    ['an empty tree', 0, 0, [], root],
    ['a path entry that is no hash', 5, 8, [new Uint8Array(31), ...path(5).slice(1)], root],
    ['a root that is no hash', 5, 8, path(5), root.slice(1)],
    ['a root of another tree', 5, 8, path(5), merkleTree(hashes.slice(1)).root],
  ])('refuses %s', (_, index, size, entries, claimed) => {
    expect(verifyInclusion(leaf, index, size, entries, claimed)).toBe(false);
  });

  const [first, second] = hashes as [Uint8Array, Uint8Array];
  const two = merkleTree([first, second]);
  it('refuses an index below the tree, which would read as the first leaf', () => {
    expect(verifyInclusion(first, 0, 8, path(0), root)).toBe(true);
    expect(verifyInclusion(first, -1, 8, path(0), root)).toBe(false);
  });

  it('refuses an inner node at the place of a leaf, by a path that ends too early', () => {
    const half = merkleTree(hashes.slice(0, 4));
    expect(
      verifyInclusion(merkleTree(hashes.slice(0, 2)).root, 0, 4, [merkleTree(hashes.slice(2, 4)).root], half.root),
    ).toBe(false);
  });

  it('refuses a path that goes on above the root', () => {
    expect(verifyInclusion(second, 0, 1, [first], two.root)).toBe(false);
  });

  it('refuses a hash that was cut elsewhere, so that both together are the same bytes', () => {
    const cut = new Uint8Array([...first.subarray(24), ...second]);
    expect(verifyInclusion(second, 1, 2, [first], two.root)).toBe(true);
    expect(verifyInclusion(cut, 1, 2, [first.subarray(0, 24)], two.root)).toBe(false);
  });

  it('does not take an inner node for a leaf', () => {
    expect(verifyInclusion(merkleTree(hashes.slice(0, 4)).root, 0, 2, [merkleTree(hashes.slice(4)).root], root)).toBe(
      true,
    );
    expect(
      verifyInclusion(leafHash(merkleTree(hashes.slice(0, 4)).root), 0, 2, [merkleTree(hashes.slice(4)).root], root),
    ).toBe(false);
  });
});
