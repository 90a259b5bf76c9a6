import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { days, type EpochMs, earlier, type HubId, type KeyId, type OfficeId } from '../../core/foundation/index.ts';
import { createOffice } from '../../core/trust/index.ts';
import { officeEntryCodec, toJson } from '../../core/wire/index.ts';
import { assertAbsent, ensurePrivateFolder, readIfThere, writePrivateFile, writePublicFile } from './files.ts';
import type { Address } from './link-card.ts';
import { neighboursYaml } from './neighbour-yaml.ts';
import type { OfficeBounds } from './office-bounds.ts';
import { officeHome } from './paths.ts';
import { ensureServerHome } from './server-home.ts';
import type { PlannedLink, ServerPlan } from './server-plan.ts';

/** How an office is set up. */
export interface OfficeSpec {
  readonly office: OfficeId;
  /** Name for people, in English. */
  readonly name: string;
  /** Thumbprint of the own nation's root key. */
  readonly root: KeyId;
  readonly http: Address;
  readonly clientPort: number;
  readonly monitorPort: number;
  readonly listener: Address | null;
  readonly links: readonly PlannedLink[];
  /** Regional hubs among its links that it tells and asks; left out, none. */
  readonly hubs?: readonly HubId[];
  readonly bounds: OfficeBounds;
  /** Left out: what suits a real office. */
  readonly heartbeatSeconds?: number;
}

const MIB = 1024 * 1024;
const KEY_LIFETIME = days(365);
/** What a neighbour's clock may be behind. */
const BACKDATED = days(1);

/** A new home, with keys of its own. @throws CliError CLI_FILE_EXISTS where there is one. */
export async function initOfficeHome(home: string, spec: OfficeSpec, now: EpochMs): Promise<void> {
  await assertAbsent(officeHome.config(home));
  await ensureOfficeHome(home, spec, now);
}

/** The home is set up as the spec says; keys that are there stay. */
export async function ensureOfficeHome(home: string, spec: OfficeSpec, now: EpochMs): Promise<void> {
  await ensurePrivateFolder(home);
  for (const folder of ['keys', 'tokens', 'policy', 'trust', 'trust/directories', 'trust/agreements']) {
    await ensurePrivateFolder(join(home, folder));
  }
  await ensureOfficeKeys(home, spec, now);
  await ensureServerHome(home, serverPlanOf(spec), now);
  const hasDrillKeys = (await readIfThere(officeHome.drillSigningKey(home))) !== undefined;
  await writePublicFile(officeHome.config(home), officeYaml(spec, hasDrillKeys));
}

function serverPlanOf(spec: OfficeSpec): ServerPlan {
  const { ledgerBytes, contentBytes, inboundBytes } = spec.bounds;
  const peers = new Set(spec.links.flatMap((link) => link.peers)).size;
  return {
    id: spec.office,
    clientPort: spec.clientPort,
    monitorPort: spec.monitorPort,
    listener: spec.listener,
    // The streams reserve what they may hold; a little stays for what the server keeps of its consumers.
    maxFileBytes: ledgerBytes + contentBytes + inboundBytes * Math.max(1, peers) + 64 * MIB,
    links: spec.links,
    routes: [],
  };
}

async function ensureOfficeKeys(home: string, spec: OfficeSpec, now: EpochMs): Promise<void> {
  if ((await readIfThere(officeHome.entry(home))) !== undefined) return;
  const validity = { from: earlier(now, BACKDATED), signingForMs: KEY_LIFETIME, sealingForMs: KEY_LIFETIME };
  const made = createOffice(spec.office, spec.name, validity, randomBytes);
  await writePrivateFile(officeHome.signingKey(home), made.signingKey.privateJwk);
  await writePrivateFile(officeHome.sealingKey(home), made.sealingKey.privateJwk);
  await writePrivateFile(officeHome.drillSigningKey(home), made.drillSigningKey.privateJwk);
  await writePrivateFile(officeHome.drillSealingKey(home), made.drillSealingKey.privateJwk);
  // Last: with it the keys count as made.
  await writePublicFile(officeHome.entry(home), `${JSON.stringify(toJson(officeEntryCodec, made.entry), null, 2)}\n`);
}

function officeYaml(spec: OfficeSpec, hasDrillKeys: boolean): string {
  return `# The configuration of office ${spec.office}; paths are relative to this file.\n${stringify({
    office: spec.office,
    root: spec.root,
    http: spec.http,
    server: {
      client: `nats://127.0.0.1:${spec.clientPort}`,
      monitor: `http://127.0.0.1:${spec.monitorPort}`,
      config: 'nats/nats-server.conf',
    },
    keys: {
      signing: 'keys/signing.jwk',
      sealing: ['keys/sealing-1.jwk'],
      ...(hasDrillKeys ? { drillSigning: 'keys/drill-signing.jwk', drillSealing: ['keys/drill-sealing-1.jwk'] } : {}),
      node: 'keys/node.nk',
    },
    neighbours: neighboursYaml(spec.links),
    ...hubsYaml(spec.hubs ?? []),
    trust: 'trust',
    policy: { bundle: 'policy/bundle.json' },
    tokens: 'tokens.json',
    relay: { heartbeatSeconds: spec.heartbeatSeconds ?? 10, clockToleranceSeconds: 300 },
    limits: spec.bounds,
    log: { level: 'info' },
  })}`;
}

/** Regional hubs as they stand in an office's configuration; nothing without one. */
function hubsYaml(hubs: readonly HubId[]): {
  readonly hubs?: readonly { readonly hub: HubId; readonly key: string }[];
} {
  return hubs.length === 0 ? {} : { hubs: hubs.map((hub) => ({ hub, key: `keys/link-${hub}.nk` })) };
}
