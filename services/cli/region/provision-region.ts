import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROLES } from '../../core/access/index.ts';
import { type Clock, type NationCode, nationOf, parseHubId, parseOfficeId } from '../../core/foundation/index.ts';
import { ensurePrivateFolder, readIfThere, writePrivateFile, writePublicFile } from '../home/files.ts';
import { ensureHubHome } from '../home/hub-home.ts';
import { ensureNationHome, type Nation } from '../home/nation-home.ts';
import type { OfficeBounds } from '../home/office-bounds.ts';
import { ensureOfficeHome } from '../home/office-home.ts';
import { officeHome, serverHome } from '../home/paths.ts';
import { renderServerHome } from '../home/render-server.ts';
import { readOwnCard } from '../home/server-home.ts';
import { addToken } from '../home/tokens.ts';
import { ensureDemoPeople } from './demo-people.ts';
import { issueRegionDocuments } from './issue-documents.ts';
import { type DialVia, linksOfHub, linksOfOffice, regionalHubs, routesOfHub } from './region-links.ts';
import type { RegionMember } from './region-member.ts';
import type { RegionPorts } from './region-ports.ts';
import { allHubs, allNations, allOffices, type RegionSpec } from './region-spec.ts';

/** What a region is made from. */
export interface ProvisionOptions {
  readonly home: string;
  readonly spec: RegionSpec;
  readonly ports: RegionPorts;
  readonly serverVersion: string;
  readonly bounds: OfficeBounds;
  readonly via: DialVia;
  readonly clock: Clock;
  readonly heartbeatSeconds?: number;
}

const LOOPBACK = '127.0.0.1';

/** How the demonstration calls the holder of each token; no personal names. */
const HOLDERS = {
  system: 'border-system',
  officer: 'duty-officer',
  supervisor: 'duty-supervisor',
  oversight: 'oversight',
  auditor: 'auditor',
  operator: 'operator',
} as const;

/**
 * Every nation, office and hub of the region has its folder with all keys, certificates, signed documents, tokens and
 * configurations. What is there stays; what is missing or soon expires is made.
 */
export async function provisionRegion(options: ProvisionOptions): Promise<readonly RegionMember[]> {
  const { home, spec, clock } = options;
  await ensurePrivateFolder(home);
  const nations = new Map<NationCode, Nation>();
  for (const nation of allNations(spec))
    nations.set(nation, await ensureNationHome(nationFolder(home, nation), nation));
  const members = [...(await provisionOffices(options, nations)), ...(await provisionHubs(options))];
  await exchangeCards(members, options);
  for (const member of members) await renderServerHome(member.home, options.serverVersion);
  await issueRegionDocuments({
    home,
    spec,
    members,
    nations,
    nationFolder: (nation) => nationFolder(home, nation),
    now: clock.now(),
  });
  for (const member of members) if (member.kind === 'office') await ensureTokens(member.home, clock);
  return await Promise.all(
    members.map(async (member) =>
      member.kind === 'office' ? { ...member, officers: await ensureDemoPeople(member.home, clock.now()) } : member,
    ),
  );
}

/** The folder of a nation in a region. */
export function nationFolder(home: string, nation: NationCode): string {
  return join(home, 'nations', nation);
}

/** The token file of a role in an office's home. */
export function tokenFiles(officeFolder: string): Record<(typeof ROLES)[number], string> {
  return Object.fromEntries(ROLES.map((role) => [role, officeHome.token(officeFolder, role)])) as Record<
    (typeof ROLES)[number],
    string
  >;
}

async function provisionOffices(
  options: ProvisionOptions,
  nations: ReadonlyMap<NationCode, Nation>,
): Promise<RegionMember[]> {
  const { home, spec, clock, bounds, heartbeatSeconds } = options;
  return Promise.all(
    allOffices(spec).map(async (office) => {
      const member = memberOf('office', office, join(home, 'offices', office), options);
      const nation = nations.get(nationOf(office));
      if (nation === undefined) throw new TypeError('an office of no nation');
      await ensureOfficeHome(
        member.home,
        {
          office,
          name: spec.names[office] ?? office,
          root: nation.thumbprint,
          http: { host: LOOPBACK, port: member.ports.http },
          clientPort: member.ports.client,
          monitorPort: member.ports.monitor,
          listener: member.ports.leaf === null ? null : { host: LOOPBACK, port: member.ports.leaf },
          links: linksOfOffice(spec, office, options.via),
          hubs: regionalHubs(spec, office),
          bounds,
          ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds }),
        },
        clock.now(),
      );
      return member;
    }),
  );
}

async function provisionHubs(options: ProvisionOptions): Promise<RegionMember[]> {
  const { home, spec, clock } = options;
  return Promise.all(
    allHubs(spec).map(async (hub) => {
      const member = memberOf('hub', hub, join(home, 'hubs', hub), options);
      await ensureHubHome(
        member.home,
        {
          hub,
          http: { host: LOOPBACK, port: member.ports.http },
          clientPort: member.ports.client,
          monitorPort: member.ports.monitor,
          listener: { host: LOOPBACK, port: member.ports.leaf ?? 0 },
          links: linksOfHub(spec, hub),
          routes: routesOfHub(spec, hub),
        },
        clock.now(),
      );
      return member;
    }),
  );
}

function memberOf(kind: 'office' | 'hub', id: string, home: string, { ports }: ProvisionOptions): RegionMember {
  const own = ports.get(id);
  if (own === undefined) throw new TypeError('a member without ports');
  return { kind, id: kind === 'office' ? parseOfficeId(id) : parseHubId(id), home, ports: own };
}

/** In a region of one machine the cards lie one folder further; between real offices people carry them. */
async function exchangeCards(members: readonly RegionMember[], { spec, via }: ProvisionOptions): Promise<void> {
  const homes = new Map(members.map((member) => [member.id as string, member.home]));
  for (const member of members) {
    const links =
      member.kind === 'office'
        ? linksOfOffice(spec, parseOfficeId(member.id), via)
        : linksOfHub(spec, parseHubId(member.id));
    for (const { neighbour } of links) {
      const other = homes.get(neighbour);
      if (other !== undefined)
        await writePublicFile(serverHome.card(member.home, neighbour), await readOwnCard(other, member.id));
    }
  }
}

async function ensureTokens(officeFolder: string, clock: Clock): Promise<void> {
  await mkdir(join(officeFolder, 'tokens'), { recursive: true, mode: 0o700 });
  for (const role of ROLES) {
    const file = officeHome.token(officeFolder, role);
    if ((await readIfThere(file)) !== undefined) continue;
    const { text } = await addToken(officeFolder, { role, name: HOLDERS[role], now: clock.now() });
    await writePrivateFile(file, `${text}\n`);
  }
}
