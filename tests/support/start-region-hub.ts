import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BusConnection, type HubClient, openHubClient } from '../../services/core/bus/index.ts';
import { byteCount, epochMs, type OfficeId } from '../../services/core/foundation/index.ts';
import type { HubConfig } from '../../services/hub/config.ts';
import { runHub } from '../../services/hub/run.ts';
import { eventually } from './eventually.ts';
import { writeTrust } from './memory-hub.ts';
import { startHub, type TestHub, type TestHubOptions } from './nats/start-hub.ts';
import type { RegionWorld } from './region-world.ts';

/** A hub with its real server and its real process, and offices that have dialled it. */
export interface RunningHub {
  readonly servers: TestHub;
  readonly url: string;
  readonly config: HubConfig;
  readonly lines: readonly string[];
  /** An office's way to the hub over its own server and link. */
  readonly client: (office: OfficeId) => Promise<HubClient & { readonly connection: BusConnection }>;
  /** Ends the process; the servers stay. */
  readonly end: () => Promise<void>;
  /** Starts it again over the same store. */
  readonly startAgain: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const MIB = 1024 * 1024;

/** Starts servers from the shipped templates and the hub's process over them, in this process. */
export async function startRegionHub(
  world: RegionWorld,
  options: Pick<TestHubOptions, 'offices' | 'alterHub'> & {
    readonly itemsPerMinute?: number;
    /** What the hub takes for its server's configuration, where a test has altered that. */
    readonly shownConfig?: (text: string) => string;
  },
): Promise<RunningHub> {
  const { offices, alterHub, shownConfig = (text: string) => text } = options;
  const servers = await startHub({ offices, routes: [], ...(alterHub === undefined ? {} : { alterHub }) });
  const folder = await mkdtemp(join(tmpdir(), 'liaison-hub-home-'));
  await writeTrust(join(folder, 'trust'), world);
  const config: HubConfig = {
    hub: world.hub,
    offices: options.offices,
    http: { host: '127.0.0.1', port: 0 },
    server: {
      client: servers.server.clientUrl(),
      monitor: servers.server.monitorUrl(),
      configFile: servers.server.configFile,
    },
    nodeKeyFile: '',
    signingKeyFile: '',
    trust: join(folder, 'trust'),
    suspendedFile: join(folder, 'suspended.json'),
    limits: {
      logBytes: byteCount(64 * MIB),
      contentBytes: byteCount(128 * MIB),
      directoryBytes: byteCount(16 * MIB),
      subscriptionBytes: byteCount(16 * MIB),
      itemsPerMinute: options.itemsPerMinute ?? 6000,
    },
    logLevel: 'info',
  };
  const lines: string[] = [];
  let stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let url = '';
  const start = async (): Promise<void> => {
    stopping = new AbortController();
    const from = lines.length;
    running = runHub(
      config,
      {
        nodeKey: servers.nodeKey.seed,
        signingKey: world.hubKey,
        serverConfig: { text: shownConfig(await readFile(servers.server.configFile, 'utf8')), changedAt: epochMs(0) },
      },
      { write: (line) => lines.push(line) },
      stopping.signal,
    );
    const up = eventually(
      () => {
        const line = lines.slice(from).find((each) => each.includes('hub is up'));
        if (line === undefined) throw new Error('the hub is not up yet');
        url = (JSON.parse(line) as { address: string }).address;
      },
      { withinMs: 20_000 },
    );
    await Promise.race([up, running]);
  };
  await start();
  const end = async (): Promise<void> => {
    stopping.abort();
    await running;
  };
  const connections: BusConnection[] = [];
  return {
    servers,
    get url() {
      return url;
    },
    config,
    lines,
    client: async (id) => {
      const office = servers.office(id);
      const connection = await office.connect(office.publisherKey(world.hub));
      connections.push(connection);
      return { ...openHubClient(connection, { hub: world.hub, office: id }), connection };
    },
    end,
    startAgain: start,
    stop: async () => {
      for (const connection of connections) await connection.close();
      await end();
      await servers.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The nations that are cut off, where the process reads them. */
export async function suspendAt(hub: RunningHub, nations: readonly string[]): Promise<void> {
  await writeFile(hub.config.suspendedFile, JSON.stringify({ nations }));
}
