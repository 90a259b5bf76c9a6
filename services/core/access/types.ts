import type { Brand, EpochMs } from '../foundation/index.ts';

/** What somebody is to an office: what they may do follows from it and from nothing else. */
export const ROLES = ['system', 'officer', 'supervisor', 'oversight', 'auditor', 'operator'] as const;

/** One of the roles. */
export type Role = (typeof ROLES)[number];

/** Everything that a door of the office lets somebody do; a door asks for exactly one of these. */
export const ACTIONS = [
  'submit',
  'preview',
  'read-inbox',
  'read-outbox',
  'read-held',
  'read-message',
  'read-evidence',
  'retrieve',
  'triage',
  'read-triage',
  'release',
  'reject',
  'break-glass',
  'read-requests',
  'take-steps',
  'read-reviews',
  'recall',
  'answer-recall',
  'read-recalls',
  'read-recalled',
  'close-review',
  'tell-region',
  'read-region',
  'read-region-standing',
  'subscribe',
  'read-operations',
  'run-operations',
  'sign-report',
  'forward',
  'ask-originator',
  'read-consents',
  'answer-originator',
  'open-parts',
  'search',
  'read-hits',
  'read-search-figures',
  'keep-lookouts',
  'read-lookouts',
  'follow-events',
  'read-links',
  'read-quarantine',
  'read-directory',
  'read-agreements',
  'read-ledger-head',
  'read-ledger',
  'check-ledger',
  'read-figures',
  'read-policies',
  'read-metrics',
  'keep-own-account',
  'read-officers',
  'manage-officers',
] as const;

/** One of the actions. */
export type Action = (typeof ACTIONS)[number];

/** How far a permission goes: to everything of the office, or to what this very person or system submitted. */
export type Reach = 'all' | 'own';

/** How an office calls a person or system: lowercase letters, digits and `. _ -`, at most 64; never a personal name. */
export type PrincipalName = Brand<string, 'PrincipalName'>;

/** Names a token without saying anything of its secret: 16 lowercase hexadecimal digits. */
export type TokenId = Brand<string, 'TokenId'>;

/** Names an agency whose officers sit in the office: lowercase letters, digits and `-`, at most 32: `narcotics`. */
export type AgencyId = Brand<string, 'AgencyId'>;

/** Names a session without saying anything of its secret: 16 lowercase hexadecimal digits. */
export type SessionId = Brand<string, 'SessionId'>;

/** Somebody whose token or session was verified. */
export interface Principal {
  readonly kind: 'token' | 'session';
  /** Of the token or the session; enough to count by, nothing to sign in with. */
  readonly id: TokenId | SessionId;
  readonly role: Role;
  readonly name: PrincipalName;
  /** The agencies an officer belongs to, perhaps none; null for those whom no compartment concerns. */
  readonly agencies: readonly AgencyId[] | null;
}

/** What is kept of a token: enough to recognise it, not to use it. */
export interface TokenRecord {
  readonly id: TokenId;
  readonly role: Role;
  readonly name: PrincipalName;
  /** SHA-256 of the whole token's text, in hexadecimal. */
  readonly hash: string;
  readonly createdAt: EpochMs;
  /** From then on it is refused; `undefined` for never. */
  readonly expiresAt: EpochMs | undefined;
  /** From then on it is refused; `undefined` while it is not revoked. */
  readonly revokedAt: EpochMs | undefined;
}

/** The tokens of one office by id, in the order in which they were made. */
export type TokenTable = ReadonlyMap<TokenId, TokenRecord>;

/** One thing that is wrong with a file, and where. */
export interface TokenFileFault {
  /** Path of the value: `tokens[2].role`. */
  readonly field: string;
  readonly reason: string;
}
