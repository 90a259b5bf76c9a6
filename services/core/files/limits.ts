import { type ByteCount, byteCount } from '../foundation/index.ts';

/** The largest file that any charter may allow: 25 MiB. */
export const MAX_FILE_BYTES: ByteCount = byteCount(25 * 1024 * 1024);

/** How much of a file one piece holds, the last one less. */
export const PIECE_BYTES: ByteCount = byteCount(128 * 1024);

/** The most chunks or segments of a picture: more than any camera writes, and few enough to hold them all at once. */
export const MAX_PARTS = 65_536;

/** The longest side of a picture, in pixels. */
export const MAX_SIDE_PIXELS = 30_000;

/** The most pixels of a picture: a decoder takes four bytes for each. */
export const MAX_PIXELS = 120_000_000;
