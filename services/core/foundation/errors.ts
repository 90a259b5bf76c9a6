/**
 * What the caller does about an error: `retry` the same thing later, put the cause aside (`quarantine`), tell the
 * caller that the input is at fault (`reject`), or stop (`fatal`).
 */
export type Disposition = 'retry' | 'quarantine' | 'reject' | 'fatal';

/** One row of a folder's error table: what the code means and what an operator does about it. */
export interface ErrorEntry {
  readonly meaning: string;
  readonly action: string;
  readonly disposition: Disposition;
}

/** Flat facts that are safe to log: ids, sizes, names of our own; never content, keys or a peer's free text. */
export type ErrorContext = Readonly<Record<string, string | number | boolean>>;

/** What may accompany an error. */
export interface ErrorDetails {
  readonly context?: ErrorContext;
  readonly cause?: unknown;
}

/** Base of every error this project throws on purpose. `code` is API and stable, `message` is not. */
export abstract class LiaisonError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly disposition: Disposition;
  readonly context: ErrorContext;

  protected constructor(name: string, code: Code, entry: ErrorEntry, details: ErrorDetails = {}) {
    super(entry.meaning, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = name;
    this.code = code;
    this.disposition = entry.disposition;
    this.context = Object.freeze({ ...details.context });
  }
}

/** True for errors thrown on purpose; everything else is a bug of ours and must not be reported as a peer's fault. */
export function isLiaisonError(value: unknown): value is LiaisonError {
  return value instanceof LiaisonError;
}

/** The errors of this folder: what cannot be read as what it should be. */
export const FOUNDATION_ERRORS = {
  FOUNDATION_ID_INVALID: {
    meaning: 'an identifier does not have the form it must have',
    action: 'correct the identifier; the context names its kind',
    disposition: 'reject',
  },
  FOUNDATION_ENCODING_INVALID: {
    meaning: 'a text is not valid hexadecimal or base64url',
    action: 'ask the sender for the value again',
    disposition: 'reject',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type FoundationErrorCode = keyof typeof FOUNDATION_ERRORS;

/** A value of the foundation that could not be parsed. */
export class FoundationError extends LiaisonError<FoundationErrorCode> {
  constructor(code: FoundationErrorCode, details?: ErrorDetails) {
    super('FoundationError', code, FOUNDATION_ERRORS[code], details);
  }
}
