import { createCipheriv, createDecipheriv } from 'node:crypto';
import { leafHash, merkleTree, sameBytes, sha256, utf8 } from '../foundation/index.ts';
import { FilesError } from './errors.ts';
import { MAX_FILE_BYTES, PIECE_BYTES } from './limits.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const DOMAIN = utf8('liaison-attachment/1');

/** The largest sealed piece: nonce, sealed bytes, tag. */
export const MAX_SEALED_PIECE_BYTES: number = NONCE_BYTES + PIECE_BYTES + TAG_BYTES;

/** What opens a sealed file and proves its pieces: the content of an AttachedFile but for its name. */
export interface FileSeal {
  /** Of the file as it was sealed. */
  readonly bytes: number;
  /** SHA-256 of the file. */
  readonly digest: Uint8Array;
  /** 32 bytes, of this file alone. */
  readonly key: Uint8Array;
  readonly chunks: number;
  /** Root over the sealed pieces (RFC 9162 §2.1). */
  readonly root: Uint8Array;
}

/** A file in sealed pieces. */
export interface SealedFile extends FileSeal {
  readonly pieces: readonly Uint8Array[];
}

/** How many pieces a file of that many bytes has. */
export function pieceCount(bytes: number): number {
  return Math.ceil(bytes / PIECE_BYTES);
}

/** How long the piece at that place is once sealed; every piece but the last is full. */
export function sealedPieceBytes(bytes: number, index: number): number {
  return Math.min(PIECE_BYTES, bytes - index * PIECE_BYTES) + NONCE_BYTES + TAG_BYTES;
}

/** Binds a piece to its file, to its place and to how many there are. */
function placeOf(digest: Uint8Array, index: number, chunks: number): Uint8Array {
  const place = new DataView(new ArrayBuffer(8));
  place.setUint32(0, index);
  place.setUint32(4, chunks);
  return Buffer.concat([DOMAIN, digest, new Uint8Array(place.buffer)]);
}

/** The root over sealed pieces, by the leaf hashes of all of them in order. */
export function rootOfPieces(leaves: readonly Uint8Array[]): Uint8Array {
  return merkleTree(leaves).root;
}

/**
 * The file sealed piece by piece under a fresh key (AES-256-GCM, NIST SP 800-38D): a piece opens only with this key and
 * only at its own place. `random` gives that many unpredictable bytes.
 * @throws FilesError FILES_SIZE_UNFIT.
 */
export function sealFile(bytes: Uint8Array, random: (size: number) => Uint8Array): SealedFile {
  if (bytes.length === 0 || bytes.length > MAX_FILE_BYTES)
    throw new FilesError('FILES_SIZE_UNFIT', { context: { bytes: bytes.length } });
  const key = random(KEY_BYTES);
  const digest = sha256(bytes);
  const chunks = pieceCount(bytes.length);
  const pieces = Array.from({ length: chunks }, (_, index) => {
    const nonce = random(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(placeOf(digest, index, chunks));
    const piece = bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES);
    const sealed = [nonce, cipher.update(piece), cipher.final(), cipher.getAuthTag()];
    return new Uint8Array(Buffer.concat(sealed));
  });
  return { bytes: bytes.length, digest, key, chunks, root: rootOfPieces(pieces.map(leafHash)), pieces };
}

/** The piece at that place, as it was sealed there. @throws FilesError FILES_PIECE_UNOPENABLE. */
export function openPiece(sealed: Uint8Array, index: number, file: FileSeal): Uint8Array {
  if (sealed.length !== sealedPieceBytes(file.bytes, index) || file.key.length !== KEY_BYTES)
    throw new FilesError('FILES_PIECE_UNOPENABLE', { context: { index } });
  const decipher = createDecipheriv(CIPHER, file.key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(placeOf(file.digest, index, file.chunks));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]));
  } catch {
    throw new FilesError('FILES_PIECE_UNOPENABLE', { context: { index } });
  }
}

/**
 * The whole file: the pieces are exactly those whose root was signed, each opened at its place, and together they are the
 * file whose digest was signed. What kind of file it is has not been looked at.
 * @throws FilesError FILES_ROOT_MISMATCH, FILES_PIECE_UNOPENABLE, FILES_DIGEST_MISMATCH.
 */
export function openFile(pieces: readonly Uint8Array[], file: FileSeal): Uint8Array {
  const isComplete = pieces.length > 0 && pieces.length === file.chunks && file.chunks === pieceCount(file.bytes);
  if (!isComplete || !sameBytes(rootOfPieces(pieces.map(leafHash)), Uint8Array.from(file.root)))
    throw new FilesError('FILES_ROOT_MISMATCH', { context: { pieces: pieces.length } });
  const bytes = new Uint8Array(Buffer.concat(pieces.map((piece, index) => openPiece(piece, index, file))));
  if (bytes.length !== file.bytes || !sameBytes(sha256(bytes), Uint8Array.from(file.digest)))
    throw new FilesError('FILES_DIGEST_MISMATCH');
  return bytes;
}
