import { stringify } from 'yaml';
import type { EpochMs, HubId, OfficeId } from '../../core/foundation/index.ts';
import { ensurePrivateFolder, writePublicFile } from './files.ts';
import type { Address } from './link-card.ts';
import { hubHome } from './paths.ts';
import { ensureServerHome } from './server-home.ts';
import type { PlannedLink } from './server-plan.ts';

/** How a hub is set up. */
export interface HubSpec {
  readonly hub: HubId;
  readonly http: Address;
  readonly clientPort: number;
  readonly monitorPort: number;
  readonly listener: Address;
  readonly links: readonly PlannedLink[];
  readonly routes: readonly (readonly [OfficeId, OfficeId])[];
}

/** The home is set up as the spec says; keys that are there stay. */
export async function ensureHubHome(home: string, spec: HubSpec, now: EpochMs): Promise<void> {
  await ensurePrivateFolder(home);
  const { hub: id, clientPort, monitorPort, listener, links, routes } = spec;
  await ensureServerHome(home, { id, clientPort, monitorPort, listener, maxFileBytes: 0, links, routes }, now);
  await writePublicFile(hubHome.config(home), hubYaml(spec));
}

function hubYaml(spec: HubSpec): string {
  return `# The configuration of hub ${spec.hub}; paths are relative to this file.\n${stringify({
    hub: spec.hub,
    offices: spec.links.map((link) => link.neighbour),
    http: spec.http,
    server: {
      client: `nats://127.0.0.1:${spec.clientPort}`,
      monitor: `http://127.0.0.1:${spec.monitorPort}`,
      config: 'nats/nats-server.conf',
    },
    keys: { node: 'keys/node.nk' },
    log: { level: 'info' },
  })}`;
}
