/** A file that goes with no post is erased after this. */
export const UNATTACHED_MS: number = 24 * 3600 * 1000;

/** So many pieces are on their way to one member at a time. */
export const PIECES_UNDER_WAY = 8;

/** A piece that a member did not get is sent again so often. */
export const ATTEMPTS = 3;
