import { summaryOf } from './error-summary.ts';
import type { Label, LabelSet } from './labels.ts';
import { LABELS } from './labels.ts';

/**
 * All that a log line may say besides its fixed text: ids, sizes, times, codes and words of closed sets. There is no
 * field for anything else, so no content has a place to go; a value that does not have its field's form is written as
 * its length.
 */
export interface LogFields {
  readonly office?: string;
  readonly peer?: string;
  readonly origin?: string;
  readonly envelopeId?: string;
  readonly correlationId?: string;
  readonly digest?: string;
  /** The first 16 bytes of the digest of a ledger's first record, in hexadecimal. */
  readonly chain?: string;
  readonly keyId?: string;
  readonly code?: string;
  readonly lane?: Label<'lane'>;
  readonly direction?: Label<'direction'>;
  readonly gate?: Label<'gate'>;
  readonly outcome?: Label<'outcome'>;
  readonly resolution?: Label<'resolution'>;
  readonly searchOutcome?: Label<'searchOutcome'>;
  readonly messageKind?: Label<'messageKind'>;
  readonly requestSide?: Label<'requestSide'>;
  readonly occasion?: Label<'occasion'>;
  readonly requestState?: Label<'requestState'>;
  readonly requestDue?: Label<'requestDue'>;
  readonly recallOutcome?: Label<'recallOutcome'>;
  readonly documentKind?: Label<'documentKind'>;
  /** Id of a joint operation. */
  readonly operation?: string;
  /** The message that another one is about. */
  readonly aboutOrigin?: string;
  readonly aboutId?: string;
  /** The message that another one takes the place of, by the same origin. */
  readonly supersedes?: string;
  readonly regionEvent?: Label<'regionEvent'>;
  readonly operationState?: Label<'operationState'>;
  readonly operationAction?: Label<'operationAction'>;
  readonly receiptKind?: Label<'receiptKind'>;
  readonly triageAction?: Label<'triageAction'>;
  readonly step?: Label<'step'>;
  readonly method?: Label<'method'>;
  /** The template of a route (`/v1/messages/:id`), never the path that was asked for. */
  readonly route?: string;
  /** Name of an agreement, directory or bundle. */
  readonly documentId?: string;
  /** Where a process listens or connects: scheme, host, port. */
  readonly address?: string;
  readonly release?: string;
  readonly version?: number;
  readonly number?: number;
  readonly first?: number;
  readonly last?: number;
  readonly count?: number;
  readonly bytes?: number;
  readonly durationMs?: number;
  readonly ageMs?: number;
  readonly attempt?: number;
  readonly status?: number;
  readonly port?: number;
  readonly pid?: number;
  readonly drill?: boolean;
  readonly up?: boolean;
  /** Anything thrown: its code, its safe context and where it was thrown; never its message. */
  readonly error?: unknown;
}

/** What a value of a field must look like to be written as it is. */
type Form = RegExp | 'number' | 'boolean' | 'error' | readonly string[];

const PARTY = /^(?:[a-z]{2}|hub)(?:-[a-z0-9]{1,40}){1,12}$/;
const ENVELOPE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const HEX_16 = /^[0-9a-f]{32}$/;

const set = (name: LabelSet): readonly string[] => LABELS[name];

/** The form of every field; what is not in this table is never written. */
export const FIELD_FORMS: Readonly<Record<keyof LogFields, Form>> = {
  office: PARTY,
  peer: PARTY,
  origin: PARTY,
  envelopeId: ENVELOPE_ID,
  aboutOrigin: PARTY,
  aboutId: ENVELOPE_ID,
  supersedes: ENVELOPE_ID,
  correlationId: HEX_16,
  digest: /^[0-9a-f]{64}$/,
  chain: HEX_16,
  keyId: /^[A-Za-z0-9_-]{43}$/,
  code: /^[A-Z][A-Z0-9]{0,31}(?:_[A-Z0-9]{1,32}){1,7}$/,
  lane: set('lane'),
  direction: set('direction'),
  gate: set('gate'),
  outcome: set('outcome'),
  resolution: set('resolution'),
  searchOutcome: set('searchOutcome'),
  messageKind: set('messageKind'),
  requestSide: set('requestSide'),
  occasion: set('occasion'),
  requestState: set('requestState'),
  requestDue: set('requestDue'),
  recallOutcome: set('recallOutcome'),
  documentKind: set('documentKind'),
  operation: /^[a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){0,20}$/,
  regionEvent: set('regionEvent'),
  operationState: set('operationState'),
  operationAction: set('operationAction'),
  receiptKind: set('receiptKind'),
  triageAction: set('triageAction'),
  step: set('step'),
  method: set('method'),
  route: /^\/[A-Za-z0-9/:._-]{0,95}$/,
  documentId: /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  address: /^[a-z]{2,8}:\/\/[A-Za-z0-9.:[\]-]{1,96}$/,
  release: /^[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}(?:-[a-z0-9.]{1,32})?$/,
  version: 'number',
  number: 'number',
  first: 'number',
  last: 'number',
  count: 'number',
  bytes: 'number',
  durationMs: 'number',
  ageMs: 'number',
  attempt: 'number',
  status: 'number',
  port: 'number',
  pid: 'number',
  drill: 'boolean',
  up: 'boolean',
  error: 'error',
};

const FORMS = new Map<string, Form>(Object.entries(FIELD_FORMS));

/** What stands in the place of a value that does not have its form: how long it is, and nothing of it. */
export function unsafe(value: unknown): string {
  return typeof value === 'string' ? `(${value.length} characters)` : `(${typeof value})`;
}

function safeValue(form: Form, value: unknown): unknown {
  if (form === 'error') return summaryOf(value);
  if (form === 'number') return typeof value === 'number' && Number.isFinite(value) ? value : unsafe(value);
  if (form === 'boolean') return typeof value === 'boolean' ? value : unsafe(value);
  if (typeof value !== 'string' || value.length > 128) return unsafe(value);
  return (form instanceof RegExp ? form.test(value) : form.includes(value)) ? value : unsafe(value);
}

/** The allowed fields of `fields`, each in its form; nothing of what else is in it. */
export function safeFields(fields: LogFields): Record<string, unknown> {
  const safe: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    const form = FORMS.get(key);
    if (form !== undefined && value !== undefined) safe[key] = safeValue(form, value);
  }
  return safe;
}
