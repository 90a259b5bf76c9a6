import { connect } from 'node:net';
import { type DurationMs, seconds } from '../../foundation/index.ts';
import { BusError } from '../errors.ts';
import { isRecord } from '../is-record.ts';
import type { LeafConnection } from '../types.ts';

/** What a server says of itself, as its monitoring prints it. Unknown fields are kept: versions differ. */
export interface ServerReading {
  readonly varz: Readonly<Record<string, unknown>>;
  readonly jsz: Readonly<Record<string, unknown>>;
  readonly leafs: readonly LeafConnection[];
  readonly accounts: readonly { readonly name: string; readonly jetStream: boolean }[];
  /** Whether it let a client in that showed no credentials at all. */
  readonly admitsAnyone: boolean;
}

/** Where a server's monitoring is, and how long it may take to answer. */
export interface MonitorAddress {
  readonly monitorUrl: string;
  readonly timeoutMs?: DurationMs;
}

const DEFAULT_TIMEOUT_MS = seconds(5);
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** Everything that the safety check looks at. @throws BusError BUS_MONITOR_UNREACHABLE. */
export async function readServer(address: MonitorAddress): Promise<ServerReading> {
  const [varz, jsz, leafs, accountz] = await Promise.all([
    readMonitor(address, '/varz'),
    readMonitor(address, '/jsz?config=true&accounts=true&streams=true&limit=1000'),
    readLeafs(address),
    readMonitor(address, '/accountz'),
  ]);
  const names = listOf(accountz['accounts']).filter((name) => typeof name === 'string');
  const accounts = await Promise.all(
    names.map(async (name) => ({ name, jetStream: await hasJetStream(address, name) })),
  );
  return { varz, jsz, leafs, accounts, admitsAnyone: await admitsAnyone(varz, address) };
}

/** The leaf connections that are up. @throws BusError BUS_MONITOR_UNREACHABLE. */
export async function readLeafs(address: MonitorAddress): Promise<readonly LeafConnection[]> {
  const leafz = await readMonitor(address, '/leafz');
  return listOf(leafz['leafs']).filter(isRecord).map(leafConnection);
}

async function readMonitor(
  { monitorUrl, timeoutMs }: MonitorAddress,
  path: string,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    const response = await fetch(new URL(path, monitorUrl), {
      signal: AbortSignal.timeout(timeoutMs ?? DEFAULT_TIMEOUT_MS),
    });
    const text = await response.text();
    const parsed: unknown = response.ok && text.length <= MAX_ANSWER_BYTES ? JSON.parse(text) : undefined;
    if (isRecord(parsed)) return parsed;
  } catch (cause) {
    throw new BusError('BUS_MONITOR_UNREACHABLE', { cause, context: { path } });
  }
  throw new BusError('BUS_MONITOR_UNREACHABLE', { context: { path } });
}

async function hasJetStream(address: MonitorAddress, account: string): Promise<boolean> {
  const detail = (await readMonitor(address, `/accountz?acc=${encodeURIComponent(account)}`))['account_detail'];
  return isRecord(detail) && detail['jetstream_enabled'] === true;
}

function leafConnection(leaf: Record<string, unknown>): LeafConnection {
  return {
    cid: Number(leaf['id']),
    account: String(leaf['account']),
    remoteName: String(leaf['name']),
    dialledByUs: leaf['is_spoke'] === true,
    roundTripMs: milliseconds(String(leaf['rtt'] ?? '')),
  };
}

/** A duration as Go prints it: `1m2.5s`, `327µs`. */
function milliseconds(text: string): number {
  const factors: Readonly<Record<string, number>> = {
    h: 3_600_000,
    m: 60_000,
    s: 1000,
    ms: 1,
    µs: 0.001,
    us: 0.001,
    ns: 0.000_001,
  };
  return [...text.matchAll(/([0-9.]+)(h|ms|m|s|µs|us|ns)/g)].reduce(
    (sum, [, value, unit]) => sum + Number(value) * (factors[unit ?? ''] ?? 0),
    0,
  );
}

/** Speaks just enough of the client protocol to see whether it is let in: whatever the settings say, this is what they do. */
function admitsAnyone(varz: Readonly<Record<string, unknown>>, { timeoutMs }: MonitorAddress): Promise<boolean> {
  const host = varz['host'] === '0.0.0.0' || varz['host'] === '::' ? '127.0.0.1' : String(varz['host']);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(varz['port']) });
    let heard = '';
    const finish = (admitted: boolean): void => {
      socket.destroy();
      resolve(admitted);
    };
    socket.setTimeout(timeoutMs ?? DEFAULT_TIMEOUT_MS, () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('close', () => finish(false));
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
      if (heard.includes('-ERR')) finish(false);
      else if (heard.includes('PONG')) finish(true);
    });
    socket.write(
      'CONNECT {"verbose":false,"pedantic":false,"name":"safety check","lang":"none","version":"0"}\r\nPING\r\n',
    );
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
