import { join } from 'node:path';
import {
  certificateFingerprint,
  makeLinkAuthority,
  makeLinkCertificate,
  newNkeyUser,
  nkeyPublicOf,
} from '../../core/bus/index.ts';
import {
  days,
  type EpochMs,
  earlier,
  type HubId,
  isOfficeId,
  later,
  type OfficeId,
} from '../../core/foundation/index.ts';
import {
  ensurePrivateFile,
  ensurePrivateFolder,
  readIfThere,
  readText,
  writePrivateFile,
  writePublicFile,
} from './files.ts';
import { formatLinkCard, type LinkCard, parseLinkCard } from './link-card.ts';
import { serverHome } from './paths.ts';
import { formatServerPlan, type PlannedLink, parseServerPlan, type ServerPlan } from './server-plan.ts';

const AUTHORITY_DAYS = days(3650);
const CERTIFICATE_DAYS = days(730);
/** What a neighbour's clock may be behind. */
const BACKDATED = days(1);

/** The server plan of a home. @throws CliError CLI_FILE_UNREADABLE, CLI_INPUT_INVALID. */
export async function readServerPlan(home: string): Promise<ServerPlan> {
  const file = serverHome.plan(home);
  return parseServerPlan(await readText(file), file);
}

/** The home has this plan, every key and certificate that it needs, and a card for each neighbour. What is there stays. */
export async function ensureServerHome(home: string, plan: ServerPlan, now: EpochMs): Promise<void> {
  for (const folder of ['keys', 'links', 'nats', 'tls']) await ensurePrivateFolder(join(home, folder));
  await writePublicFile(serverHome.plan(home), formatServerPlan(plan));
  await ensureSeed(serverHome.nodeKey(home));
  await ensureSeed(serverHome.operatorKey(home));
  const tls = await ensureLinkTls(home, plan, now);
  for (const link of plan.links) {
    const dials = link.kind === 'dials';
    if (isOfficeId(plan.id)) await ensureSeed(serverHome.linkKey(home, link.neighbour));
    const leafKey = dials ? nkeyPublicOf(await ensureSeed(serverHome.leafKey(home, link.neighbour))) : null;
    const card: LinkCard = {
      from: plan.id,
      for: link.neighbour,
      leafKey,
      ...tls,
      address: dials ? null : plan.listener,
    };
    await writePublicFile(serverHome.ownCard(home, link.neighbour), formatLinkCard(card));
  }
}

/** The card that this home has for a neighbour. */
export async function readOwnCard(home: string, neighbour: OfficeId | HubId): Promise<string> {
  return readText(serverHome.ownCard(home, neighbour));
}

/** The card that a neighbour gave to this home. @throws CliError CLI_FILE_UNREADABLE, CLI_INPUT_INVALID. */
export async function readCard(home: string, link: PlannedLink): Promise<LinkCard> {
  const file = serverHome.card(home, link.neighbour);
  return parseLinkCard(await readText(file), file);
}

function ensureSeed(path: string): Promise<string> {
  return ensurePrivateFile(path, () => `${newNkeyUser().seed}\n`);
}

async function ensureLinkTls(
  home: string,
  plan: ServerPlan,
  now: EpochMs,
): Promise<Pick<LinkCard, 'fingerprint' | 'authorityPem'>> {
  const certificate = await readIfThere(serverHome.tls(home, 'link.crt'));
  if (certificate === undefined) await makeLinkTls(home, plan, now);
  return {
    fingerprint: certificateFingerprint(await readText(serverHome.tls(home, 'link.crt'))),
    authorityPem: await readText(serverHome.tls(home, 'authority.crt')),
  };
}

async function makeLinkTls(home: string, plan: ServerPlan, now: EpochMs): Promise<void> {
  const notBefore = earlier(now, BACKDATED);
  const authority = await makeLinkAuthority(`Link authority of ${plan.id}`, {
    notBefore,
    notAfter: later(now, AUTHORITY_DAYS),
  });
  const host = plan.listener?.host ?? '127.0.0.1';
  const isAddress = /^[0-9.]+$|^\[/.test(host);
  const made = await makeLinkCertificate(authority, {
    commonName: plan.id,
    dnsNames: isAddress ? [] : [host],
    ipAddresses: isAddress ? [host.replace(/[[\]]/g, '')] : [],
    validity: { notBefore, notAfter: later(now, CERTIFICATE_DAYS) },
  });
  await writePrivateFile(serverHome.tls(home, 'authority.key'), authority.keyPem);
  await writePublicFile(serverHome.tls(home, 'authority.crt'), authority.certPem);
  await writePrivateFile(serverHome.tls(home, 'link.key'), made.keyPem);
  // Last: with it the set counts as made.
  await writePublicFile(serverHome.tls(home, 'link.crt'), made.certPem);
}
