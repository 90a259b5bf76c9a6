import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../foundation/index.ts';

/** The errors of this folder: tokens, sessions and passwords that are not taken, and accounts that cannot be so. */
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
    meaning: 'the file of tokens, officers or sessions does not have the form it must have; the faults name each place',
    action: 'restore the file; tokens are made again with blo token create, officers with blo officer add',
    disposition: 'fatal',
  },
  ACCESS_SIGN_IN_REFUSED: {
    meaning: 'nobody signs in that way: the name, the password or the passkey is not right, or the account is disabled',
    action: 'try again with care; ask the operator of the office to reset the password',
    disposition: 'reject',
  },
  ACCESS_LOCKED_OUT: {
    meaning: 'too many passwords were wrong',
    action: 'wait as long as the answer says, or sign in with a passkey',
    disposition: 'retry',
  },
  ACCESS_PASSWORD_WEAK: {
    meaning: 'the password is too short, too common, or holds the name',
    action: 'choose at least twelve characters that nobody guesses: several words, for instance',
    disposition: 'reject',
  },
  ACCESS_PASSWORD_WRONG: {
    meaning: 'the password until now is not right',
    action: 'try again with care; ask the operator of the office to reset it',
    disposition: 'reject',
  },
  ACCESS_PASSWORD_MUST_CHANGE: {
    meaning: 'the password was set by somebody else and has to be changed first',
    action: 'choose a password of your own',
    disposition: 'reject',
  },
  ACCESS_PASSWORD_ENDED: {
    meaning: 'the password was for one sign-in, and its time is over',
    action: 'ask the operator of the office for another one',
    disposition: 'reject',
  },
  ACCESS_PROOF_NEEDED: {
    meaning: 'the sign-in was too long ago for what changes how people sign in',
    action: 'prove again who you are, with your password, a passkey or at the ministry, and try again',
    disposition: 'reject',
  },
  ACCESS_SESSION_INVALID: {
    meaning: 'there is no such session, or it was ended',
    action: 'sign in again',
    disposition: 'reject',
  },
  ACCESS_SESSION_EXPIRED: {
    meaning: 'the session has ended by itself',
    action: 'sign in again',
    disposition: 'reject',
  },
  ACCESS_OFFICER_UNKNOWN: {
    meaning: 'the office has nobody of that name',
    action: 'list the officers and choose one of them',
    disposition: 'reject',
  },
  ACCESS_OFFICER_EXISTS: {
    meaning: 'the office has somebody of that name already',
    action: 'choose another name, or change the officer who has it',
    disposition: 'reject',
  },
  ACCESS_TERMS_INVALID: {
    meaning: 'a display name is one line of at most 80 characters, a subject one that nobody else here has',
    action: 'correct the named field',
    disposition: 'reject',
  },
  ACCESS_TABLE_FULL: {
    meaning: 'the office has as many officers or agencies as it can keep',
    action: 'remove an agency that nobody belongs to; 512 officers and 64 agencies are the most',
    disposition: 'reject',
  },
  ACCESS_LAST_OPERATOR: {
    meaning: 'nobody could manage the accounts of the office any more',
    action: 'make somebody else an operator first',
    disposition: 'reject',
  },
  ACCESS_AGENCY_UNKNOWN: {
    meaning: 'the office has no agency of that id, or it is named twice',
    action: 'list the agencies and choose among them, or add it first',
    disposition: 'reject',
  },
  ACCESS_AGENCY_EXISTS: {
    meaning: 'the office has an agency of that id already',
    action: 'choose another id',
    disposition: 'reject',
  },
  ACCESS_AGENCY_INVALID: {
    meaning:
      "an agency's id is of lowercase letters, digits and -, its name one line, its crime areas those of the contract",
    action: 'correct the named field',
    disposition: 'reject',
  },
  ACCESS_AGENCY_IN_USE: {
    meaning: 'officers belong to the agency',
    action: 'take them out of it first',
    disposition: 'reject',
  },
  ACCESS_PASSKEY_REFUSED: {
    meaning: 'what the device answered does not verify, so it is no passkey of this officer',
    action: 'try again, or with another device',
    disposition: 'reject',
  },
  ACCESS_PASSKEYS_FULL: {
    meaning: 'the officer has as many passkeys as one may have',
    action: 'remove one that is not used any more; eight are the most',
    disposition: 'reject',
  },
  ACCESS_PASSKEY_EXISTS: {
    meaning: 'that passkey is known already',
    action: 'use it to sign in, or choose another device',
    disposition: 'reject',
  },
  ACCESS_PASSKEY_UNKNOWN: {
    meaning: 'the officer has no such passkey',
    action: 'see which there are',
    disposition: 'reject',
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
