import type { JsonObject } from '../../forms/json.ts';
import type { Key } from '../../i18n/index.ts';
import type { KINDS } from './kinds.ts';

/** A kind of message that officers know, as data over the contract: no field is named that the contract does not have. */
export interface Template {
  readonly id: string;
  readonly kind: keyof typeof KINDS;
  readonly title: Key;
  /** When it is used, in one sentence. */
  readonly about: Key;
  /** What is filled in when it is chosen. */
  readonly preset: JsonObject;
  /** The few fields that matter first. */
  readonly first: readonly string[];
  /** Those that are often needed, next. All others of the contract follow on demand. */
  readonly next: readonly string[];
  /** Which fields of a message within come first here, instead of the usual ones. */
  readonly within?: Readonly<Record<string, readonly string[]>>;
  /** What must be there though the contract alone does not demand it. */
  readonly needs?: readonly string[];
  /** Reached from another message only, which it is about. */
  readonly aboutMessage?: 'own' | 'received-request';
}

/** What every new alert says of itself. */
export const NEW_ALERT = { messageType: 'MESSAGE_TYPE_ALERT' } as const;

/** What is often needed next of an alert. */
export const ALERT_NEXT = [
  'precedence',
  'alert.urgency',
  'alert.severity',
  'alert.certainty',
  'alert.requestedActions',
  'alert.indicators',
  'alert.corridor',
  'purpose',
  'handling',
  'caveat',
  'caseReference',
] as const;

/** How most messages go. */
export const ORDINARY = { precedence: 'PRECEDENCE_PRIORITY', handling: 'HANDLING_CODE_H0' } as const;
