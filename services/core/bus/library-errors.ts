import { JetStreamApiCodes, JetStreamApiError, JetStreamError } from '@nats-io/jetstream';
import { errors } from 'nats';
import { BusError, type BusErrorCode } from './errors.ts';

/** Error numbers of JetStream that the client library has no name for (nats-server, server/errors.json). */
export const JS_ERROR = {
  storeFailed: 10077,
  insufficientResources: 10023,
  memoryExceeded: 10028,
  storageExceeded: 10047,
  messageTooLarge: 10054,
} as const;

const CODE_OF: ReadonlyMap<number, BusErrorCode> = new Map<number, BusErrorCode>([
  [JetStreamApiCodes.StreamWrongLastSequence, 'BUS_FENCE_LOST'],
  [JetStreamApiCodes.StreamWrongLastSequenceUnknown, 'BUS_FENCE_LOST'],
  [JS_ERROR.storeFailed, 'BUS_STORE_FULL'],
  [JS_ERROR.insufficientResources, 'BUS_STORE_FULL'],
  [JS_ERROR.memoryExceeded, 'BUS_STORE_FULL'],
  [JS_ERROR.storageExceeded, 'BUS_STORE_FULL'],
  [JS_ERROR.messageTooLarge, 'BUS_TOO_LARGE'],
]);

const MISSING: readonly unknown[] = [
  JetStreamApiCodes.StreamNotFound,
  JetStreamApiCodes.ConsumerNotFound,
  JetStreamApiCodes.NoMessageFound,
];

/** What a number of JetStream's means here. */
export function apiError(number: number, cause?: unknown): BusError {
  return new BusError(CODE_OF.get(number) ?? 'BUS_REQUEST_REFUSED', { cause, context: { jetstreamError: number } });
}

/** Whether the server has no such stream, consumer or message. */
export function isMissing(error: unknown): boolean {
  return (
    error instanceof BusError &&
    error.code === 'BUS_REQUEST_REFUSED' &&
    MISSING.includes(error.context['jetstreamError'])
  );
}

/** An error of the client library as our own; anything else, such as a bug of ours, as it is. */
export function asBusError(error: unknown): unknown {
  if (error instanceof BusError) return error;
  const chain = causesOf(error);
  for (const each of chain) {
    const known = knownError(each, error);
    if (known !== undefined) return known;
  }
  return chain.some((each) => each instanceof errors.RequestError)
    ? new BusError('BUS_REQUEST_REFUSED', { cause: error })
    : error;
}

function knownError(error: unknown, cause: unknown): BusError | undefined {
  if (error instanceof JetStreamApiError) return apiError(error.code, cause);
  if (error instanceof errors.NoRespondersError) return new BusError('BUS_NO_RESPONDERS', { cause });
  if (error instanceof errors.TimeoutError) return new BusError('BUS_TIMEOUT', { cause });
  if (error instanceof errors.ClosedConnectionError || error instanceof errors.DrainingConnectionError)
    return new BusError('BUS_CLOSED', { cause });
  if (error instanceof errors.PermissionViolationError)
    return new BusError('BUS_REQUEST_REFUSED', { cause, context: { reason: 'permission' } });
  if (error instanceof JetStreamError) return statusError(error, cause);
  if (error instanceof SyntaxError) return new BusError('BUS_ANSWER_INVALID', { cause });
  return undefined;
}

/** A direct read ends with a status instead of an error number. */
function statusError(error: JetStreamError, cause: unknown): BusError {
  const status = statusOf(error);
  if (status === undefined) return new BusError('BUS_ANSWER_INVALID', { cause });
  return new BusError(status === 503 ? 'BUS_NO_RESPONDERS' : 'BUS_REQUEST_REFUSED', { cause, context: { status } });
}

/** The status that the server ended a read with; `undefined` when it was something else that ended it. */
export function statusOf(error: unknown): number | undefined {
  const code = error instanceof JetStreamError && 'code' in error ? error.code : undefined;
  return typeof code === 'number' ? code : undefined;
}

function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (let at: unknown = error; at instanceof Error && chain.length < 4; at = at.cause) chain.push(at);
  return chain;
}
