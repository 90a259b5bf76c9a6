import type { Key } from '../i18n/catalogue.ts';

/** Why a gate did not let something pass, where no policy of its own says it. */
const REASONS = [
  'POLICY_NO_AGREEMENT',
  'POLICY_NO_BUNDLE',
  'POLICY_BUNDLE_NOT_IN_FORCE',
  'POLICY_KIND_UNKNOWN',
  'POLICY_CODE_UNKNOWN',
  'POLICY_ARTICLE_DOES_NOT_COVER',
  'POLICY_HANDLING_ABOVE_CEILING',
  'POLICY_TRUST_LEVEL_UNKNOWN',
  'POLICY_TOO_MANY_QUESTIONS',
  'POLICY_EVALUATION_ERROR',
  'POLICY_FORBIDDEN',
  'POLICY_NOT_PERMITTED',
  'POLICY_CORE_WITHHELD',
  'POLICY_REVIEW_REQUIRED',
  'NO_AGREEMENT',
  'AGREEMENT_EXPIRED',
  'AGREEMENT_NOT_YET_IN_FORCE',
  'AGREEMENT_DIFFERS',
  'ARTICLE_UNKNOWN',
  'ARTICLE_DOES_NOT_COVER',
] as const;

/** The key of the sentence for a gate's reason; undefined for a code that has none here. */
export function reasonKey(reason: string): Key | undefined {
  const known = REASONS.find((one) => one === reason);
  return known === undefined ? undefined : `reason.${known}`;
}
