import { connect, errors, type NatsConnection, type Status } from 'nats';
import { type DurationMs, durationMs, seconds } from '../foundation/index.ts';
import { BusError } from './errors.ts';
import { authenticatorOf } from './nkey.ts';
import { createRequestMux, type RequestMux } from './request-mux.ts';
import type { BusConnection, BusConnectionState, BusConnectOptions } from './types.ts';

const PING_INTERVAL_MS = seconds(10);
const DEFAULT_CONNECT_TIMEOUT_MS = seconds(20);
const RECONNECT_WAIT_MS = 200;
/** How long a last refusal or acknowledgement may take to go out; a frozen server must not keep the node from stopping. */
const LAST_FLUSH_MS = durationMs(500);

/** What this folder needs of a connection and nobody else sees. */
export interface ConnectionInternals {
  readonly nats: NatsConnection;
  readonly mux: RequestMux;
  readonly inboxPrefix: string;
}

const internals = new WeakMap<BusConnection, ConnectionInternals>();

/** The NATS client behind a connection that `connectBus` made. */
export function internalsOf(connection: BusConnection): ConnectionInternals {
  const found = internals.get(connection);
  if (found === undefined) throw new TypeError('a connection must come from connectBus');
  return found;
}

/**
 * Connected and signed in by nkey. From then on it reconnects for ever by itself, until closed or aborted.
 *
 * @throws BusError BUS_CONNECT_FAILED when the first connection fails, BUS_CONFIG_INVALID for a seed that is none.
 */
export async function connectBus(options: BusConnectOptions): Promise<BusConnection> {
  const authenticator = authenticatorOf(options.nkeySeed);
  if (options.signal.aborted) throw new BusError('BUS_CLOSED');
  const nats = await firstConnection(options, authenticator, options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS);
  const mux = createRequestMux(nats, options.inboxPrefix);
  const connection = watched(nats, mux);
  internals.set(connection, { nats, mux, inboxPrefix: options.inboxPrefix });
  const abort = (): void => void connection.close();
  options.signal.addEventListener('abort', abort, { once: true });
  void nats.closed().then(() => options.signal.removeEventListener('abort', abort));
  if (options.signal.aborted) abort();
  return connection;
}

async function firstConnection(
  options: BusConnectOptions,
  authenticator: ReturnType<typeof authenticatorOf>,
  timeoutMs: DurationMs,
): Promise<NatsConnection> {
  try {
    return await connect({
      servers: [...options.servers],
      name: options.name,
      inboxPrefix: options.inboxPrefix,
      authenticator,
      timeout: timeoutMs,
      maxReconnectAttempts: -1,
      reconnectTimeWait: RECONNECT_WAIT_MS,
      pingInterval: PING_INTERVAL_MS,
      maxPingOut: 2,
      ignoreClusterUpdates: true,
      // A server that is being reconfigured may refuse this key for a moment.
      ignoreAuthErrorAbort: true,
      noAsyncTraces: true,
    });
  } catch (cause) {
    throw new BusError('BUS_CONNECT_FAILED', {
      cause,
      context: { refused: cause instanceof errors.AuthorizationError },
    });
  }
}

function watched(nats: NatsConnection, mux: RequestMux): BusConnection {
  let state: BusConnectionState = 'connected';
  const listeners: ((state: BusConnectionState) => void)[] = [];
  const enter = (next: BusConnectionState): void => {
    if (state === next || state === 'closed') return;
    state = next;
    mux.onState(next);
    for (const listener of listeners) listener(next);
  };
  const follow = async (): Promise<void> => {
    for await (const status of nats.status()) followStatus(status, enter, mux);
  };
  void follow();
  void nats.closed().then(() => enter('closed'));
  return {
    state: () => state,
    onState: (listener) => void listeners.push(listener),
    serverId: () => nats.info?.server_id ?? '',
    serverVersion: () => nats.info?.version ?? '',
    roundTripMs: () => nats.rtt(),
    close: async () => {
      if (state === 'connected') await flushWithin(nats, LAST_FLUSH_MS);
      if (!nats.isClosed()) await nats.close();
      enter('closed');
    },
  };
}

async function flushWithin(nats: NatsConnection, ms: DurationMs): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([nats.flush().catch(() => undefined), timeout]);
  clearTimeout(timer);
}

function followStatus(status: Status, enter: (state: BusConnectionState) => void, mux: RequestMux): void {
  if (status.type === 'disconnect') enter('disconnected');
  if (status.type === 'reconnect') enter('connected');
  if (
    status.type === 'error' &&
    status.error instanceof errors.PermissionViolationError &&
    status.error.operation === 'publish'
  ) {
    mux.refuse(status.error.subject);
  }
}
