import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureNatsServer } from '../../../deploy/bootstrap/nats-server.mjs';
import { eventually } from '../eventually.ts';

/** The ports of a server; -1 lets it take any free one. */
export interface ServerPorts {
  readonly client: number;
  readonly monitor: number;
  readonly leaf: number;
}

/** Renders a server's configuration for a folder of its own and for ports. */
export type RenderServer = (folder: string, ports: ServerPorts) => string | Promise<string>;

/** A real nats-server that belongs to one test. */
export interface TestServer {
  readonly folder: string;
  readonly ports: () => ServerPorts;
  readonly clientUrl: () => string;
  readonly monitorUrl: () => string;
  readonly configFile: string;
  readonly log: () => Promise<string>;
  /** Ends it as a crash does: nothing is flushed, nothing is closed. */
  readonly kill9: () => Promise<void>;
  /** Stops the process where it stands, half-open for everyone connected; it no longer answers when this resolves. */
  readonly freeze: () => Promise<void>;
  readonly thaw: () => void;
  /** Ends it in order. */
  readonly halt: () => Promise<void>;
  /** Starts it again over the same store and the same ports, after `kill9` or `halt`. */
  readonly start: () => Promise<void>;
  /** Renders the configuration anew, for `start` or a reload to use. */
  readonly rewriteConfig: (render: RenderServer) => Promise<void>;
  /** Ends it and removes its folder. */
  readonly stop: () => Promise<void>;
}

const ANY_PORTS: ServerPorts = { client: -1, monitor: -1, leaf: -1 };
const START_WITHIN_MS = 20_000;
const STOP_WITHIN_MS = 5000;

/** Starts a nats-server on random ports with a store in a temporary folder, and returns when it is ready. */
export async function startNatsServer(render: RenderServer): Promise<TestServer> {
  const { path } = await ensureNatsServer();
  const folder = await mkdtemp(join(tmpdir(), 'liaison-nats-'));
  const configFile = join(folder, 'nats-server.conf');
  const logFile = join(folder, 'server.log');
  const readLog = (): Promise<string> => readFile(logFile, 'utf8').catch(() => '');
  let ports = ANY_PORTS;
  let running: ChildProcess | undefined;

  const endWith = async (signal: NodeJS.Signals): Promise<void> => {
    const child = running;
    running = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGCONT');
    child.kill(signal);
    const lastResort = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await gone;
    clearTimeout(lastResort);
  };
  const start = async (): Promise<void> => {
    for (const name of await portsFiles(folder)) await rm(join(folder, name));
    const log = openSync(logFile, 'a');
    const child = spawn(path, ['-c', configFile, '--ports_file_dir', folder], { stdio: ['ignore', log, log] });
    closeSync(log);
    running = child;
    endWithUs(child);
    const exited = new Promise<never>((_, reject) => child.once('exit', () => reject(new Error('it ended'))));
    const ready = eventually(() => readPorts(folder, child), { withinMs: START_WITHIN_MS });
    ready.catch(() => undefined);
    exited.catch(() => undefined);
    ports = await Promise.race([ready, exited]).catch(async (cause: unknown) => {
      throw new Error(`nats-server did not become ready: ${(await readLog()).slice(-2000)}`, { cause });
    });
  };
  const server: TestServer = {
    folder,
    configFile,
    ports: () => ports,
    clientUrl: () => `nats://127.0.0.1:${ports.client}`,
    monitorUrl: () => `http://127.0.0.1:${ports.monitor}`,
    log: readLog,
    kill9: () => endWith('SIGKILL'),
    freeze: async () => {
      running?.kill('SIGSTOP');
      await eventually(async () => {
        if (await answers(ports.monitor)) throw new Error('it still answers');
      });
    },
    thaw: () => void running?.kill('SIGCONT'),
    halt: () => endWith('SIGTERM'),
    start: async () => {
      await start();
    },
    rewriteConfig: async (again) => writeFile(configFile, await again(folder, ports)),
    stop: async () => {
      await endWith('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await server.rewriteConfig(render);
    await start();
    // From now on it keeps the ports that it was given.
    await server.rewriteConfig(render);
  } catch (failure) {
    await server.stop();
    throw failure;
  }
  return server;
}

/** A test run that is killed leaves no server behind: the watch ends with our end of its pipe, and takes the server along. */
function endWithUs(child: ChildProcess): void {
  const watch = spawn('sh', ['-c', 'cat > /dev/null; kill -9 "$0" 2> /dev/null', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watch.unref();
  child.once('exit', () => watch.kill('SIGKILL'));
}

async function answers(monitorPort: number): Promise<boolean> {
  const asked = fetch(`http://127.0.0.1:${monitorPort}/healthz`, { signal: AbortSignal.timeout(250) });
  return asked.then(
    () => true,
    () => false,
  );
}

async function portsFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.ports'));
}

async function readPorts(folder: string, child: ChildProcess): Promise<ServerPorts> {
  const [name] = await portsFiles(folder);
  if (name === undefined || child.exitCode !== null) throw new Error('no ports yet');
  const written = JSON.parse(await readFile(join(folder, name), 'utf8')) as { nats?: string[]; monitoring?: string[] };
  const monitor = portOf(written.monitoring?.[0]);
  const varz = (await (await fetch(`http://127.0.0.1:${monitor}/varz`)).json()) as { leaf?: { port?: number } };
  return { client: portOf(written.nats?.[0]), monitor, leaf: varz.leaf?.port ?? -1 };
}

function portOf(url: string | undefined): number {
  if (url === undefined) throw new Error('no address yet');
  return Number(new URL(url).port);
}
