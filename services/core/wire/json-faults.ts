/** Why a field of a JSON document is refused; stable, for programs. */
export type JsonFaultReason =
  | 'not-json'
  | 'too-large'
  | 'too-deep'
  | 'field-repeated'
  | 'field-unknown'
  | 'type-wrong'
  | 'code-unknown'
  | 'number-invalid'
  | 'base64-invalid'
  | 'time-invalid'
  | 'date-invalid'
  | 'text-invalid'
  | 'format-wrong'
  | 'character-hidden'
  | 'marks-piled'
  | 'required'
  | 'oneof-ambiguous'
  | 'too-long'
  | 'too-many'
  | 'out-of-range'
  | 'entry-repeated';

/** One thing that is wrong with a JSON document. */
export interface JsonFault {
  /** Where: `alert.subjects[2].person.dateOfBirth`; empty for the document itself. */
  readonly field: string;
  readonly reason: JsonFaultReason;
  /** One sentence for people, without what was written there. */
  readonly message: string;
}

/** The most faults that are told of one document. */
export const MAX_FAULTS = 50;

const MAX_NAME = 64;

/** A field name as its writer gave it, fit to be shown: short, and letters, digits, `_` and `-` only. */
export function shownName(name: string): string {
  const short = name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}...` : name;
  return short.replace(/[^A-Za-z0-9_.-]/g, '?');
}

/** Collects the first MAX_FAULTS while a document is read. */
export class FaultList {
  readonly faults: JsonFault[] = [];

  add(field: string, reason: JsonFaultReason, message: string): void {
    if (this.faults.length < MAX_FAULTS) this.faults.push({ field, reason, message });
  }
}
