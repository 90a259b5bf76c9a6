import { type DurationMs, days, digestFromBytes, earlier, fromHex, later, type OfficeId } from '../foundation/index.ts';
import {
  type Agreement,
  type AgreementArticle,
  CharterForm,
  type CharterMember,
  MessageKind,
  OperationRole,
  TrustLevel,
} from '../wire/index.ts';
import { TrustError } from './errors.ts';
import type {
  AgreementCover,
  AgreementQuery,
  AgreementRefusal,
  InstalledAgreement,
  InstalledCharter,
  TrustStore,
} from './types.ts';

/** The one article of a charter. */
export const CHARTER_ARTICLE = 'charter';
/** What travels in a channel. */
const CHANNEL_KINDS: readonly MessageKind[] = [
  MessageKind.OPERATION_POST,
  MessageKind.OPERATION_GAP,
  MessageKind.ATTACHMENT_CHUNK,
];
/** What was said in time may still come in so long after the end. */
const CLOSING_MS = days(7);

/** Whether messages of that kind travel in the channel of an operation, under its charter and under no agreement. */
export function isChannelKind(kind: MessageKind): boolean {
  return CHANNEL_KINDS.includes(kind);
}

function refusal(reason: AgreementRefusal['reason'], more: Partial<AgreementRefusal> = {}): AgreementRefusal {
  return { covered: false, reason, ...more };
}

const articles = new WeakMap<InstalledCharter, Map<OfficeId, AgreementArticle>>();

/** What the charter lets go to that member, in the form of an agreement's article; the same object every time. */
function articleFor(installed: InstalledCharter, to: OfficeId): AgreementArticle {
  const known = articles.get(installed) ?? new Map<OfficeId, AgreementArticle>();
  articles.set(installed, known);
  const found = known.get(to);
  if (found !== undefined) return found;
  const { charter, members } = installed;
  const member = members.get(to) as CharterMember;
  const article: AgreementArticle = {
    id: CHARTER_ARTICLE,
    text: charter.aim,
    kinds: CHANNEL_KINDS,
    crimeAreas: charter.crimeAreas,
    dataCategories: member.role === OperationRole.LIMITED ? member.dataCategories : charter.dataCategories,
    purposes: charter.purposes,
    handlingCeiling: charter.handlingCeiling,
    retentionDays: charter.retentionDays,
    drills: charter.drill,
    responseTimes: [],
    region: false,
    corridors: [],
    subscribers: [],
    backfillDays: 0,
  };
  known.set(to, article);
  return article;
}

function asAgreement({ charter }: InstalledCharter, article: AgreementArticle, trustLevel: TrustLevel): Agreement {
  return {
    id: charter.id,
    version: 1,
    title: charter.name,
    parties: [],
    validFrom: charter.starts,
    validUntil: charter.ends,
    trustLevel,
    articles: [article],
    replaces: [],
    hubs: [],
  };
}

function uncoveredFields(article: AgreementArticle, drill: boolean, query: AgreementQuery): readonly string[] {
  const covers: readonly (readonly [string, boolean])[] = [
    ['kind', article.kinds.includes(query.kind)],
    ['crimeArea', article.crimeAreas.includes(query.crimeArea)],
    ['purpose', article.purposes.includes(query.purpose)],
    ['handling', query.handling !== 0 && query.handling <= article.handlingCeiling],
    // Both ways: nothing real goes by an exercise either.
    ['drill', query.drill === drill],
  ];
  return covers.filter(([, isCovered]) => !isCovered).map(([field]) => field);
}

/** In the light form the charter lasts no longer than the agreement that allows it, and reaches no higher. */
function basisOf(
  agreements: TrustStore['agreements'],
  { charter }: InstalledCharter,
  { at, gate }: AgreementQuery,
  tolerance: DurationMs,
): TrustLevel | undefined {
  if (charter.form === CharterForm.NATIONAL) return TrustLevel.JOINT_OPERATION;
  const basis = agreements.get(charter.agreement);
  if (basis === undefined) return undefined;
  const until = gate === 'import' ? later(basis.validUntilMs, tolerance) : basis.validUntilMs;
  return at < until ? basis.agreement.trustLevel : undefined;
}

/**
 * What an operation's charter lets cross between two of its members at that time, or why nothing; a value either way. An
 * importer holds the exporter to this very text. Whether the channel is live is not asked here.
 */
