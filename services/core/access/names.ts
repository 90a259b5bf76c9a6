import type { OfficerRole } from './officers.ts';
import { type PrincipalName, ROLES, type Role } from './types.ts';

/** Whether `value` is one of the roles. */
export function isRole(value: unknown): value is Role {
  return ROLES.includes(value as Role);
}

/** Whether `value` is a role that a person may have. */
export function isOfficerRole(value: unknown): value is OfficerRole {
  return isRole(value) && value !== 'system';
}

/** What the node says by itself, and what is done to accounts at its command line, stand under these names: nobody has them. */
const RESERVED: ReadonlySet<string> = new Set(['node', 'command-line']);

/** Whether `value` may name a person or system; one spelling only, so that two names are the same or are not. */
export function isPrincipalName(value: unknown): value is PrincipalName {
  return typeof value === 'string' && !RESERVED.has(value) && /^[a-z0-9][a-z0-9._-]{0,63}$/.test(value);
}
