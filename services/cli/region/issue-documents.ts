import { access } from 'node:fs/promises';
import { join } from 'node:path';
import {
  days,
  type EpochMs,
  isOfficeId,
  later,
  type NationCode,
  nationOf,
  type OfficeId,
} from '../../core/foundation/index.ts';
import { type BundleFile, buildBundle } from '../../core/policy/index.ts';
import { signDocument } from '../../core/trust/index.ts';
import { agreementDates, outlineAgreement } from '../home/agreement-text.ts';
import { readIfThere, readText, writeIfChanged, writePublicFile } from '../home/files.ts';
import { ensureDirectory } from '../home/issue-directory.ts';
import { type Nation, readRootSigner } from '../home/nation-home.ts';
import { nationHome, officeHome } from '../home/paths.ts';
import { textInDocument } from '../home/signed-text.ts';
import { readBundleFolder } from '../policy/read-bundle-folder.ts';
import { releasePath } from '../release.ts';
import { plainBundle } from './plain-bundle.ts';
import type { RegionMember } from './region-member.ts';
import { allNationPairs, allOffices, type RegionSpec } from './region-spec.ts';

/** What the documents of a region are issued for. */
export interface IssueOptions {
  readonly home: string;
  readonly spec: RegionSpec;
  readonly members: readonly RegionMember[];
  readonly nations: ReadonlyMap<NationCode, Nation>;
  readonly nationFolder: (nation: NationCode) => string;
  readonly now: EpochMs;
}

const RENEW_WITHIN = days(30);

/**
 * Every office has the directories of its own nation and its partners', the agreements with them and its nation's
 * policy bundle, all signed. What is signed already stays, unless it says something else now or soon ends.
 */
export async function issueRegionDocuments(options: IssueOptions): Promise<void> {
  const { members, nations, nationFolder, now, spec } = options;
  for (const [nation] of nations) {
    const folder = nationFolder(nation);
    for (const member of members) {
      if (!isOfficeId(member.id) || nationOf(member.id) !== nation) continue;
      await writeIfChanged(
        join(nationHome.offices(folder), `${member.id}.json`),
        await readText(officeHome.entry(member.home)),
        'public',
      );
    }
    await ensureDirectory(folder, now);
    await ensureBundle(folder, nation);
  }
  const agreements = new Map<string, string>();
  for (const pair of allNationPairs(spec)) agreements.set(pair.join('-'), await ensureAgreement(pair, options));
  for (const member of members)
    if (isOfficeId(member.id)) await install(member.home, nationOf(member.id), agreements, options);
}

async function install(
  office: string,
  own: NationCode,
  agreements: ReadonlyMap<string, string>,
  options: IssueOptions,
): Promise<void> {
  const partners = allNationPairs(options.spec).filter((pair) => pair.includes(own));
  for (const nation of new Set([own, ...partners.flat()])) {
    const directory = await readText(nationHome.directory(options.nationFolder(nation)));
    await writeIfChanged(officeHome.directory(office, nation), directory, 'public');
  }
  for (const pair of partners) {
    await writeIfChanged(
      officeHome.agreement(office, agreementId(pair)),
      agreements.get(pair.join('-')) ?? '',
      'public',
    );
  }
  await writeIfChanged(
    officeHome.bundle(office),
    await readText(nationHome.bundle(options.nationFolder(own))),
    'public',
  );
}

function agreementId([one, other]: readonly [NationCode, NationCode]): string {
  return `mou-${one.toLowerCase()}-${other.toLowerCase()}`;
}

/** The signed agreement of two nations, as a file's text. */
async function ensureAgreement(pair: readonly [NationCode, NationCode], options: IssueOptions): Promise<string> {
  const { home, spec, nations, nationFolder, now } = options;
  const file = join(home, 'agreements', `${agreementId(pair)}.json`);
  const parties = pair.map((code) => {
    const nation = nations.get(code);
    if (nation === undefined) throw new TypeError('a party that is no nation of the region');
    return { nation, offices: allOffices(spec).filter((office) => nationOf(office) === code) };
  });
  const before = await readIfThere(file);
  const previous = before === undefined ? undefined : textInDocument(before, file);
  const said = previous === undefined ? undefined : (JSON.parse(previous) as SaidAgreement);
  const stays =
    said !== undefined && Date.parse(said.validUntil) > later(now, RENEW_WITHIN) && hasParties(said, parties);
  if (before !== undefined && stays) return before;
  const title = `Memorandum of understanding between ${pair.join(' and ')} on cooperation of their border liaison offices`;
  const outline = {
    id: agreementId(pair),
    title,
    parties,
    ...agreementDates(now),
    ...(previous === undefined ? {} : { previous }),
  };
  const signers = await Promise.all(pair.map((nation) => readRootSigner(nationFolder(nation))));
  const signed = await signDocument('agreement', outlineAgreement(outline), signers);
  await writePublicFile(file, signed);
  return readText(file);
}

interface SaidAgreement {
  readonly validUntil: string;
  readonly parties: readonly {
    readonly nation: string;
    readonly root: { readonly x: string };
    readonly offices: readonly string[];
  }[];
}

function hasParties(
  said: SaidAgreement,
  parties: readonly { readonly nation: Nation; readonly offices: readonly OfficeId[] }[],
): boolean {
  return parties.every(({ nation, offices }) =>
    said.parties.some(
      (party) =>
        party.nation === nation.nation &&
        party.root.x === nation.root.x &&
        offices.every((office) => party.offices.includes(office)),
    ),
  );
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
