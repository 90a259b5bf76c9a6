import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AcceptingLink,
  type DiallingLink,
  MAX_PAYLOAD_BYTES,
  nkeyPublicOf,
  type OfficeLink,
  type RenderedConfig,
  readServerTemplates,
  renderHubServerConfig,
  renderOfficeServerConfig,
  type ServerBasics,
  type TlsFiles,
} from '../../core/bus/index.ts';
import {
  byteCount,
  isOfficeId,
  type OfficeId,
  pairScope,
  parseHubId,
  parseOfficeId,
} from '../../core/foundation/index.ts';
import { CliError } from '../errors.ts';
import { releasePath } from '../release.ts';
import { ensurePrivateFolder, readText, writeIfChanged } from './files.ts';
import { serverHome } from './paths.ts';
import { readCard, readServerPlan } from './server-home.ts';
import type { PlannedLink, ServerPlan } from './server-plan.ts';
import { readSuspended } from './suspended.ts';

const MAX_MEM_BYTES = byteCount(64 * 1024 * 1024);

/**
 * The server configuration of a home is written, from its plan, keys and cards, for that version of nats-server.
 * Returns its path. A configuration that would be the same stays as it is.
 *
 * @throws CliError CLI_FILE_UNREADABLE, CLI_INPUT_INVALID; BusError BUS_CONFIG_INVALID, BUS_TEMPLATE_INVALID.
 */
export async function renderServerHome(home: string, serverVersion: string): Promise<string> {
  const plan = await readServerPlan(home);
  const tls = await ensureNeighbourAuthorities(home, plan);
  const { files, secrets } = await render(home, plan, tls, serverVersion);
  await ensurePrivateFolder(join(home, 'nats', 'jetstream'));
  for (const [name, text] of Object.entries(secrets)) await writeIfChanged(join(home, 'nats', name), text, 'private');
  const config = serverHome.config(home);
  await writeIfChanged(config, files['nats-server.conf'], 'private');
  return config;
}

async function render(home: string, plan: ServerPlan, tls: TlsFiles, serverVersion: string): Promise<RenderedConfig> {
  const templates = await readServerTemplates((name) => readFile(releasePath(`deploy/nats/${name}`), 'utf8'));
  const basics: ServerBasics = {
    serverVersion,
    clientPort: plan.clientPort,
    monitorPort: plan.monitorPort,
    pidFile: join(home, 'nats', 'nats-server.pid'),
    maxPayloadBytes: MAX_PAYLOAD_BYTES,
    nodeKey: nkeyPublicOf(await readText(serverHome.nodeKey(home))),
    operatorKey: nkeyPublicOf(await readText(serverHome.operatorKey(home))),
  };
  const listener = plan.listener === null ? {} : { listener: { ...plan.listener, tls } };
  if (isOfficeId(plan.id)) {
    return renderOfficeServerConfig(templates, {
      ...basics,
      ...listener,
      office: plan.id,
      storeDir: join(home, 'nats', 'jetstream'),
      maxFileBytes: byteCount(plan.maxFileBytes),
      maxMemBytes: MAX_MEM_BYTES,
      links: await Promise.all(plan.links.map((link) => officeLink(home, plan.id as OfficeId, link, tls))),
    });
  }
  if (listener.listener === undefined) throw incomplete(home, 'a hub without a listener');
  return renderHubServerConfig(templates, {
    ...basics,
    listener: listener.listener,
    hub: parseHubId(plan.id),
    storeDir: join(home, 'nats', 'jetstream'),
    maxFileBytes: byteCount(plan.maxFileBytes),
    maxMemBytes: MAX_MEM_BYTES,
    suspended: await readSuspended(home),
    offices: await Promise.all(
      plan.links.map(async (link) => {
        const card = await readCard(home, link);
        return { office: parseOfficeId(link.neighbour), leafKey: card.leafKey ?? '', pinnedCerts: [card.fingerprint] };
      }),
    ),
    routes: plan.routes.map((offices) => ({
      offices,
      scopes: [pairScope(...offices)],
      operations: offices.every((office) => plan.links.some((link) => link.neighbour === office && link.operations)),
    })),
  });
}

async function officeLink(home: string, self: OfficeId, link: PlannedLink, tls: TlsFiles): Promise<OfficeLink> {
  const card = await readCard(home, link);
  const basics = {
    peers: link.peers.map((office) => ({
      office,
      scopes: [pairScope(self, office)],
      operations: link.operations === true,
    })),
    publisherKey: nkeyPublicOf(await readText(serverHome.linkKey(home, link.neighbour))),
    pinnedCerts: [card.fingerprint],
  };
  if (link.kind === 'accepts') {
    if (card.leafKey === null) throw incomplete(home, `the card of ${link.neighbour} has no leaf key`);
    const accepting: AcceptingLink = {
      ...basics,
      kind: 'accepts',
      neighbour: parseOfficeId(link.neighbour),
      leafKey: card.leafKey,
    };
    return accepting;
  }
  const address = link.via ?? card.address;
  if (address === null) throw incomplete(home, `the card of ${link.neighbour} has no address`);
  const dialling: DiallingLink = {
    ...basics,
    ...address,
    kind: 'dials',
    neighbour: link.neighbour,
    leafSeed: (await readText(serverHome.leafKey(home, link.neighbour))).trim(),
    tls,
  };
  return dialling;
}

async function ensureNeighbourAuthorities(home: string, plan: ServerPlan): Promise<TlsFiles> {
  const cards = await Promise.all(plan.links.map((link) => readCard(home, link)));
  const caFile = serverHome.tls(home, 'neighbours.crt');
  await writeIfChanged(caFile, cards.map((card) => card.authorityPem).join(''), 'public');
  return { certFile: serverHome.tls(home, 'link.crt'), keyFile: serverHome.tls(home, 'link.key'), caFile };
}

function incomplete(home: string, fault: string): CliError {
  return new CliError('CLI_INPUT_INVALID', { context: { folder: home, fault } });
}
