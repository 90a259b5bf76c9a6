import type { Date as PartialDate } from '../wire/index.ts';
import type { NameForm } from './name-words.ts';

/** What an identifier is of; two of different kinds are never the same. */
export type IdentifierKind =
  | 'account'
  | 'address'
  | 'bank-account'
  | 'container'
  | 'consignment'
  | 'document'
  | 'email'
  | 'imo'
  | 'organisation'
  | 'organisation-name'
  | 'phone'
  | 'plate'
  | 'vessel'
  | 'vessel-name'
  | 'vin'
  | 'wallet';

/** A number, plate or the like in one spelling. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
  /** Who gave it: a nation, or the service of an account; empty where that is not known. */
  readonly issuer: string;
}

/** What a subject can be found by. */
export interface Traits {
  readonly identifiers: readonly Identifier[];
  /** Every name, alias and spelling of a person. */
  readonly names: readonly NameForm[];
  /** The person's date of birth; null where it is not known or the names are not one person's. */
  readonly born: PartialDate | null;
}
