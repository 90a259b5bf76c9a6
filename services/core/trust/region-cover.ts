import { type DurationMs, type EpochMs, fromHex, type HubId, later, type OfficeId } from '../foundation/index.ts';
import type { AgreementArticle, DataCategory } from '../wire/index.ts';
import { isReplaced, reliesOnInstalledText } from './agreement-cover.ts';
import { TrustError } from './errors.ts';
import type { RegionEntitlement, RegionQuery } from './region-types.ts';
import type {
  AgreementCover,
  AgreementRefusal,
  AgreementRefusalReason,
  InstalledAgreement,
  KeyOf,
  TrustStore,
} from './types.ts';

type Agreements = TrustStore['agreements'];

function isInForce(installed: InstalledAgreement, agreements: Agreements, at: EpochMs, toleranceMs: number): boolean {
  return (
    installed.validFromMs <= at + toleranceMs &&
    installed.validUntilMs > at - toleranceMs &&
    !isReplaced(installed, at, agreements)
  );
}

function regional({ agreement }: InstalledAgreement): readonly AgreementArticle[] {
  return agreement.hubs.length === 0 ? [] : agreement.articles.filter((article) => article.region);
}

function mayRead(article: AgreementArticle, office: OfficeId): boolean {
  return article.subscribers.length === 0 || article.subscribers.includes(office);
}

interface Candidate {
  readonly installed: InstalledAgreement;
  readonly article: AgreementArticle;
  readonly fields: readonly string[];
  readonly uncovered: readonly DataCategory[];
}

function candidate(installed: InstalledAgreement, article: AgreementArticle, query: RegionQuery): Candidate {
  const { corridor, reader, handling } = query;
  const covers: readonly (readonly [field: string, isCovered: boolean])[] = [
    ['kind', article.kinds.includes(query.kind)],
    ['corridor', corridor !== 0 && (article.corridors.length === 0 || article.corridors.includes(corridor))],
    ['crimeArea', article.crimeAreas.includes(query.crimeArea)],
    ['purpose', article.purposes.includes(query.purpose)],
    ['handling', handling !== 0 && handling <= article.handlingCeiling],
    ['drill', !query.drill || article.drills],
    ['subscriber', reader === undefined || mayRead(article, reader)],
  ];
  const fields = covers.filter(([, isCovered]) => !isCovered).map(([field]) => field);
  const categories = new Set(query.categories);
  return {
    installed,
    article,
    fields,
    uncovered: [...categories].filter((one) => !article.dataCategories.includes(one)),
  };
}

function refusal(reason: AgreementRefusalReason, more: Partial<AgreementRefusal> = {}): AgreementRefusal {
  return { covered: false, reason, ...more };
}

function covering({ installed, article, fields, uncovered }: Candidate): AgreementCover | AgreementRefusal {
  const { agreement, document } = installed;
  if (fields.length > 0)
    return refusal('ARTICLE_DOES_NOT_COVER', { agreementId: agreement.id, articleId: article.id, fields });
  const ref = { id: agreement.id, version: agreement.version, digest: fromHex(document.digest), article: article.id };
  return { covered: true, agreement, article, ref, trustLevel: agreement.trustLevel, uncovered };
}

/**
 * The agreement and regional article under which an office may release something to the region, or a reader may have
 * it, at that time; or why none does. Articles between offices never do, and regional ones let nothing cross between
 * two offices. Where the releasing office relied on one, that one and no other counts, in a text that is or was
 * installed here.
 */
export function regionCover(
  agreements: Agreements,
  query: RegionQuery,
  tolerance: DurationMs,
): AgreementCover | AgreementRefusal {
  const { from, reader, relied, at, gate } = query;
  const naming = [...agreements.values()].filter(
    (installed) =>
      regional(installed).length > 0 &&
      installed.nationOfOffice.has(from) &&
      (reader === undefined || installed.nationOfOffice.has(reader)) &&
      (relied === undefined || installed.agreement.id === relied.id),
  );
  if (naming.length === 0) return refusal('NO_AGREEMENT', relied === undefined ? {} : { agreementId: relied.id });
  const toleranceMs = gate === 'import' ? tolerance : 0;
  const inForce = naming.filter((installed) => isInForce(installed, agreements, at, toleranceMs));
  if (inForce.length === 0) {
    const hasBegun = naming.find(({ validFromMs }) => validFromMs <= at + toleranceMs);
    const agreementId = (hasBegun ?? naming[0])?.agreement.id ?? '';
    return refusal(hasBegun === undefined ? 'AGREEMENT_NOT_YET_IN_FORCE' : 'AGREEMENT_EXPIRED', { agreementId });
  }
  if (relied !== undefined && !inForce.every((installed) => reliesOnInstalledText(installed, relied)))
    return refusal('AGREEMENT_DIFFERS', { agreementId: relied.id });
  const candidates = inForce.flatMap((installed) =>
    regional(installed)
      .filter(({ id }) => relied === undefined || relied.article === id)
      .map((article) => candidate(installed, article, query)),
  );
  const best = candidates.toSorted(
    (a, b) => a.fields.length - b.fields.length || a.uncovered.length - b.uncovered.length,
  )[0];
  return best === undefined ? refusal('ARTICLE_UNKNOWN', { articleId: relied?.article ?? '' }) : covering(best);
}

/** What an office may have of a hub at that time: one entry per regional article of an agreement that names both. Empty for nothing. */
export function regionEntitlements(
  agreements: Agreements,
  { office, hub, at }: { readonly office: OfficeId; readonly hub: HubId; readonly at: EpochMs },
  tolerance: DurationMs,
): readonly RegionEntitlement[] {
  return [...agreements.values()]
    .filter(
      (installed) =>
        isInForce(installed, agreements, at, tolerance) &&
        installed.nationOfOffice.has(office) &&
        installed.agreement.hubs.some((named) => named.hub === hub),
    )
    .flatMap((installed) =>
      regional(installed)
        .filter((article) => mayRead(article, office))
        .map((article) => ({
          agreement: installed.agreement.id,
          article: article.id,
          corridors: article.corridors,
          crimeAreas: article.crimeAreas,
          nations: [...installed.parties.keys()],
          backfillDays: article.backfillDays,
        })),
    );
}

/**
 * The keys of hubs, as agreements in force at that time name them.
 * @throws TrustError TRUST_HUB_UNKNOWN, TRUST_KEY_UNKNOWN, TRUST_SIGNED_IN_FUTURE from the function it gives.
 */
export function hubKeys(agreements: Agreements, at: EpochMs, tolerance: DurationMs): KeyOf {
  return ({ kid, signer, signedMs }) => {
    const named = [...agreements.values()]
      .filter((installed) => isInForce(installed, agreements, at, tolerance))
      .flatMap(({ hubs }) => hubs.get(signer as HubId) ?? []);
    if (named.length === 0) throw new TrustError('TRUST_HUB_UNKNOWN');
    if (signedMs > later(at, tolerance)) throw new TrustError('TRUST_SIGNED_IN_FUTURE', { context: { signer } });
    const key = named.find((one) => one.kid === kid);
    if (key === undefined) throw new TrustError('TRUST_KEY_UNKNOWN', { context: { hub: signer } });
    return key;
  };
}
