import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import type { Msg, MsgHdrs, NatsConnection } from 'nats';
import type { DurationMs } from '../foundation/index.ts';
import { internalsOf } from './connect-bus.ts';
import { BusError } from './errors.ts';
import { asBusError, isMissing } from './library-errors.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import type { BusConnection } from './types.ts';

/** The doors of the client library. */
export interface ServerCalls {
  readonly nats: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
}

/**
 * The answer to one call of the client library. A call is made only while connected, and ends with the connection: what
 * was asked over one that is gone has no answer any more, and the library would wait for it until its timeout.
 *
 * @throws BusError BUS_DISCONNECTED, BUS_TIMEOUT, BUS_NO_RESPONDERS, BUS_REQUEST_REFUSED, BUS_CLOSED, or what the error
 * in the answer means.
 */
export async function askServer<T>(connection: BusConnection, call: (calls: ServerCalls) => Promise<T>): Promise<T> {
  const { losses, ...calls } = internalsOf(connection);
  const lost = losses.watch();
  try {
    return await Promise.race([lost.promise, call(calls)]);
  } catch (error) {
    throw asBusError(error);
  } finally {
    lost.release();
  }
}

/** As `askServer`; `undefined` when there is no such stream, consumer or message. */
export async function askServerIfThere<T>(
  connection: BusConnection,
  call: (calls: ServerCalls) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await askServer(connection, call);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** One request and its answer, whoever gives it. @throws BusError as `askServer`. */
export function request(
  connection: BusConnection,
  subject: string,
  payload: Uint8Array,
  { timeoutMs, headers }: { readonly timeoutMs: DurationMs; readonly headers?: MsgHdrs },
): Promise<Msg> {
  return askServer(connection, ({ nats }) =>
    nats.request(subject, payload, { timeout: timeoutMs, ...(headers === undefined ? {} : { headers }) }),
  );
}

/** What is to be published fits into a message. @throws BusError BUS_TOO_LARGE. */
export function assertFits(connection: BusConnection, bytes: Uint8Array): void {
  const limit = Math.min(MAX_BODY_BYTES, internalsOf(connection).nats.info?.max_payload ?? MAX_BODY_BYTES);
  if (bytes.length > limit) throw new BusError('BUS_TOO_LARGE', { context: { bytes: bytes.length } });
}
