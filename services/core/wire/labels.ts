import { allLabels } from './__generated__/labels.ts';
import type { Labels } from './types.ts';

/** The languages that labels exist in, as BCP 47 tags; English first. */
export const LABEL_LANGUAGES: readonly string[] = [
  'en',
  ...allLabels.map((labels) => labels.language).filter((language) => language !== 'en'),
];

/** The labels in that language, else in its language without script and region, else in English. */
export function labelsOf(language: string): Labels {
  const wanted = [language, language.split('-')[0], 'en'];
  const found = wanted.flatMap((tag) => allLabels.find((labels) => labels.language === tag) ?? [])[0];
  if (found === undefined) throw new TypeError('the contract has no English labels');
  return found;
}
