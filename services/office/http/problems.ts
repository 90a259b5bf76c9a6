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
} from '../../core/relay/index.ts';
import { TELEMETRY_ERRORS } from '../../core/telemetry/index.ts';
import { TRUST_ERRORS } from '../../core/trust/index.ts';
import { JsonFaultsError, WIRE_ERRORS } from '../../core/wire/index.ts';
import { type Fault, OFFICE_ERRORS, OfficeError, type OfficeErrorCode } from '../errors.ts';

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
}

/** The media type of problems. RFC 9457 §3. */
export const PROBLEM_TYPE = 'application/problem+json';

const OFFICE_STATUS: Readonly<Record<OfficeErrorCode, number>> = {
  OFFICE_REQUEST_MALFORMED: 400,
  OFFICE_REQUEST_INVALID: 422,
  OFFICE_UNAUTHENTICATED: 401,
  OFFICE_ROLE_FORBIDDEN: 403,
  OFFICE_ROUTE_UNKNOWN: 404,
  OFFICE_METHOD_UNKNOWN: 405,
  OFFICE_BODY_TOO_LARGE: 413,
  OFFICE_MEDIA_TYPE_UNKNOWN: 415,
  OFFICE_RATE_EXCEEDED: 429,
  OFFICE_STREAMS_EXHAUSTED: 429,
  OFFICE_MESSAGE_AMBIGUOUS: 409,
  OFFICE_FAULT: 500,
  OFFICE_ARGUMENTS_INVALID: 500,
  OFFICE_CONFIG_INVALID: 500,
  OFFICE_FILE_UNREADABLE: 500,
  OFFICE_SECRET_EXPOSED: 500,
  OFFICE_SECRET_INVALID: 500,
  OFFICE_DIRECTORY_UNUSABLE: 500,
  OFFICE_NOT_LISTED: 500,
  OFFICE_DOCUMENT_ROLLBACK: 500,
  OFFICE_BUNDLE_UNUSABLE: 500,
  OFFICE_DOCUMENT_MISPLACED: 500,
  OFFICE_SERVER_UNSAFE: 500,
  OFFICE_LISTEN_FAILED: 500,
};

