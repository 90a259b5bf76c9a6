import { ACCESS_ERRORS, AccessError } from '../../core/access/index.ts';
import { FILES_ERRORS } from '../../core/files/index.ts';
import { type ErrorEntry, isLiaisonError, type LiaisonError } from '../../core/foundation/index.ts';
import { LEDGER_ERRORS } from '../../core/ledger/index.ts';
import {
  ATTACHMENTS_ERRORS,
  CHANNEL_ERRORS,
  CONSENTS_ERRORS,
  HOLD_ERRORS,
  OPERATIONS_ERRORS,
  RECALL_ERRORS,
  REGION_ERRORS,
  RELAY_ERRORS,
  REPORT_ERRORS,
  REQUESTS_ERRORS,
  REVIEW_ERRORS,
  SEARCHES_ERRORS,
  TRIAGE_ERRORS,
} from '../../core/relay/index.ts';
import { TELEMETRY_ERRORS } from '../../core/telemetry/index.ts';
import { TRUST_ERRORS } from '../../core/trust/index.ts';
import { JsonFaultsError, WIRE_ERRORS } from '../../core/wire/index.ts';
import { type Fault, OFFICE_ERRORS, OfficeError, type OfficeErrorCode } from '../errors.ts';
import { codeName } from '../views/code-names.ts';
import { ACCESS_STATUS, CORE_FIELDS, CORE_STATUS, OFFICE_STATUS } from './problem-codes.ts';

/** A problem as RFC 9457 has it, with a stable code, what is wrong with which field, and an id to find it in the log. */
export interface Problem {
  /** Names the kind of problem; a URN, not an address. RFC 9457 §3.1.1. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly faults: readonly Fault[];
  readonly correlationId: string;
  /** Who did what meanwhile, where somebody else came first; names are those of this office's own people. */
  readonly conflict?: Conflict;
}

/** What somebody else did before. */
export interface Conflict {
  readonly officer: string;
  readonly action: string;
  readonly at: string;
  /** Its number; the next step is taken on it. */
  readonly step: number;
}

/** The media type of problems. RFC 9457 §3. */
export const PROBLEM_TYPE = 'application/problem+json';

/**
 * The problem that an error is to a client. Texts are those of the error tables; nothing of what was thrown besides its
 * code goes out, and an error that is not one of ours is a fault of the node and says nothing at all.
 */
export function problemOf(error: unknown, correlationId: string): Problem {
  const known = asOfficeError(error);
  const status = statusOf(known);
  return {
    type: `urn:liaison-bus:problem:${known.code.toLowerCase().replaceAll('_', '-')}`,
    title: known.message,
    status,
    detail: actionOf(known),
    code: known.code,
    faults: faultsOf(known),
    correlationId,
    ...conflictOf(known),
  };
}

function conflictOf({ code, context }: LiaisonError): { readonly conflict?: Conflict } {
  const { officer, action, at, step } = context;
  if (code !== 'TRIAGE_CONFLICT' || typeof officer !== 'string' || typeof at !== 'string') return {};
  return { conflict: { officer, action: codeName('TriageAction', Number(action)), at, step: Number(step) } };
}

/** Whether it is the node that is at fault, so that the log must have it. */
export function isNodeFault(problem: Problem): boolean {
  return problem.status >= 500;
}

/** Headers that the answer to that error must have. */
export function problemHeaders(error: unknown, problem: Problem): Readonly<Record<string, string>> {
  // RFC 6750 §3: the challenge of a bearer scheme.
  if (problem.status === 401) return { 'www-authenticate': 'Bearer realm="liaison-bus"' };
  if (problem.status === 429 || problem.status === 503) {
    const seconds = isLiaisonError(error) ? error.context['retryAfterSeconds'] : undefined;
    return { 'retry-after': String(seconds ?? 1) };
  }
  const allowed = isLiaisonError(error) ? error.context['allow'] : undefined;
  return problem.status === 405 && typeof allowed === 'string' ? { allow: allowed } : {};
}

function asOfficeError(error: unknown): LiaisonError {
  if (error instanceof JsonFaultsError && error.faults.some((fault) => fault.reason === 'not-json')) {
    return new OfficeError('OFFICE_REQUEST_MALFORMED', { faults: error.faults });
  }
  return isLiaisonError(error) ? error : new OfficeError(codeOfHttpError(error));
}

