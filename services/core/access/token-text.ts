import { createHash } from 'node:crypto';
import { toBase64url, toHex } from '../foundation/index.ts';
import { AccessError } from './errors.ts';
import type { TokenId } from './types.ts';

const PREFIX = 'blo';
const ID_BYTES = 8;
const SECRET_BYTES = 32;
const TOKEN = /^blo_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/;

/** A fresh token's text, `blo_<id>_<256 random bits in base64url>`; the prefix lets scanners find a leaked one. */
export function newTokenText(random: (size: number) => Uint8Array): { readonly id: TokenId; readonly text: string } {
  const id = toHex(random(ID_BYTES)) as TokenId;
  return { id, text: `${PREFIX}_${id}_${toBase64url(random(SECRET_BYTES))}` };
}

/** The id that a token names; nothing is proved by it. @throws AccessError ACCESS_TOKEN_INVALID for any other text. */
export function tokenIdOf(text: string): TokenId {
  const match = TOKEN.exec(text);
  if (match?.[1] === undefined) throw new AccessError('ACCESS_TOKEN_INVALID');
  return match[1] as TokenId;
}

/** SHA-256 of a token's text. A slow hash would add nothing: nobody can go through 256 random bits. */
export function hashToken(text: string): Uint8Array {
  return createHash('sha256').update(text, 'ascii').digest();
}