/** Codes of the core that a client can do something about, by status. */
const CORE_STATUS: Readonly<Record<string, number>> = {
  RELAY_RECIPIENT_UNKNOWN: 422,
  RELAY_DRILL_KEY_MISSING: 409,
  RELAY_EXPIRY_INVALID: 422,
  RELAY_REFERENCE_UNKNOWN: 422,
  RELAY_IDEMPOTENCY_CONFLICT: 409,
  RELAY_NOT_HELD: 409,
  RELAY_RELEASE_REFUSED: 409,
  HOLD_CHANGED_SINCE_SHOWN: 409,
  HOLD_OWN_MESSAGE: 403,
  HOLD_SAME_PERSON: 409,
  HOLD_SAME_ROLE: 409,
  HOLD_RECALLED: 409,
  HOLD_EMERGENCY_PURPOSE: 422,
  HOLD_REVIEWS_OPEN: 409,
  OPERATIONS_UNKNOWN: 404,
  OPERATIONS_KNOWN: 409,
  OPERATIONS_NOT_LEAD: 403,
  OPERATIONS_OF_LEAD: 409,
  OPERATIONS_OF_NODE: 422,
  OPERATIONS_NOT_MEMBER: 409,
  OPERATIONS_NO_LINE: 409,
  OPERATIONS_STATE_WRONG: 409,
  OPERATIONS_CHANGED: 409,
  OPERATIONS_SIGNATURE_INVALID: 422,
  TRUST_CHARTER_FORK: 409,
  TRUST_CHARTER_EXPIRED: 409,
  TRUST_CHARTER_AGREEMENT_MISSING: 409,
  REPORT_NOT_OPENED: 404,
  REPORT_NOT_FINAL: 409,
  REPORT_NOT_MEMBER: 403,
  REPORT_CHANGED: 409,
  REPORT_DIFFERS: 409,
  REPORT_CONTRADICTED: 409,
  REPORT_SIGNED: 409,
  REVIEW_UNKNOWN: 404,
  REVIEW_OWN_MESSAGE: 403,
  REVIEW_CLOSED: 409,
  REQUESTS_UNKNOWN: 404,
  REQUESTS_NOT_SENT: 409,
  REQUESTS_NOT_OURS: 409,
  REQUESTS_CLOSED: 409,
  RELAY_MESSAGE_UNKNOWN: 404,
  RELAY_CONTENT_GONE: 410,
  RELAY_CONTENT_ERASED: 410,
  RELAY_UPDATE_BRANCHES: 409,
  RECALL_NOT_ORIGINATOR: 403,
  RECALL_REPEATED: 409,
  RECALL_HOLDERS_CHANGED: 409,
  RECALL_UNKNOWN: 404,
  RECALL_NOT_RECEIVED: 409,
  RECALL_ANSWERED: 409,
  RECALL_COPY_UNDER_WAY: 409,
  RECALL_RECALLED: 409,
  CONSENTS_MESSAGE_ENDED: 409,
  CONSENTS_PASSED_ON_ALREADY: 409,
  CONSENTS_PERSON_NEEDED: 409,
  CONSENTS_NOT_HELD_THERE: 409,
  CONSENTS_NOT_ORIGINATOR: 403,
  CONSENTS_UNKNOWN: 404,
  CONSENTS_ANSWERED_ALREADY: 409,
  CONSENTS_LAPSED: 409,
  CONSENTS_NOTHING_WITHHELD: 409,
  LEDGER_CONTENT_TOO_LARGE: 413,
  SEARCHES_NOTHING_TO_SEARCH: 422,
  SEARCHES_QUOTA_SPENT: 429,
  SEARCHES_LOOKOUT_UNKNOWN: 404,
  SEARCHES_LOOKOUT_OVER: 409,
  REGION_HUB_UNKNOWN: 409,
  REGION_MESSAGE_UNKNOWN: 404,
  REGION_KIND_WRONG: 422,
  REGION_CORRIDOR_MISSING: 422,
  REGION_RELEASED_BEFORE: 409,
  REGION_NOT_RELEASED: 409,
  REGION_WITHDRAWN: 410,
  REGION_BEYOND_ENTITLEMENT: 403,
  REGION_SUBSCRIPTION_UNKNOWN: 404,
  ATTACHMENTS_UNKNOWN: 404,
  ATTACHMENTS_FILE_UNKNOWN: 422,
  ATTACHMENTS_INCOMPLETE: 409,
  ATTACHMENTS_REJECTED: 410,
  ATTACHMENTS_ERASED: 410,
  ATTACHMENTS_STORE_FULL: 409,
  FILES_SIZE_UNFIT: 413,
  FILES_TYPE_REFUSED: 415,
  FILES_TYPE_UNKNOWN: 415,
  CHANNEL_OPERATION_UNKNOWN: 404,
  CHANNEL_NOT_LIVE: 409,
  CHANNEL_NOT_MEMBER: 409,
  CHANNEL_PAST_ROLE: 403,
  CHANNEL_TOO_MUCH_SAID: 409,
};

