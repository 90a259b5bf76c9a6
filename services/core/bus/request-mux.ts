import { type Msg, type MsgHdrs, type NatsConnection, nuid } from 'nats';
import type { DurationMs } from '../foundation/index.ts';
import { BusError } from './errors.ts';
import type { BusConnectionState } from './types.ts';

/** How one request is sent. */
export interface MuxRequest {
  readonly timeoutMs: DurationMs;
  readonly headers?: MsgHdrs;
}

/** Requests over one shared reply inbox, told apart by a token: many may be under way at once. */
export interface RequestMux {
  /** @throws BusError BUS_DISCONNECTED, BUS_TIMEOUT, BUS_NO_RESPONDERS, BUS_REQUEST_REFUSED, BUS_TOO_LARGE, BUS_CLOSED. */
  readonly request: (subject: string, payload: Uint8Array, options: MuxRequest) => Promise<Msg>;
  readonly pending: () => number;
  /** Ends what waits: its answer cannot come any more. */
  readonly onState: (state: BusConnectionState) => void;
  /** The server has refused to let this user publish on `subject`. */
  readonly refuse: (subject: string) => void;
}

interface Waiting {
  readonly subject: string;
  readonly resolve: (reply: Msg) => void;
  readonly reject: (error: BusError) => void;
  readonly timer: NodeJS.Timeout;
}

const NO_RESPONDERS = 503;

/** A mux whose replies come to `<inboxPrefix>.<random>.<token>`. */
export function createRequestMux(nats: NatsConnection, inboxPrefix: string): RequestMux {
  const base = `${inboxPrefix}.${nuid.next()}.`;
  const waiting = new Map<string, Waiting>();
  let state: BusConnectionState = 'connected';
  let lastToken = 0;

  const take = (token: string): Waiting | undefined => {
    const found = waiting.get(token);
    if (found === undefined) return undefined;
    waiting.delete(token);
    clearTimeout(found.timer);
    return found;
  };
  const failWhere = (matches: (request: Waiting) => boolean, error: () => BusError): void => {
    for (const [token, request] of [...waiting]) if (matches(request)) take(token)?.reject(error());
  };

  nats.subscribe(`${base}*`, {
    callback: (error, reply) => {
      if (error !== null) return;
      const request = take(reply.subject.slice(base.length));
      if (request === undefined) return;
      if (reply.data.length === 0 && reply.headers?.code === NO_RESPONDERS)
        request.reject(new BusError('BUS_NO_RESPONDERS'));
      else request.resolve(reply);
    },
  });

  const request = (subject: string, payload: Uint8Array, options: MuxRequest): Promise<Msg> =>
    new Promise((resolve, reject) => {
      if (state !== 'connected') return reject(new BusError(state === 'closed' ? 'BUS_CLOSED' : 'BUS_DISCONNECTED'));
      if (payload.length > (nats.info?.max_payload ?? 0))
        return reject(new BusError('BUS_TOO_LARGE', { context: { bytes: payload.length } }));
      lastToken += 1;
      const token = lastToken.toString(36);
      const timer = setTimeout(() => take(token)?.reject(new BusError('BUS_TIMEOUT')), options.timeoutMs);
      waiting.set(token, { subject, resolve, reject, timer });
      try {
        nats.publish(subject, payload, {
          reply: base + token,
          ...(options.headers === undefined ? {} : { headers: options.headers }),
        });
      } catch (cause) {
        take(token)?.reject(new BusError(nats.isClosed() ? 'BUS_CLOSED' : 'BUS_REQUEST_REFUSED', { cause }));
      }
    });

  return {
    request,
    pending: () => waiting.size,
    onState: (next) => {
      state = next;
      if (next !== 'connected')
        failWhere(
          () => true,
          () => new BusError(next === 'closed' ? 'BUS_CLOSED' : 'BUS_DISCONNECTED'),
        );
    },
    refuse: (subject) =>
      failWhere(
        (waiter) => waiter.subject === subject,
        () => new BusError('BUS_REQUEST_REFUSED', { context: { reason: 'permission' } }),
      ),
  };
}
