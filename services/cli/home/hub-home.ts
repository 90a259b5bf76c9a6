import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type EpochMs, type HubId, type KeyId, type OfficeId, parseHubId } from '../../core/foundation/index.ts';
import { fileSigner, generateSigningKey, thumbprintOf } from '../../core/trust/index.ts';
import type { PublicKey } from '../../core/wire/index.ts';
import { CliError } from '../errors.ts';
import { assertAbsent, ensurePrivateFile, ensurePrivateFolder, readText, writePublicFile } from './files.ts';
import { HUB_BOUNDS, type HubBounds } from './hub-bounds.ts';
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
  /** Left out: what suits a real hub. */
  readonly bounds?: HubBounds;
}

/** A hub as agreements name it; all of it is public. */
export interface HubEntryFile {
  readonly hub: HubId;
  readonly key: PublicKey;
  /** RFC 7638 thumbprint: what the parties of an agreement compare by telephone before they sign. */
  readonly thumbprint: KeyId;
}

const MIB = 1024 * 1024;

/** A new home, with keys of its own. @throws CliError CLI_FILE_EXISTS where there is one. */
export async function createHubHome(home: string, spec: HubSpec, now: EpochMs): Promise<HubEntryFile> {
  await assertAbsent(hubHome.config(home));
  await ensureHubHome(home, spec, now);
  return readHubEntry(home);
}

/** The home is set up as the spec says; keys that are there stay. */
export async function ensureHubHome(home: string, spec: HubSpec, now: EpochMs): Promise<void> {
  await ensurePrivateFolder(home);
  for (const folder of ['keys', 'trust', 'trust/directories', 'trust/agreements'])
    await ensurePrivateFolder(join(home, folder));
  const { hub: id, clientPort, monitorPort, listener, links, routes } = spec;
  const bounds = spec.bounds ?? HUB_BOUNDS;
  // The streams reserve what they may hold; a little stays for what the server keeps of its own.
  const maxFileBytes = Object.values(bounds).reduce((sum, bytes) => sum + bytes, 64 * MIB);
  await ensureServerHome(home, { id, clientPort, monitorPort, listener, maxFileBytes, links, routes }, now);
  const privateJwk = await ensurePrivateFile(
    hubHome.signingKey(home),
    () => generateSigningKey(randomBytes).privateJwk,
  );
  const { kid, publicKey } = fileSigner(privateJwk);
  const entry: HubEntryFile = { hub: id, key: publicKey.key, thumbprint: kid };
  await writePublicFile(hubHome.entry(home), `${JSON.stringify(entry, null, 2)}\n`);
  await writePublicFile(hubHome.config(home), hubYaml(spec, bounds));
}

/** What agreements name the hub of that home by. @throws CliError CLI_FILE_UNREADABLE, CLI_INPUT_INVALID. */
export async function readHubEntry(home: string): Promise<HubEntryFile> {
  return parseHubEntry(await readText(hubHome.entry(home)), hubHome.entry(home));
}

/** The hub of a hub-entry.json. @throws CliError CLI_INPUT_INVALID. */
export function parseHubEntry(text: string, file: string): HubEntryFile {
  try {
    const { hub, key } = JSON.parse(text) as { hub: unknown; key: PublicKey };
    const plain = { crv: String(key.crv), x: String(key.x) };
    return { hub: parseHubId(hub), key: plain, thumbprint: thumbprintOf(plain) };
  } catch (cause) {
    throw new CliError('CLI_INPUT_INVALID', { cause, context: { file, fault: 'not a hub' } });
  }
}

function hubYaml(spec: HubSpec, bounds: HubBounds): string {
  return `# The configuration of hub ${spec.hub}; paths are relative to this file.\n${stringify({
    hub: spec.hub,
    offices: spec.links.map((link) => link.neighbour),
    http: spec.http,
    server: {
      client: `nats://127.0.0.1:${spec.clientPort}`,
      monitor: `http://127.0.0.1:${spec.monitorPort}`,
      config: 'nats/nats-server.conf',
    },
    keys: { node: 'keys/node.nk', signing: 'keys/signing.jwk' },
    trust: 'trust',
    suspended: 'suspended.json',
    limits: { ...bounds, itemsPerMinute: 600 },
    log: { level: 'info' },
  })}`;
}
