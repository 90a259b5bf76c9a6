import {
  type Digest,
  type DurationMs,
  type EpochMs,
  earlier,
  type HubId,
  isOfficeId,
  type KeyId,
  type NationCode,
  nationOf,
  type OfficeId,
} from '../foundation/index.ts';
import {
  type Agreement,
  type AgreementArticle,
  type AgreementParty,
  HOURS_OF_CLASS,
  MessageKind,
  type PublicKey,
} from '../wire/index.ts';
import { msOf } from './document-text.ts';
import { TrustError } from './errors.ts';
import { parseSigningPublicKey } from './public-key.ts';
import type { InstalledAgreement, SigningPublicKey } from './types.ts';

/** The parties of an agreement: their root keys, and which party an office belongs to. */
export interface Parties {
  readonly roots: ReadonlyMap<NationCode, SigningPublicKey>;
  readonly nationOfOffice: ReadonlyMap<OfficeId, NationCode>;
}

function partiesFault(fault: string, nation: string): TrustError {
  return new TrustError('TRUST_AGREEMENT_PARTIES_INVALID', { context: { fault, nation } });
}

function officesOf({ nation, offices }: AgreementParty): readonly OfficeId[] {
  if (!offices.every((office) => isOfficeId(office) && nationOf(office) === nation))
    throw partiesFault('office', nation);
  return offices as readonly OfficeId[];
}

/** At least two parties, each a nation with a root key of its own and offices of its own. @throws TrustError TRUST_AGREEMENT_PARTIES_INVALID, TRUST_KEY_INVALID. */
export function checkParties({ parties }: Agreement): Parties {
  const roots = new Map<NationCode, SigningPublicKey>();
  const kids = new Set<KeyId>();
  const nationOfOffice = new Map<OfficeId, NationCode>();
  for (const party of parties) {
    const nation = party.nation as NationCode;
    const root = parseSigningPublicKey(party.root as PublicKey);
    if (roots.has(nation)) throw partiesFault('nation-twice', nation);
    if (kids.has(root.kid)) throw partiesFault('root-twice', nation);
    roots.set(nation, root);
    kids.add(root.kid);
    for (const office of officesOf(party)) nationOfOffice.set(office, nation);
  }
  if (roots.size < 2) throw partiesFault('too-few', parties[0]?.nation ?? '');
  return { roots, nationOfOffice };
}

/** The agreement has not ended. @throws TrustError TRUST_AGREEMENT_DATES_INVALID, TRUST_AGREEMENT_EXPIRED. */
export function assertAgreementDates(
  { id, validFrom, validUntil }: Agreement,
  now: EpochMs,
  tolerance: DurationMs,
): void {
  if (msOf(validUntil) <= msOf(validFrom)) throw new TrustError('TRUST_AGREEMENT_DATES_INVALID', { context: { id } });
  if (msOf(validUntil) <= earlier(now, tolerance)) throw new TrustError('TRUST_AGREEMENT_EXPIRED', { context: { id } });
}

function isSpecific({ kinds, crimeAreas, dataCategories, purposes, handlingCeiling }: AgreementArticle): boolean {
  return [...kinds, ...crimeAreas, ...dataCategories, ...purposes, handlingCeiling].every((code) => code !== 0);
}

/** Every article has a number of its own and names no code that is unspecified. @throws TrustError TRUST_AGREEMENT_ARTICLES_INVALID. */
export function assertArticles({ id, articles, trustLevel }: Agreement): void {
  const isSound =
    trustLevel !== 0 &&
    articles.every(isSpecific) &&
    new Set(articles.map((article) => article.id)).size === articles.length;
  if (!isSound) throw new TrustError('TRUST_AGREEMENT_ARTICLES_INVALID', { context: { id } });
}

/** No article makes a time limit longer than its class does, or says two of one class. @throws TrustError TRUST_AGREEMENT_RESPONSE_TIMES_INVALID. */
export function assertResponseTimes({ id, articles }: Agreement): void {
  for (const { id: article, responseTimes } of articles) {
    const isTighter = responseTimes.every(
      ({ responseClass, hours }) => hours >= 1 && hours <= (HOURS_OF_CLASS[responseClass] ?? 0),
    );
    const classes = new Set(responseTimes.map(({ responseClass }) => responseClass));
    if (!isTighter || classes.size < responseTimes.length)
      throw new TrustError('TRUST_AGREEMENT_RESPONSE_TIMES_INVALID', { context: { id, article } });
  }
}

const REGION_KINDS: ReadonlySet<MessageKind> = new Set([MessageKind.ALERT, MessageKind.BULLETIN]);

function isSoundForRegion(
  { region, kinds, corridors, subscribers, backfillDays }: AgreementArticle,
  { nationOfOffice }: Parties,
): boolean {
  if (!region) return corridors.length === 0 && subscribers.length === 0 && backfillDays === 0;
  return (
    kinds.every((kind) => REGION_KINDS.has(kind)) &&
    corridors.every((corridor) => corridor !== 0) &&
    subscribers.every((office) => nationOfOffice.has(office as OfficeId))
  );
}

/**
 * Each hub has a name and a key of its own, and what articles say of the region can be kept to; the keys of the hubs.
 * @throws TrustError TRUST_AGREEMENT_REGION_INVALID, TRUST_KEY_INVALID.
 */
export function checkRegion({ id, hubs, articles }: Agreement, parties: Parties): ReadonlyMap<HubId, SigningPublicKey> {
  const invalid = (fault: string) => new TrustError('TRUST_AGREEMENT_REGION_INVALID', { context: { id, fault } });
  const kids = new Set<KeyId>([...parties.roots.values()].map(({ kid }) => kid));
  const keys = new Map<HubId, SigningPublicKey>();
  for (const { hub, key } of hubs) {
    if (!/^hub(-[a-z0-9]+)+$/.test(hub) || key === null) throw invalid('hub');
    const parsed = parseSigningPublicKey(key);
    if (kids.has(parsed.kid)) throw invalid('key-twice');
    kids.add(parsed.kid);
    keys.set(hub as HubId, parsed);
  }
  if (keys.size < hubs.length) throw invalid('hub-twice');
  for (const article of articles) {
    if (!isSoundForRegion(article, parties)) throw invalid('article');
    if (article.region && hubs.length === 0) throw invalid('no-hub');
  }
  return keys;
}

/** The agreement may follow the one that is installed under its id: a higher version. @throws TrustError TRUST_AGREEMENT_ROLLBACK, TRUST_AGREEMENT_FORK. */
export function assertNewerVersion(before: InstalledAgreement, { id, version }: Agreement): void {
  const context = { id, version, installed: before.agreement.version };
  if (version < before.agreement.version) throw new TrustError('TRUST_AGREEMENT_ROLLBACK', { context });
  if (version === before.agreement.version) throw new TrustError('TRUST_AGREEMENT_FORK', { context });
}

/** The versions before the one to be installed, with the digest of each. */
export function versionsBefore(before: InstalledAgreement | undefined): ReadonlyMap<number, Digest> {
  if (before === undefined) return new Map();
  return new Map([...before.earlier, [before.agreement.version, before.document.digest]]);
}
