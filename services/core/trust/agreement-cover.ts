import {
  type Digest,
  type DurationMs,
  digestFromBytes,
  type EpochMs,
  earlier,
  fromHex,
  later,
} from '../foundation/index.ts';
import { type AgreementArticle, type AgreementRef, isKindCovered } from '../wire/index.ts';
import type {
  AgreementCover,
  AgreementQuery,
  AgreementRefusal,
  AgreementRefusalReason,
  InstalledAgreement,
  TrustStore,
} from './types.ts';

/** An article with what of a query it does not cover. */
interface Candidate {
  readonly installed: InstalledAgreement;
  readonly article: AgreementArticle;
  readonly fields: readonly string[];
  readonly uncovered: AgreementCover['uncovered'];
}

function refusal(reason: AgreementRefusalReason, more: Partial<AgreementRefusal> = {}): AgreementRefusal {
  return { covered: false, reason, ...more };
}

/** In the agreement, as offices of different parties. */
function names({ nationOfOffice }: InstalledAgreement, { from, to }: AgreementQuery): boolean {
  const sender = nationOfOffice.get(from);
  const recipient = nationOfOffice.get(to);
  return sender !== undefined && recipient !== undefined && sender !== recipient;
}

/** From when and until when it counts, for this gate: an importer allows for clocks that differ. */
function hasBegun({ validFromMs }: InstalledAgreement, { at, gate }: AgreementQuery, tolerance: DurationMs): boolean {
  return validFromMs <= (gate === 'import' ? later(at, tolerance) : at);
}

function hasEnded({ validUntilMs }: InstalledAgreement, { at, gate }: AgreementQuery, tolerance: DurationMs): boolean {
  return validUntilMs <= (gate === 'import' ? earlier(at, tolerance) : at);
}

/** Another agreement took its place by then. */
export function isReplaced(
  { agreement }: InstalledAgreement,
  at: EpochMs,
  agreements: TrustStore['agreements'],
): boolean {
  return [...agreements.values()].some(
    (other) =>
      other.validFromMs <= at &&
      at < other.validUntilMs &&
      other.agreement.id !== agreement.id &&
      other.agreement.replaces.includes(agreement.id),
  );
}

function candidate(installed: InstalledAgreement, article: AgreementArticle, query: AgreementQuery): Candidate {
  const covers: readonly (readonly [string, boolean])[] = [
    ['kind', isKindCovered(article.kinds, query.kind)],
    ['crimeArea', article.crimeAreas.includes(query.crimeArea)],
    ['purpose', article.purposes.includes(query.purpose)],
    ['handling', query.handling !== 0 && query.handling <= article.handlingCeiling],
    ['drill', !query.drill || article.drills],
  ];
  const uncovered = query.categories.filter(
    (category, i) => !article.dataCategories.includes(category) && query.categories.indexOf(category) === i,
  );
  return {
    installed,
    article,
    fields: covers.filter(([, isCovered]) => !isCovered).map(([field]) => field),
    uncovered,
  };
}

function digestOfVersion(
  { agreement, document, earlier: before }: InstalledAgreement,
  version: number,
): Digest | undefined {
  return version === agreement.version ? document.digest : before.get(version);
}

/** What the exporter relied on is, or was, installed here word for word. */
export function reliesOnInstalledText(installed: InstalledAgreement, relied: AgreementRef): boolean {
  return relied.digest.length === 32 && digestOfVersion(installed, relied.version) === digestFromBytes(relied.digest);
}

/** Covers everything before something; then leaves out the fewest categories; then comes first. */
function best(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.toSorted((a, b) => a.fields.length - b.fields.length || a.uncovered.length - b.uncovered.length)[0];
}

function answer(found: Candidate): AgreementCover | AgreementRefusal {
  const { installed, article, fields, uncovered } = found;
  const { agreement, document } = installed;
  if (fields.length > 0)
    return refusal('ARTICLE_DOES_NOT_COVER', { agreementId: agreement.id, articleId: article.id, fields });
  const ref = { id: agreement.id, version: agreement.version, digest: fromHex(document.digest), article: article.id };
  return { covered: true, agreement, article, ref, trustLevel: agreement.trustLevel, uncovered };
}

function articlesOf(installed: InstalledAgreement, { relied }: AgreementQuery): readonly AgreementArticle[] {
  // What may be told the region says nothing of what may cross between two offices.
  const articles = installed.agreement.articles.filter((article) => !article.region);
  return relied === undefined ? articles : articles.filter((article) => article.id === relied.article);
}

/**
 * The agreement and article under which something may cross at that time, or why none lets it; a value either way. Where
 * the exporter relied on one, that one and no other counts, in a text that is or was installed here; what it covers is
 * judged by the text that is in force here.
 */
export function agreementCover(
  agreements: TrustStore['agreements'],
  query: AgreementQuery,
  tolerance: DurationMs,
): AgreementCover | AgreementRefusal {
  const { relied, at } = query;
  const naming = [...agreements.values()].filter(
    (installed) => names(installed, query) && (relied === undefined || installed.agreement.id === relied.id),
  );
  if (naming.length === 0) return refusal('NO_AGREEMENT', relied === undefined ? {} : { agreementId: relied.id });
  const begun = naming.filter((installed) => hasBegun(installed, query, tolerance));
  const inForce = begun.filter(
    (installed) => !hasEnded(installed, query, tolerance) && !isReplaced(installed, at, agreements),
  );
  const agreementId = (begun[0] ?? naming[0])?.agreement.id ?? '';
  if (inForce.length === 0)
    return refusal(begun.length === 0 ? 'AGREEMENT_NOT_YET_IN_FORCE' : 'AGREEMENT_EXPIRED', { agreementId });
  if (relied !== undefined && !inForce.every((installed) => reliesOnInstalledText(installed, relied)))
    return refusal('AGREEMENT_DIFFERS', { agreementId });
  const found = best(
    inForce.flatMap((installed) => articlesOf(installed, query).map((article) => candidate(installed, article, query))),
  );
  return found === undefined
    ? refusal('ARTICLE_UNKNOWN', { agreementId, articleId: relied?.article ?? '' })
    : answer(found);
}
