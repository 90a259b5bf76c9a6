import { createCipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_SEALED_PIECE_BYTES,
  openFile,
  openPiece,
  PIECE_BYTES,
  pieceCount,
  sealedPieceBytes,
  sealFile,
} from '../../../services/core/files/index.ts';
import { leafHash, merkleTree, sha256 } from '../../../services/core/foundation/index.ts';

const file = new Uint8Array(randomBytes(2 * PIECE_BYTES + 1000));
const sealed = sealFile(file, randomBytes);
const other = sealFile(file, randomBytes);
const rooted = (pieces: readonly Uint8Array[]) => ({ ...sealed, root: merkleTree(pieces.map(leafHash)).root });
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('sealFile', () => {
  it('seals in pieces of 128 KiB under a key of the file alone', () => {
    expect(sealed.pieces.map(({ length }) => length)).toEqual([MAX_SEALED_PIECE_BYTES, MAX_SEALED_PIECE_BYTES, 1028]);
    expect(sealed.pieces.map((_, index) => sealedPieceBytes(file.length, index))).toEqual([131_100, 131_100, 1028]);
    expect([pieceCount(1), pieceCount(PIECE_BYTES), pieceCount(PIECE_BYTES + 1)]).toEqual([1, 1, 2]);
    expect(sealed.digest).toEqual(sha256(file));
    expect(other.key).not.toEqual(sealed.key);
    expect(sealed.pieces.some((piece) => Buffer.from(piece).includes(Buffer.from(file.subarray(0, 32))))).toBe(false);
  });

  it('refuses nothing and too much', () => {
    for (const size of [0, 25 * 1024 * 1024 + 1])
      expect(() => sealFile(new Uint8Array(size), randomBytes)).toThrow(code('FILES_SIZE_UNFIT'));
  });
});

describe('openPiece', () => {
  it('opens a piece at its place only', () => {
    const piece = Buffer.from(openPiece(sealed.pieces[1] as Uint8Array, 1, sealed));
    expect(piece.equals(file.subarray(PIECE_BYTES, 2 * PIECE_BYTES))).toBe(true);
    const misplaced = () => openPiece(sealed.pieces[1] as Uint8Array, 0, sealed);
    expect(misplaced).toThrow(code('FILES_PIECE_UNOPENABLE'));
  });

  it('opens no piece of another file, of another key or of another length', () => {
    const [piece = new Uint8Array()] = sealed.pieces;
    const attempts = [
      () => openPiece(other.pieces[0] as Uint8Array, 0, sealed),
      () => openPiece(piece, 0, { ...sealed, digest: sha256(new Uint8Array(1)) }),
      () => openPiece(piece, 0, { ...sealed, chunks: 4 }),
      () => openPiece(piece, 0, { ...sealed, key: new Uint8Array(8) }),
      () => openPiece(piece.subarray(1), 0, sealed),
      () => openPiece(new Uint8Array(), 0, sealed),
    ];
    for (const attempt of attempts) expect(attempt).toThrow(code('FILES_PIECE_UNOPENABLE'));
  });
});

describe('openFile', () => {
  it('gives the file back', () => {
    expect(Buffer.from(openFile(sealed.pieces, sealed)).equals(file)).toBe(true);
    const small = sealFile(new Uint8Array([7]), randomBytes);
    expect(openFile(small.pieces, small)).toEqual(new Uint8Array([7]));
  });

  it('refuses a piece missing, repeated, swapped or of another file', () => {
    const [a, b, c] = sealed.pieces as [Uint8Array, Uint8Array, Uint8Array];
    for (const pieces of [[a, b], [a, b, c, c], [b, a, c], [a, other.pieces[1] as Uint8Array, c], [], [a, a, c]])
      expect(() => openFile(pieces, sealed)).toThrow(code('FILES_ROOT_MISMATCH'));
  });

  it('refuses pieces out of place though their root was signed', () => {
    const [a, b, c] = sealed.pieces as [Uint8Array, Uint8Array, Uint8Array];
    expect(() => openFile([b, a, c], rooted([b, a, c]))).toThrow(code('FILES_PIECE_UNOPENABLE'));
  });

  it('refuses a file that is not the one whose digest was signed', () => {
    const key = randomBytes(32);
    const digest = sha256(new Uint8Array([1]));
    const nonce = randomBytes(12);
    const place = Buffer.concat([Buffer.from('liaison-attachment/1'), digest, Buffer.from([0, 0, 0, 0, 0, 0, 0, 1])]);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(place);
    const piece = Buffer.concat([nonce, cipher.update(Buffer.from([2])), cipher.final(), cipher.getAuthTag()]);
    const lying = { bytes: 1, digest, key, chunks: 1, root: leafHash(piece) };
    expect(() => openFile([piece], lying)).toThrow(code('FILES_DIGEST_MISMATCH'));
  });

  it('refuses any change of any piece', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (index, at, flip) => {
        const pieces = sealed.pieces.map((piece, place) => {
          if (place !== index) return piece;
          const spot = at % piece.length;
          return piece.with(spot, (piece[spot] as number) ^ flip);
        });
        expect(() => openFile(pieces, sealed)).toThrow(code('FILES_ROOT_MISMATCH'));
        expect(() => openFile(pieces, rooted(pieces))).toThrow(code('FILES_PIECE_UNOPENABLE'));
      }),
      { numRuns: 60 },
    );
  });
});