/** What the HTTP library itself refuses, by its stable codes. */
function codeOfHttpError(error: unknown): OfficeErrorCode {
  const { code, statusCode } = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly code?: unknown;
    readonly statusCode?: unknown;
  };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'OFFICE_BODY_TOO_LARGE';
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'OFFICE_MEDIA_TYPE_UNKNOWN';
  if (typeof code === 'string' && code.startsWith('FST_ERR_CTP_')) return 'OFFICE_REQUEST_MALFORMED';
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_ASYNC_CONSTRAINT') return 'OFFICE_REQUEST_MALFORMED';
  return typeof statusCode === 'number' && statusCode === 400 ? 'OFFICE_REQUEST_MALFORMED' : 'OFFICE_FAULT';
}

function statusOf(error: LiaisonError): number {
  if (error instanceof OfficeError) return OFFICE_STATUS[error.code];
  if (error instanceof AccessError) return ACCESS_STATUS[error.code] ?? 401;
  const status = CORE_STATUS[error.code];
  if (status !== undefined) return status;
  if (error.disposition === 'reject') return 422;
  // Disk full, ledger closed, server away: nothing is wrong with the request, and later it may be taken.
  return 503;
}

/** Every code that a problem may have, with its texts: what the console has in all its languages. */
export const PROBLEM_TEXTS: Readonly<Record<string, ErrorEntry>> = {
  ...OFFICE_ERRORS,
  ...ACCESS_ERRORS,
  ...RELAY_ERRORS,
  ...REQUESTS_ERRORS,
  ...HOLD_ERRORS,
  ...ATTACHMENTS_ERRORS,
  ...FILES_ERRORS,
  ...CHANNEL_ERRORS,
  ...CONSENTS_ERRORS,
  ...OPERATIONS_ERRORS,
  ...TRUST_ERRORS,
  ...REPORT_ERRORS,
  ...REVIEW_ERRORS,
  ...SEARCHES_ERRORS,
  ...REGION_ERRORS,
  ...RECALL_ERRORS,
  ...TRIAGE_ERRORS,
  ...LEDGER_ERRORS,
  ...WIRE_ERRORS,
  ...TELEMETRY_ERRORS,
};

/** What to do about it, from the table of the code. */
function actionOf(error: LiaisonError): string {
  const action = PROBLEM_TEXTS[error.code]?.action ?? 'ask the operator of the office; the code says what happened';
  const { policies, roles, reviews } = error.context;
  if (
    (error.code === 'RELAY_RELEASE_REFUSED' || error.code === 'CONSENTS_PERSON_NEEDED') &&
    typeof policies === 'string' &&
    policies !== ''
  )
    return `${action}: ${policies}`;
  if (error.code === 'RELAY_UPDATE_BRANCHES') return `${action}: ${error.context['newest']}`;
  if (error.code === 'RELAY_AUDIENCE_DIFFERS') return `${action}: ${differing(error.context)}`;
  if (error.code === 'HOLD_REVIEWS_OPEN' && typeof reviews === 'string') return `${action}: ${reviews}`;
  if (error.code === 'OFFICE_ROLE_FORBIDDEN' && typeof roles === 'string') return `${action}: ${roles}`;
  return action;
}

/** Offices that are missing or too many; ids of the contract's form, by our own ledger or our own check. */
function differing({ missing, surplus }: LiaisonError['context']): string {
  return [missing ? `missing ${missing}` : '', surplus ? `not among them ${surplus}` : '']
    .filter((part) => part !== '')
    .join('; ');
}

function faultsOf(error: LiaisonError): readonly Fault[] {
  if (error instanceof OfficeError || error instanceof JsonFaultsError) return error.faults;
  const known = CORE_FIELDS[error.code];
  if (known === undefined) return [];
  const { field: named, fields } = error.context;
  const reason = error.code === 'ACCESS_PASSWORD_WEAK' ? String(error.context['reason']) : known.reason;
  if (typeof fields === 'string')
    return fields.split(' ').map((field) => ({
      field: `${known.field}.${field}`,
      reason: known.reason,
      message: error.message,
    }));
  return [{ field: typeof named === 'string' ? named : known.field, reason, message: error.message }];
}
