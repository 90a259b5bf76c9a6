import { byteCount } from '../foundation/index.ts';

/** The most items in one frame. */
export const FRAME_MAX_ITEMS = 256;

/** The most that a frame seals, padding included. */
export const FRAME_MAX_CONTENT_BYTES = byteCount(1024 * 1024);

/** The most that is published on a link at once, a sealed document included. */
export const MAX_TRANSIT_BYTES = byteCount(1536 * 1024);

/** Bytes of a salt: as many as SHA-256 needs against guessing. */
export const SALT_BYTES = 16;

/** The largest release to the region: the largest bulletin with room to spare. */
export const MAX_REGION_ITEM_BYTES = byteCount(768 * 1024);
