import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NkeyUser, newNkeyUser, renderHubServerConfig } from '../../../services/core/bus/index.ts';
import {
  byteCount,
  type HubId,
  type OfficeId,
  pairScope,
  parseHubId,
  type Scope,
} from '../../../services/core/foundation/index.ts';
import { type TestCertificate, testCertificate, tlsFiles } from './link-certificates.ts';
import { startNatsServer, type TestServer } from './start-nats-server.ts';
import { startOfficeServer, type TestOffice, testBasics } from './start-office-server.ts';
import { shippedTemplates } from './templates.ts';

const MIB = 1024 * 1024;

/** A hub and offices that have dialled it. */
export interface TestHub {
  readonly hub: HubId;
  readonly server: TestServer;
  readonly operatorKey: NkeyUser;
  /** Of the hub's own process. */
  readonly nodeKey: NkeyUser;
  readonly offices: readonly TestOffice[];
  readonly office: (id: OfficeId) => TestOffice;
  readonly leafKeyOf: (id: OfficeId) => NkeyUser;
  readonly certificateOf: (id: OfficeId | HubId) => TestCertificate;
  readonly scopeOf: (one: OfficeId, other: OfficeId) => Scope;
  readonly stop: () => Promise<void>;
}

/** What a test may choose about a hub. */
export interface TestHubOptions {
  readonly offices: readonly OfficeId[];
  readonly routes: readonly (readonly [OfficeId, OfficeId])[];
  /** Another configuration for the hub than the shipped one, as a hostile administrator would write it. */
  readonly alterHub?: (config: string) => string;
  /** Changes what an office's server runs on; here only to place listeners inside it. */
  readonly alterOffice?: (office: OfficeId, config: string) => string;
}

/** Starts a hub and its offices' servers from the shipped templates. */
export async function startHub(options: TestHubOptions): Promise<TestHub> {
  const folder = await mkdtemp(join(tmpdir(), 'liaison-hub-'));
  const hub = parseHubId('hub-mekong');
  const templates = await shippedTemplates();
  const operatorKey = newNkeyUser();
  const leafKeys = new Map(options.offices.map((office) => [office as string, newNkeyUser()]));
  const certificates = new Map<string, TestCertificate>();
  for (const id of [hub, ...options.offices]) certificates.set(id, await testCertificate(id));
  const certificateOf = (id: OfficeId | HubId): TestCertificate => known(certificates, id);
  const leafKeyOf = (id: OfficeId): NkeyUser => known(leafKeys, id);
  const hubTls = await tlsFiles(
    await mkdtemp(join(folder, 'hub-')),
    certificateOf(hub),
    options.offices.map(certificateOf),
  );
  const nodeKey = newNkeyUser();
  const server = await startNatsServer((serverFolder, ports) => {
    const config = renderHubServerConfig(templates, {
      ...testBasics(serverFolder, ports, nodeKey, operatorKey),
      hub,
      storeDir: join(serverFolder, 'store'),
      maxFileBytes: byteCount(512 * MIB),
      maxMemBytes: byteCount(16 * MIB),
      listener: { host: '127.0.0.1', port: ports.leaf, tls: hubTls },
      offices: options.offices.map((office) => ({
        office,
        leafKey: leafKeyOf(office).publicKey,
        pinnedCerts: [certificateOf(office).fingerprint],
      })),
      routes: options.routes.map((offices) => ({ offices, scopes: [pairScope(...offices)] })),
    }).files['nats-server.conf'];
    return options.alterHub?.(config) ?? config;
  });
  const offices: TestOffice[] = [];
  for (const office of options.offices) {
    const tls = await tlsFiles(await mkdtemp(join(folder, 'office-')), certificateOf(office), [certificateOf(hub)]);
    offices.push(
      await startOfficeServer({
        office,
        alter: (config) => options.alterOffice?.(office, config) ?? config,
        links: (publisherKey) => [
          {
            kind: 'dials',
            neighbour: hub,
            peers: peersOf(office, options.routes).map((peer) => ({ office: peer, scopes: [pairScope(office, peer)] })),
            publisherKey: publisherKey(hub).publicKey,
            host: '127.0.0.1',
            port: server.ports().leaf,
            leafSeed: leafKeyOf(office).seed,
            tls,
            pinnedCerts: [certificateOf(hub).fingerprint],
          },
        ],
      }),
    );
  }
  return {
    hub,
    server,
    operatorKey,
    nodeKey,
    offices,
    office: (id) => known(new Map(offices.map((office) => [office.office as string, office])), id),
    leafKeyOf,
    certificateOf,
    scopeOf: pairScope,
    stop: async () => {
      for (const office of offices) await office.server.stop();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function peersOf(office: OfficeId, routes: TestHubOptions['routes']): OfficeId[] {
  return routes.filter((route) => route.includes(office)).flatMap((route) => route.filter((other) => other !== office));
}

function known<T>(map: ReadonlyMap<string, T>, id: string): T {
  const found = map.get(id);
  if (found === undefined) throw new Error(`no ${id} in this test`);
  return found;
}
