import type { Msg } from 'nats';
import { type DurationMs, fromUtf8, seconds, utf8 } from '../foundation/index.ts';
import { internalsOf } from './connect-bus.ts';
import { BusError, type BusErrorCode } from './errors.ts';
import type { BusConnection } from './types.ts';

const API_TIMEOUT_MS = seconds(5);
/** An answer that a peer's server may have written is not parsed beyond this size. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Error numbers of JetStream that mean something to us (nats-server, server/errors.json). */
export const JS_ERROR = {
  streamNotFound: 10059,
  wrongLastSequence: 10071,
  wrongLastSequenceConstant: 10164,
  noMessageFound: 10037,
  storeFailed: 10077,
  insufficientResources: 10023,
  memoryExceeded: 10028,
  storageExceeded: 10047,
  noLimits: 10120,
  messageTooLarge: 10054,
} as const;

const CODE_OF: ReadonlyMap<number, BusErrorCode> = new Map<number, BusErrorCode>([
  [JS_ERROR.wrongLastSequence, 'BUS_FENCE_LOST'],
  [JS_ERROR.wrongLastSequenceConstant, 'BUS_FENCE_LOST'],
  [JS_ERROR.storeFailed, 'BUS_STORE_FULL'],
  [JS_ERROR.insufficientResources, 'BUS_STORE_FULL'],
  [JS_ERROR.memoryExceeded, 'BUS_STORE_FULL'],
  [JS_ERROR.storageExceeded, 'BUS_STORE_FULL'],
  [JS_ERROR.messageTooLarge, 'BUS_TOO_LARGE'],
]);

/** What the server says that it has stored. */
export interface PubAck {
  readonly stream: string;
  readonly seq: number;
  readonly duplicate: boolean;
}

/** An error answer of JetStream as our own. */
export function apiError(error: unknown): BusError {
  const number = isRecord(error) && typeof error['err_code'] === 'number' ? error['err_code'] : 0;
  return new BusError(CODE_OF.get(number) ?? 'BUS_REQUEST_REFUSED', { context: { jetstreamError: number } });
}

/** The answer to a stored message. @throws BusError BUS_ANSWER_INVALID, or what the error in it means. */
export function parsePubAck(reply: Msg): PubAck {
  const answer = parseAnswer(reply.data, MAX_ANSWER_BYTES);
  if (answer['error'] !== undefined) throw apiError(answer['error']);
  const { stream, seq, duplicate } = answer;
  if (typeof stream !== 'string' || !Number.isSafeInteger(seq)) throw new BusError('BUS_ANSWER_INVALID');
  return { stream, seq: seq as number, duplicate: duplicate === true };
}

/** Asks our own server's JetStream. `undefined` when it has no such stream, consumer or message. @throws BusError. */
export async function askJetStream(
  connection: BusConnection,
  request: string,
  body: unknown,
  timeoutMs: DurationMs = API_TIMEOUT_MS,
): Promise<Record<string, unknown> | undefined> {
  const payload = body === undefined ? new Uint8Array() : utf8(JSON.stringify(body));
  const reply = await internalsOf(connection).mux.request(`$JS.API.${request}`, payload, { timeoutMs });
  const answer = parseAnswer(reply.data, Number.POSITIVE_INFINITY);
  const error = answer['error'];
  if (error === undefined) return answer;
  if (isRecord(error) && error['code'] === 404) return undefined;
  throw apiError(error);
}

/** Whether `value` is an object that is not a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseAnswer(data: Uint8Array, maxBytes: number): Record<string, unknown> {
  try {
    const parsed: unknown = data.length <= maxBytes ? JSON.parse(fromUtf8(data)) : undefined;
    if (isRecord(parsed)) return parsed;
  } catch (cause) {
    throw new BusError('BUS_ANSWER_INVALID', { cause });
  }
  throw new BusError('BUS_ANSWER_INVALID');
}
