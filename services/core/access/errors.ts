import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../foundation/index.ts';

/** The errors of this folder: tokens that are not taken, and what cannot be made of them. */
export const ACCESS_ERRORS = {
  ACCESS_TOKEN_INVALID: {
    meaning: 'the token is not one of this office',
    action: 'use a token that blo token create made for this office',
    disposition: 'reject',
  },
  ACCESS_TOKEN_EXPIRED: {
    meaning: 'the token has expired',
    action: 'make a new one with blo token create',
    disposition: 'reject',
  },
  ACCESS_TOKEN_REVOKED: {
    meaning: 'the token was revoked',
    action: 'ask whoever revoked it; make a new one with blo token create where it is still needed',
    disposition: 'reject',
  },
  ACCESS_TOKEN_UNKNOWN: {
    meaning: 'there is no token with that id',
    action: 'list the tokens of the office and choose one of them',
    disposition: 'reject',
  },
  ACCESS_NAME_INVALID: {
    meaning: 'the name is not of lowercase letters, digits and . _ - with at most 64 characters',
    action: "choose a short name for the person's post or the system, not a personal name",
    disposition: 'reject',
  },
  ACCESS_ROLE_INVALID: {
    meaning: 'there is no such role',
    action: 'choose one of system, officer, supervisor, oversight, auditor, operator',
    disposition: 'reject',
  },
  ACCESS_EXPIRY_INVALID: {
    meaning: 'the token would expire before it is made',
    action: 'choose an expiry in the future',
    disposition: 'reject',
  },
  ACCESS_FILE_INVALID: {
    meaning: 'the file of tokens does not have the form it must have; the faults name each place',
    action: 'restore the file, or make the tokens again with blo token create',
    disposition: 'fatal',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type AccessErrorCode = keyof typeof ACCESS_ERRORS;

/** A token, name or file of tokens that is not taken. */
export class AccessError extends LiaisonError<AccessErrorCode> {
  constructor(code: AccessErrorCode, details?: ErrorDetails) {
    super('AccessError', code, ACCESS_ERRORS[code], details);
  }
}
