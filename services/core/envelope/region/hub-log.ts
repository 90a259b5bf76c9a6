import { sha256 } from '../../foundation/index.ts';

/** The digest of a hub's log without entries. */
export const EMPTY_HUB_LOG: Uint8Array = new Uint8Array(32);

/** The digest of a hub's log with one more entry: SHA-256 over the digest before and SHA-256 of the entry's item. */
export function extendHubLog(before: Uint8Array, item: Uint8Array): Uint8Array {
  return extendHubLogBy(before, sha256(item));
}

/** As `extendHubLog`, for an entry of which only SHA-256 of its item is known: one whose content is gone. */
export function extendHubLogBy(before: Uint8Array, itemDigest: Uint8Array): Uint8Array {
  return sha256(Buffer.concat([before, itemDigest]));
}
