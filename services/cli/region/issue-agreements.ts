import { join } from 'node:path';
import { days, type EpochMs, type HubId, later, type NationCode, nationOf } from '../../core/foundation/index.ts';
import { signDocument } from '../../core/trust/index.ts';
import { type AgreementOutline, agreementDates, outlineAgreement } from '../home/agreement-text.ts';
import { readIfThere, readText, writePublicFile } from '../home/files.ts';
import { readHubEntry } from '../home/hub-home.ts';
import { readRootSigner } from '../home/nation-home.ts';
import { textInDocument } from '../home/signed-text.ts';
import type { IssueOptions } from './issue-documents.ts';
import { allNationPairs, allOffices } from './region-spec.ts';

/** A signed agreement of a region, as a file's text, and whose it is. */
export interface IssuedAgreement {
  readonly id: string;
  readonly nations: readonly NationCode[];
  /** That it names. */
  readonly hubs: readonly HubId[];
  readonly text: string;
}

const RENEW_WITHIN = days(30);

/** Every two nations that exchange have a signed agreement, and so have those that agreed on more together. */
export async function issueAgreements(options: IssueOptions): Promise<readonly IssuedAgreement[]> {
  const issued: IssuedAgreement[] = [];
  for (const nations of allNationPairs(options.spec)) {
    const id = `mou-${nations.join('-').toLowerCase()}`;
    const title = `Memorandum of understanding between ${nations.join(' and ')} on cooperation of their border liaison offices`;
    issued.push(await ensureAgreement(nations, { id, title }, options));
  }
  for (const { id, nations, hubs } of options.spec.joint ?? []) {
    const title = `Memorandum of understanding of ${nations.join(', ')} on joint operations and on what their region is told`;
    const entries = await Promise.all(
      options.members.filter((member) => hubs.some((hub) => hub === member.id)).map(({ home }) => readHubEntry(home)),
    );
    const named = entries.map(({ hub, key }) => ({ hub, key }));
    issued.push({ ...(await ensureAgreement(nations, { id, title, hubs: named }, options)), hubs });
  }
  return issued;
}

/** The agreement stays as it was signed, unless it would say something else now or soon ends. */
async function ensureAgreement(
  nations: readonly NationCode[],
  outline: Pick<AgreementOutline, 'id' | 'title' | 'hubs'>,
  options: IssueOptions,
): Promise<IssuedAgreement> {
  const { home, now } = options;
  const file = join(home, 'agreements', `${outline.id}.json`);
  const before = await readIfThere(file);
  const previous = before === undefined ? undefined : textInDocument(before, file);
  const parties = nations.map((code) => partyOf(code, options));
  const draft = { ...outline, parties, ...agreementDates(now), ...(previous === undefined ? {} : { previous }) };
  const text = outlineAgreement(draft);
  if (before !== undefined && previous !== undefined && stays(previous, text, now))
    return { id: outline.id, nations, hubs: [], text: before };
  const signers = await Promise.all(nations.map((nation) => readRootSigner(options.nationFolder(nation))));
  await writePublicFile(file, await signDocument('agreement', text, signers));
  return { id: outline.id, nations, hubs: [], text: await readText(file) };
}

function partyOf(code: NationCode, { nations, spec }: IssueOptions): AgreementOutline['parties'][number] {
  const nation = nations.get(code);
  if (nation === undefined) throw new TypeError('a party that is no nation of the region');
  return { nation, offices: allOffices(spec).filter((office) => nationOf(office) === code) };
}

interface Dated {
  readonly version: number;
  readonly validFrom: string;
  readonly validUntil: string;
}

/** The same but for version and dates, and good for a while yet. */
function stays(before: string, after: string, now: EpochMs): boolean {
  const [said, saying] = [before, after].map((text) => JSON.parse(text) as Dated);
  if (said === undefined || saying === undefined) return false;
  const { version, validFrom, validUntil } = said;
  return (
    Date.parse(validUntil) > later(now, RENEW_WITHIN) &&
    JSON.stringify({ ...saying, version, validFrom, validUntil }) === JSON.stringify(said)
  );
}
