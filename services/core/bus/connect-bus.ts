import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, errors, type NatsConnection } from 'nats';
import { type DurationMs, durationMs, seconds } from '../foundation/index.ts';
import { type ConnectionLosses, connectionLosses } from './connection-losses.ts';
import { BusError } from './errors.ts';
import { authenticatorOf } from './nkey.ts';
import type { BusConnection, BusConnectionState, BusConnectOptions } from './types.ts';

const PING_INTERVAL_MS = seconds(10);
const DEFAULT_CONNECT_TIMEOUT_MS = seconds(20);
const RECONNECT_WAIT_MS = 200;
const API_TIMEOUT_MS = seconds(5);
/** How long a last refusal or acknowledgement may take to go out; a frozen server must not keep the node from stopping. */
const LAST_FLUSH_MS = durationMs(500);

/** What this folder needs of a connection and nobody else sees. */
export interface ConnectionInternals {
  readonly nats: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly losses: ConnectionLosses;
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
  const losses = connectionLosses();
  const connection = watched(nats, losses);
  // Without its own look at the account: a key may ask JetStream exactly what this folder asks, and a link's key nothing.
  const jsm = await jetstreamManager(nats, { checkAPI: false, timeout: API_TIMEOUT_MS });
  internals.set(connection, { nats, js: jetstream(nats, { timeout: API_TIMEOUT_MS }), jsm, losses });
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

function watched(nats: NatsConnection, losses: ConnectionLosses): BusConnection {
  let state: BusConnectionState = 'connected';
  let closing: Promise<void> | undefined;
  const listeners: ((state: BusConnectionState) => void)[] = [];
  const enter = (next: BusConnectionState): void => {
    if (state === next || state === 'closed') return;
    state = next;
    losses.enter(next);
    for (const listener of listeners) listener(next);
  };
  const follow = async (): Promise<void> => {
    for await (const { type } of nats.status()) {
      if (type === 'disconnect') enter('disconnected');
      if (type === 'reconnect') enter('connected');
    }
  };
  void follow();
  void nats.closed().then(() => enter('closed'));
  return {
    state: () => state,
    onState: (listener) => void listeners.push(listener),
    serverId: () => nats.info?.server_id ?? '',
    serverVersion: () => nats.info?.version ?? '',
    roundTripMs: () => nats.rtt(),
    close: () => {
      closing ??= closeAfter(nats, state, () => enter('closed'));
      return closing;
    },
  };
}

/** Whatever was said last goes out, if the server is there to hear it; the client falls silent before it is closed. */
async function closeAfter(nats: NatsConnection, state: BusConnectionState, closed: () => void): Promise<void> {
  if (state === 'connected') await flushWithin(nats, LAST_FLUSH_MS);
  closed();
  // A write towards a server that has just gone fails a turn later. The client gives up its socket, and with it whoever
  // listens for that failure, as soon as it is closed: the failure would end the process.
  await new Promise((resolve) => setImmediate(resolve));
  await nats.close();
}

async function flushWithin(nats: NatsConnection, ms: DurationMs): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([nats.flush().catch(() => undefined), timeout]);
  clearTimeout(timer);
}
