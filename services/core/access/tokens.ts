import { randomBytes } from 'node:crypto';
import { type EpochMs, fromHex, sameBytes, toHex } from '../foundation/index.ts';
import { AccessError } from './errors.ts';
import { isPrincipalName, isRole } from './names.ts';
import { hashToken, newTokenText, tokenIdOf } from './token-text.ts';
import type { Principal, TokenId, TokenRecord, TokenTable } from './types.ts';

/** What a token is made for. */
export interface TokenRequest {
  readonly role: string;
  readonly name: string;
  readonly now: EpochMs;
  /** Left out: it does not expire. */
  readonly expiresAt?: EpochMs;
  /** Where the secret comes from; left out, the system's generator. */
  readonly random?: (size: number) => Uint8Array;
}

/** A new token: its text, to be given to its holder once, and the table with what is kept of it. */
export interface CreatedToken {
  readonly text: string;
  readonly record: TokenRecord;
  readonly table: TokenTable;
}

/**
 * A token with 256 bits of secret, and the table that knows it; the secret is in the returned text alone.
 *
 * @throws AccessError ACCESS_ROLE_INVALID, ACCESS_NAME_INVALID, ACCESS_EXPIRY_INVALID.
 */
export function createToken(table: TokenTable, request: TokenRequest): CreatedToken {
  const { role, name, now, expiresAt } = request;
  if (!isRole(role)) throw new AccessError('ACCESS_ROLE_INVALID');
  if (!isPrincipalName(name)) throw new AccessError('ACCESS_NAME_INVALID');
  if (expiresAt !== undefined && expiresAt <= now) throw new AccessError('ACCESS_EXPIRY_INVALID');
  const { id, text } = newTokenText(request.random ?? randomBytes);
  const record: TokenRecord = {
    id,
    role,
    name,
    hash: toHex(hashToken(text)),
    createdAt: now,
    expiresAt,
    revokedAt: undefined,
  };
  return { text, record, table: new Map(table).set(id, record) };
}

/**
 * Whose token it is: known here, not expired, not revoked. Unknown ids and wrong secrets are one and the same refusal.
 *
 * @throws AccessError ACCESS_TOKEN_INVALID, ACCESS_TOKEN_EXPIRED, ACCESS_TOKEN_REVOKED.
 */
export function verifyToken(table: TokenTable, text: string, now: EpochMs): Principal {
  const record = table.get(tokenIdOf(text));
  // The comparison takes the same time wherever the first difference is.
  if (record === undefined || !sameBytes(fromHex(record.hash), hashToken(text)))
    throw new AccessError('ACCESS_TOKEN_INVALID');
  return principalOf(record, now);
}

/** Whether the holder of a token that was verified before may still go on. @throws AccessError as `verifyToken`. */
export function renewPrincipal(table: TokenTable, principal: Principal, now: EpochMs): Principal {
  const record = table.get(principal.id as TokenId);
  if (record === undefined) throw new AccessError('ACCESS_TOKEN_INVALID');
  return principalOf(record, now);
}

/** The table in which that token is revoked from `now` on; a revocation is never taken back or put later. @throws AccessError ACCESS_TOKEN_UNKNOWN. */
export function revokeToken(table: TokenTable, id: string, now: EpochMs): TokenTable {
  const record = table.get(id as TokenId);
  if (record === undefined) throw new AccessError('ACCESS_TOKEN_UNKNOWN');
  if (record.revokedAt !== undefined && record.revokedAt <= now) return table;
  return new Map(table).set(record.id, { ...record, revokedAt: now });
}

function principalOf(record: TokenRecord, now: EpochMs): Principal {
  if (record.revokedAt !== undefined && record.revokedAt <= now) throw new AccessError('ACCESS_TOKEN_REVOKED');
  if (record.expiresAt !== undefined && record.expiresAt <= now) throw new AccessError('ACCESS_TOKEN_EXPIRED');
  return { kind: 'token', id: record.id, role: record.role, name: record.name, agencies: null };
}