/** The field that a code of the relay is about, where the code alone says so. */
const CORE_FIELDS: Readonly<Record<string, { readonly field: string; readonly reason: string }>> = {
  RELAY_RECIPIENT_UNKNOWN: { field: 'recipients', reason: 'pair-unknown' },
  RELAY_EXPIRY_INVALID: { field: 'expires', reason: 'out-of-range' },
  RELAY_REFERENCE_UNKNOWN: { field: '', reason: 'reference-unknown' },
  HOLD_EMERGENCY_PURPOSE: { field: 'purpose', reason: 'not-allowed' },
  REQUESTS_NOT_SENT: { field: 'recipients', reason: 'not-sent' },
  REQUESTS_DEADLINE_INVALID: { field: 'request.terms.answerBy', reason: 'out-of-range' },
  REQUESTS_SUBJECT_UNKNOWN: { field: '', reason: 'reference-unknown' },
  REQUESTS_QUESTION_INVALID: { field: '', reason: 'reference-unknown' },
  REQUESTS_GROUND_MISSING: { field: 'ground', reason: 'required' },
  REQUESTS_ASSIGNEE_MISSING: { field: 'assignee', reason: 'required' },
  REQUESTS_TEXT_MISSING: { field: 'text', reason: 'required' },
  REQUESTS_HANDLING_LOWERED: { field: 'handling', reason: 'out-of-range' },
  RELAY_UPDATE_BRANCHES: { field: 'supersedes', reason: 'superseded' },
  RELAY_UPDATE_MISPLACED: { field: 'supersedes', reason: 'kind-wrong' },
  RELAY_AUDIENCE_DIFFERS: { field: 'recipients', reason: 'audience-differs' },
  OPERATIONS_NOT_MEMBER: { field: 'member', reason: 'not-allowed' },
  OPERATIONS_OF_NODE: { field: 'action', reason: 'not-allowed' },
  OPERATIONS_SIGNATURE_INVALID: { field: 'document', reason: 'signature-invalid' },
  TRUST_CHARTER_TERMS_INVALID: { field: 'charter', reason: 'not-allowed' },
  TRUST_CHARTER_MEMBERS_INVALID: { field: 'charter.members', reason: 'not-allowed' },
  TRUST_CHARTER_DATES_INVALID: { field: 'charter.ends', reason: 'out-of-range' },
  TRUST_CHARTER_BEYOND_AGREEMENT: { field: 'charter', reason: 'out-of-range' },
  REGION_CORRIDOR_MISSING: { field: 'alert.corridor', reason: 'required' },
  REGION_KIND_WRONG: { field: '', reason: 'kind-wrong' },
  RECALL_ANSWER_BY_INVALID: { field: 'answerBy', reason: 'out-of-range' },
  RECALL_GROUND_UNFIT: { field: 'ground', reason: 'not-allowed' },
  RECALL_KIND_UNFIT: { field: 'message', reason: 'kind-wrong' },
  CONSENTS_KIND_STAYS: { field: 'message', reason: 'kind-wrong' },
  CONSENTS_RECIPIENT_INVALID: { field: 'recipient', reason: 'not-allowed' },
  CONSENTS_TERMS_INVALID: { field: '', reason: 'out-of-range' },
  RELAY_IDEMPOTENCY_CONFLICT: { field: 'idempotencyKey', reason: 'used-before' },
  SEARCHES_NOTHING_TO_SEARCH: { field: 'subjects', reason: 'required' },
  CHANNEL_PAST_ROLE: { field: 'post.terms.postType', reason: 'not-allowed' },
  CHANNEL_MODE_DIFFERS: { field: 'drill', reason: 'not-allowed' },
  CHANNEL_ABOVE_CEILING: { field: 'handling', reason: 'out-of-range' },
  CHANNEL_TERMS_INVALID: { field: 'post.terms', reason: 'not-allowed' },
  CHANNEL_ASSIGNEE_UNKNOWN: { field: 'post.terms.assignees', reason: 'reference-unknown' },
  ATTACHMENTS_FILE_UNKNOWN: { field: 'attachments', reason: 'reference-unknown' },
  ATTACHMENTS_CATEGORY_UNFIT: { field: 'category', reason: 'not-allowed' },
  FILES_NAME_UNFIT: { field: 'name', reason: 'not-allowed' },
  CHANNEL_TARGET_UNKNOWN: { field: 'answers', reason: 'reference-unknown' },
};

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
  };
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
  if (error instanceof AccessError) return 401;
  const status = CORE_STATUS[error.code];
  if (status !== undefined) return status;
  if (error.disposition === 'reject') return 422;
  // Disk full, ledger closed, server away: nothing is wrong with the request, and later it may be taken.
  return 503;
}

const TABLES: Readonly<Record<string, ErrorEntry>> = {
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
  ...LEDGER_ERRORS,
  ...WIRE_ERRORS,
  ...TELEMETRY_ERRORS,
};

/** What to do about it, from the table of the code. */
function actionOf(error: LiaisonError): string {
  const action = TABLES[error.code]?.action ?? 'ask the operator of the office; the code says what happened';
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
  const named = error.context['field'];
  return [{ field: typeof named === 'string' ? named : known.field, reason: known.reason, message: error.message }];
}