export function charterCover(
  agreements: TrustStore['agreements'],
  installed: InstalledCharter | undefined,
  query: AgreementQuery,
  tolerance: DurationMs,
): AgreementCover | AgreementRefusal {
  const { from, to, at, gate, relied } = query;
  if (installed === undefined) return refusal('NO_AGREEMENT');
  const { charter, members, document, startsMs, endsMs } = installed;
  const agreementId = charter.id;
  if (!members.has(from) || !members.has(to) || from === to) return refusal('NO_AGREEMENT', { agreementId });
  const isExactly =
    relied === undefined ||
    (relied.id === charter.id &&
      relied.version === 1 &&
      relied.article === CHARTER_ARTICLE &&
      relied.digest.length === 32 &&
      digestFromBytes(relied.digest) === document.digest);
  if (!isExactly) return refusal('AGREEMENT_DIFFERS', { agreementId });
  if (startsMs > (gate === 'import' ? later(at, tolerance) : at))
    return refusal('AGREEMENT_NOT_YET_IN_FORCE', { agreementId });
  const isLate = gate === 'import' || query.kind === MessageKind.OPERATION_GAP;
  if (endsMs <= (isLate ? earlier(at, CLOSING_MS) : at)) return refusal('AGREEMENT_EXPIRED', { agreementId });
  const trustLevel = basisOf(agreements, installed, query, tolerance);
  if (trustLevel === undefined) return refusal('AGREEMENT_EXPIRED', { agreementId: charter.agreement });
  const article = articleFor(installed, to);
  const fields = uncoveredFields(article, charter.drill, query);
  if (fields.length > 0) return refusal('ARTICLE_DOES_NOT_COVER', { agreementId, articleId: CHARTER_ARTICLE, fields });
  return {
    covered: true,
    agreement: asAgreement(installed, article, trustLevel),
    article,
    ref: { id: charter.id, version: 1, digest: fromHex(document.digest), article: CHARTER_ARTICLE },
    trustLevel,
    uncovered: [...new Set(query.categories)].filter((category) => !article.dataCategories.includes(category)),
  };
}

function isWithin(article: AgreementArticle, { charter }: Pick<InstalledCharter, 'charter'>): readonly string[] {
  const has = <Code>(list: readonly Code[], codes: readonly Code[]): boolean =>
    codes.every((code) => list.includes(code));
  const checks: readonly (readonly [string, boolean])[] = [
    ['kind', article.kinds.includes(MessageKind.OPERATION_CHARTER)],
    ['crimeAreas', has(article.crimeAreas, charter.crimeAreas)],
    ['dataCategories', has(article.dataCategories, charter.dataCategories)],
    ['purposes', has(article.purposes, charter.purposes)],
    ['handlingCeiling', charter.handlingCeiling <= article.handlingCeiling],
    ['retentionDays', charter.retentionDays <= article.retentionDays],
    ['drill', !charter.drill || article.drills],
  ];
  return checks.filter(([, isSound]) => !isSound).map(([field]) => field);
}

/**
 * The agreement that a charter of the light form names is in force here, names all its members, and has an article that
 * allows task forces and stays above the charter in everything.
 * @throws TrustError TRUST_CHARTER_AGREEMENT_MISSING, TRUST_CHARTER_BEYOND_AGREEMENT.
 */
export function assertWithinAgreement(
  agreements: TrustStore['agreements'],
  installed: Pick<InstalledCharter, 'charter' | 'members'>,
  now: number,
): void {
  const { charter, members } = installed;
  if (charter.form === CharterForm.NATIONAL) return;
  const context = { id: charter.id, agreement: charter.agreement };
  const basis: InstalledAgreement | undefined = agreements.get(charter.agreement);
  const isThere =
    basis !== undefined &&
    basis.validFromMs <= now &&
    now < basis.validUntilMs &&
    [...members.keys()].every((office) => basis.nationOfOffice.has(office));
  if (!isThere) throw new TrustError('TRUST_CHARTER_AGREEMENT_MISSING', { context });
  const allowing = basis.agreement.articles
    .filter(({ kinds }) => kinds.includes(MessageKind.OPERATION_CHARTER))
    .map((article) => isWithin(article, installed));
  if (allowing.some((fields) => fields.length === 0)) return;
  // Said of the article that is nearest: one for the same mode, with the fewest differences.
  const distance = (fields: readonly string[]): number => fields.length + (fields.includes('drill') ? 100 : 0);
  const [fields = ['kind']] = allowing.toSorted((a, b) => distance(a) - distance(b));
  throw new TrustError('TRUST_CHARTER_BEYOND_AGREEMENT', { context: { ...context, fields: fields.join(' ') } });
}
