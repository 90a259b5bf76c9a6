import { byteCount } from '../foundation/index.ts';

/** The largest message that our servers take from anyone, headers included. */
export const MAX_PAYLOAD_BYTES = byteCount(2 * 1024 * 1024);

/** The largest message that our streams store, headers included; below the server's limit, so that the two are told apart. */
export const MAX_MESSAGE_BYTES = byteCount(MAX_PAYLOAD_BYTES - 16 * 1024);

/** The largest ledger record batch, content batch or sealed frame: what is left beside our headers. */
export const MAX_BODY_BYTES = byteCount(MAX_MESSAGE_BYTES - 4 * 1024);
