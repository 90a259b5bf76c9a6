import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type EpochMs, isOfficeId, type NationCode, nationOf } from '../../core/foundation/index.ts';
import { type BundleFile, buildBundle } from '../../core/policy/index.ts';
import { signDocument } from '../../core/trust/index.ts';
import { readIfThere, readText, writeIfChanged, writePublicFile } from '../home/files.ts';
import { ensureDirectory } from '../home/issue-directory.ts';
import { type Nation, readRootSigner } from '../home/nation-home.ts';
import { hubHome, nationHome, officeHome } from '../home/paths.ts';
import { textInDocument } from '../home/signed-text.ts';
import { readBundleFolder } from '../policy/read-bundle-folder.ts';
import { releasePath } from '../release.ts';
import { type IssuedAgreement, issueAgreements } from './issue-agreements.ts';
import { entryWithContacts, type OfficeContacts } from './office-contacts.ts';
import { plainBundle } from './plain-bundle.ts';
import type { RegionMember } from './region-member.ts';
import type { RegionSpec } from './region-spec.ts';

/** What the documents of a region are issued for. */
export interface IssueOptions {
  readonly home: string;
  readonly spec: RegionSpec;
  readonly members: readonly RegionMember[];
  readonly nations: ReadonlyMap<NationCode, Nation>;
  readonly nationFolder: (nation: NationCode) => string;
  readonly now: EpochMs;
}

/**
 * Every office has the directories of its own nation and its partners', the agreements with them and its nation's
 * policy bundle, all signed. What is signed already stays, unless it says something else now or soon ends.
 */
export async function issueRegionDocuments(options: IssueOptions): Promise<void> {
  const { members, nations, nationFolder, now } = options;
  for (const [nation] of nations) {
    const folder = nationFolder(nation);
    for (const member of members) {
      if (!isOfficeId(member.id) || nationOf(member.id) !== nation) continue;
      await writeIfChanged(
        join(nationHome.offices(folder), `${member.id}.json`),
        withContacts(await readText(officeHome.entry(member.home)), options.spec.contacts?.[member.id], now),
        'public',
      );
    }
    await ensureDirectory(folder, now);
    await ensureBundle(folder, nation);
  }
  const agreements = await issueAgreements(options);
  for (const member of members) {
    if (isOfficeId(member.id)) await install(member.home, nationOf(member.id), agreements, options);
    else await installAtHub(member, agreements, options);
  }
}

async function install(
  office: string,
  own: NationCode,
  agreements: readonly IssuedAgreement[],
  options: IssueOptions,
): Promise<void> {
  const ours = agreements.filter(({ nations }) => nations.includes(own));
  for (const nation of new Set([own, ...ours.flatMap(({ nations }) => nations)])) {
    const directory = await readText(nationHome.directory(options.nationFolder(nation)));
    await writeIfChanged(officeHome.directory(office, nation), directory, 'public');
  }
  for (const { id, text } of ours) await writeIfChanged(officeHome.agreement(office, id), text, 'public');
  await writeIfChanged(
    officeHome.bundle(office),
    await readText(nationHome.bundle(options.nationFolder(own))),
    'public',
  );
}

function withContacts(entry: string, contacts: OfficeContacts | undefined, now: EpochMs): string {
  return contacts === undefined ? entry : entryWithContacts(entry, contacts, now);
}

/** A hub knows what it is named in, and the directories of those who named it. */
async function installAtHub(
  { id, home }: RegionMember,
  agreements: readonly IssuedAgreement[],
  options: IssueOptions,
): Promise<void> {
  for (const { nations, text, ...agreement } of agreements.filter(({ hubs }) => hubs.some((hub) => hub === id))) {
    for (const nation of nations) {
      const directory = await readText(nationHome.directory(options.nationFolder(nation)));
      await writeIfChanged(hubHome.directory(home, nation), directory, 'public');
    }
    await writeIfChanged(hubHome.agreement(home, agreement.id), text, 'public');
  }
}

/** The nation's signed bundle says what the release's example for it says; a changed one gets a higher version. */
async function ensureBundle(folder: string, nation: NationCode): Promise<void> {
  const file = nationHome.bundle(folder);
  const files = await bundleFiles(nation);
  const before = await readIfThere(file);
  const said = before === undefined ? undefined : textInDocument(before, file);
  const version = said === undefined ? 0 : Number((JSON.parse(said) as { version: number }).version);
  if (said !== undefined && said === buildBundle(withVersion(files, version))) return;
  const text = buildBundle(version === 0 ? files : withVersion(files, version + 1));
  await writePublicFile(file, await signDocument('policy-bundle', text, [await readRootSigner(folder)]));
}

async function bundleFiles(nation: NationCode): Promise<readonly BundleFile[]> {
  const folder = releasePath(`deploy/policies/${nation.toLowerCase()}`);
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  return isThere ? readBundleFolder(folder) : plainBundle(nation);
}

function withVersion(files: readonly BundleFile[], version: number): readonly BundleFile[] {
  return files.map(({ path, text }) => {
    if (path !== 'bundle.json') return { path, text };
    return { path, text: JSON.stringify({ ...(JSON.parse(text) as object), version }) };
  });
}
