import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../foundation/index.ts';
import type { JsonFault } from './json-faults.ts';

/** The errors of this folder: bytes or JSON that are not what the contract says. */
export const WIRE_ERRORS = {
  WIRE_MALFORMED: {
    meaning: 'the bytes are not a message of the expected type',
    action: 'keep the original; ask the sender which version of the contract it speaks',
    disposition: 'quarantine',
  },
  WIRE_TOO_LARGE: {
    meaning: 'the bytes are more than a message of this type may have',
    action: 'keep the digest; ask the sender to send less',
    disposition: 'quarantine',
  },
  WIRE_JSON_INVALID: {
    meaning: 'the JSON does not satisfy the contract; the faults name field and reason',
    action: 'correct the named fields and submit again',
    disposition: 'reject',
  },
  WIRE_PART_INVALID: {
    meaning: 'a part does not fit the body: its path, or fields outside its category',
    action: 'keep the original; the sender marks data with a wrong category',
    disposition: 'quarantine',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type WireErrorCode = keyof typeof WIRE_ERRORS;

/** Bytes or JSON that do not satisfy the contract. */
export class WireError extends LiaisonError<WireErrorCode> {
  constructor(code: WireErrorCode, details?: ErrorDetails) {
    super('WireError', code, WIRE_ERRORS[code], details);
  }
}

/** JSON that does not satisfy the contract: all that is wrong with it, up to MAX_FAULTS. Code WIRE_JSON_INVALID. */
export class JsonFaultsError extends WireError {
  readonly faults: readonly JsonFault[];

  constructor(code: 'WIRE_JSON_INVALID', type: string, faults: readonly JsonFault[]) {
    super(code, { context: { type, faults: faults.length } });
    this.faults = faults;
  }
}

/** Why bytes are not a message as the contract has it. */
export type BytesFault =
  | 'truncated'
  | 'tag-invalid'
  | 'wire-type-wrong'
  | 'field-unknown'
  | 'field-repeated'
  | 'list-too-long'
  | 'number-out-of-range'
  | 'default-written'
  | 'text-not-utf8';

/** Bytes that are not a message as the contract has it; caught within this folder. */
export class BytesFaultError extends Error {
  readonly fault: BytesFault;

  constructor(fault: BytesFault, cause?: unknown) {
    super(fault, { cause });
    this.fault = fault;
  }
}
