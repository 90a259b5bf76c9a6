import type { EpochMs } from '../foundation/index.ts';
import type { Agency } from './agencies.ts';
import type { AgencyId, PrincipalName, Role } from './types.ts';

/** What a person of an office may be; systems use tokens. */
export type OfficerRole = Exclude<Role, 'system'>;

/** A password as it is kept: it can be recognised and not be read. */
export interface PasswordHash {
  /** Cost parameters of scrypt (RFC 7914 §2). */
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  /** 16 bytes in base64url. */
  readonly salt: string;
  /** 32 bytes in base64url. */
  readonly hash: string;
}

/** A passkey of an officer: what its signatures are checked with. */
export interface PasskeyRecord {
  /** The credential id in base64url. */
  readonly id: string;
  /** The public key as COSE has it, in base64url. */
  readonly publicKey: string;
  /** The number of signatures, where the authenticator counts them; 0 where it does not. */
  readonly counter: number;
  /** What its owner calls it, at most 40 characters. */
  readonly label: string;
  readonly addedAt: EpochMs;
}

/** The account of a person at an office. */
export interface OfficerRecord {
  readonly name: PrincipalName;
  readonly role: OfficerRole;
  /** Of those the office has. */
  readonly agencies: readonly AgencyId[];
  /** How colleagues call the post, at most 80 characters; empty where the name will do. */
  readonly displayName: string;
  /** `undefined` where they sign in by other means. */
  readonly password: PasswordHash | undefined;
  /** Somebody else made the password: it is taken until then, and for nothing but to choose another. */
  readonly oneTimeUntil: EpochMs | undefined;
  readonly passkeys: readonly PasskeyRecord[];
  /** Who they are at the ministry's sign-in; `undefined` where they do not use it. */
  readonly oidcSubject: string | undefined;
  /** Sessions of another generation are over: it goes up where somebody loses what a session would let them do. */
  readonly generation: number;
  readonly createdAt: EpochMs;
  /** From then on they are let in no more; `undefined` while they are. */
  readonly disabledAt: EpochMs | undefined;
}

/** Whether somebody who made no password of their own can sign in with it no more. */
export function hasEnded({ oneTimeUntil }: Pick<OfficerRecord, 'oneTimeUntil'>, now: EpochMs): boolean {
  return oneTimeUntil !== undefined && oneTimeUntil <= now;
}

/** The people of an office and the agencies they come from, in the order in which they were added. */
export interface OfficersTable {
  readonly agencies: ReadonlyMap<AgencyId, Agency>;
  readonly officers: ReadonlyMap<PrincipalName, OfficerRecord>;
}

/** An office that knows nobody yet. */
export const NO_OFFICERS: OfficersTable = { agencies: new Map(), officers: new Map() };
