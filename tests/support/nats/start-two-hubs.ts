import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newNkeyUser, type OfficeLink, renderHubServerConfig } from '../../../services/core/bus/index.ts';
import {
  byteCount,
  type HubId,
  type OfficeId,
  pairScope,
  parseHubId,
} from '../../../services/core/foundation/index.ts';
import { type TestCertificate, testCertificate, tlsFiles } from './link-certificates.ts';
import { startNatsServer, type TestServer } from './start-nats-server.ts';
import { startOfficeServer, type TestOffice, testBasics } from './start-office-server.ts';
import { shippedTemplates } from './templates.ts';

const MIB = 1024 * 1024;

/** Two offices whose servers have both dialled the same two hubs. */
export interface TwoHubs {
  readonly hubs: ReadonlyMap<HubId, TestServer>;
  readonly offices: ReadonlyMap<OfficeId, TestOffice>;
  readonly stop: () => Promise<void>;
}

export const MEKONG = parseHubId('hub-mekong');
export const SALWEEN = parseHubId('hub-salween');

/** Starts two hubs and the servers of two offices from the shipped templates. */
export async function startTwoHubs(pair: readonly [OfficeId, OfficeId]): Promise<TwoHubs> {
  const folder = await mkdtemp(join(tmpdir(), 'liaison-two-hubs-'));
  const templates = await shippedTemplates();
  const hubIds = [MEKONG, SALWEEN];
  const certificates = new Map<string, TestCertificate>();
  for (const id of [...hubIds, ...pair]) certificates.set(id, await testCertificate(id));
  const certificateOf = (id: string): TestCertificate => certificates.get(id) as TestCertificate;
  const leafKeys = new Map(hubIds.flatMap((hub) => pair.map((office) => [`${office}/${hub}`, newNkeyUser()] as const)));
  const leafKey = (office: OfficeId, hub: HubId) => leafKeys.get(`${office}/${hub}`) ?? newNkeyUser();

  const hubs = new Map<HubId, TestServer>();
  for (const hub of hubIds) {
    const tls = await tlsFiles(await mkdtemp(join(folder, 'hub-')), certificateOf(hub), pair.map(certificateOf));
    const server = await startNatsServer(
      (serverFolder, ports) =>
        renderHubServerConfig(templates, {
          ...testBasics(serverFolder, ports, newNkeyUser(), newNkeyUser()),
          hub,
          storeDir: join(serverFolder, 'store'),
          maxFileBytes: byteCount(512 * MIB),
          maxMemBytes: byteCount(16 * MIB),
          listener: { host: '127.0.0.1', port: ports.leaf, tls },
          offices: pair.map((office) => ({
            office,
            leafKey: leafKey(office, hub).publicKey,
            pinnedCerts: [certificateOf(office).fingerprint],
          })),
          routes: [{ offices: pair, scopes: [pairScope(...pair)], operations: true }],
        }).files['nats-server.conf'],
    );
    hubs.set(hub, server);
  }

  const offices = new Map<OfficeId, TestOffice>();
  for (const office of pair) {
    const peer = pair.find((each) => each !== office) as OfficeId;
    const tls = await tlsFiles(
      await mkdtemp(join(folder, 'office-')),
      certificateOf(office),
      hubIds.map(certificateOf),
    );
    const links = (publisherKey: TestOffice['publisherKey']): readonly OfficeLink[] =>
      hubIds.map((hub) => ({
        kind: 'dials',
        neighbour: hub,
        peers: [{ office: peer, scopes: [pairScope(...pair)], operations: true }],
        publisherKey: publisherKey(hub).publicKey,
        host: '127.0.0.1',
        port: (hubs.get(hub) as TestServer).ports().leaf,
        leafSeed: leafKey(office, hub).seed,
        tls,
        pinnedCerts: [certificateOf(hub).fingerprint],
      }));
    offices.set(office, await startOfficeServer({ office, links }));
  }
  return {
    hubs,
    offices,
    stop: async () => {
      for (const { server } of offices.values()) await server.stop();
      for (const server of hubs.values()) await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
