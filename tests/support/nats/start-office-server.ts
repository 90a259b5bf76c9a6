import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type BusConnection,
  connectBus,
  MAX_PAYLOAD_BYTES,
  type NkeyUser,
  newNkeyUser,
  type OfficeLink,
  type OfficeServerInput,
  renderOfficeServerConfig,
  type ServerBasics,
  type StreamBounds,
  type TlsFiles,
} from '../../../services/core/bus/index.ts';
import { byteCount, type HubId, type OfficeId, parseOfficeId } from '../../../services/core/foundation/index.ts';
import { inboxPrefixOf } from '../../../services/core/subjects/index.ts';
import { type ServerPorts, startNatsServer, type TestServer } from './start-nats-server.ts';
import { shippedTemplates } from './templates.ts';

const MIB = 1024 * 1024;

/** Bounds that fit into a test server's store. */
export const TEST_BOUNDS: StreamBounds = {
  ledgerBytes: byteCount(96 * MIB),
  contentBytes: byteCount(96 * MIB),
  inboundBytes: byteCount(32 * MIB),
};

/** An office's server from the shipped templates, and the keys of those who use it. */
export interface TestOffice {
  readonly office: OfficeId;
  readonly server: TestServer;
  readonly nodeKey: NkeyUser;
  readonly operatorKey: NkeyUser;
  readonly publisherKey: (neighbour: OfficeId | HubId) => NkeyUser;
  readonly connect: (key: NkeyUser, signal?: AbortSignal) => Promise<BusConnection>;
  readonly input: () => OfficeServerInput;
}

/** What a test may choose about an office's server. */
export interface TestOfficeOptions {
  readonly office: OfficeId;
  readonly listenerTls?: TlsFiles;
  /** The links, given each neighbour's publisher key. */
  readonly links?: (publisherKey: (neighbour: OfficeId | HubId) => NkeyUser) => readonly OfficeLink[];
  /** Spoils the rendered configuration, for tests of what must be noticed. */
  readonly alter?: (config: string) => string;
  readonly maxFileBytes?: number;
}

/** An office id of a test, checked. */
export function officeId(text: string): OfficeId {
  return parseOfficeId(text);
}

/** The basics that every test server has. */
export function testBasics(folder: string, ports: ServerPorts, nodeKey: NkeyUser, operatorKey: NkeyUser): ServerBasics {
  return {
    serverVersion: '2.15.1',
    clientPort: ports.client,
    monitorPort: ports.monitor,
    pidFile: join(folder, 'server.pid'),
    maxPayloadBytes: MAX_PAYLOAD_BYTES,
    nodeKey: nodeKey.publicKey,
    operatorKey: operatorKey.publicKey,
  };
}

/** Starts an office's server. Its links may name ports of servers that run already. */
export async function startOfficeServer(options: TestOfficeOptions): Promise<TestOffice> {
  const templates = await shippedTemplates();
  const nodeKey = newNkeyUser();
  const operatorKey = newNkeyUser();
  const publishers = new Map<string, NkeyUser>();
  const publisherKey = (neighbour: OfficeId | HubId): NkeyUser => {
    const key = publishers.get(neighbour) ?? newNkeyUser();
    publishers.set(neighbour, key);
    return key;
  };
  let input: OfficeServerInput | undefined;
  const server = await startNatsServer(async (folder, ports) => {
    input = {
      ...testBasics(folder, ports, nodeKey, operatorKey),
      office: options.office,
      storeDir: join(folder, 'store'),
      maxFileBytes: byteCount(options.maxFileBytes ?? 512 * MIB),
      maxMemBytes: byteCount(16 * MIB),
      links: options.links?.(publisherKey) ?? [],
      ...(options.listenerTls === undefined
        ? {}
        : { listener: { host: '127.0.0.1', port: ports.leaf, tls: options.listenerTls } }),
    };
    const { files, secrets } = renderOfficeServerConfig(templates, input);
    for (const [name, text] of Object.entries(secrets)) await writePrivate(folder, name, text);
    return options.alter?.(files['nats-server.conf']) ?? files['nats-server.conf'];
  });
  return {
    office: options.office,
    server,
    nodeKey,
    operatorKey,
    publisherKey,
    connect: (key, signal = new AbortController().signal) =>
      connectBus({
        servers: [server.clientUrl()],
        nkeySeed: key.seed,
        inboxPrefix: inboxPrefixOf(options.office),
        name: `test of ${options.office}`,
        signal,
      }),
    input: () => {
      if (input === undefined) throw new Error('not rendered yet');
      return input;
    },
  };
}

/** Writes a secret or certificate where a server reads it, and returns the path. */
export async function writePrivate(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text, { mode: 0o600 });
  return path;
}
