import { nationOf, type OfficeId } from '../../foundation/index.ts';
import type { Corridor, CrimeArea, Subscription, Urgency } from '../../wire/index.ts';

/** What of a release a subscription can ask about. */
export interface RegionFacetsOf {
  readonly from: OfficeId;
  readonly corridor: Corridor;
  readonly crimeArea: CrimeArea;
  readonly urgency: Urgency;
  readonly language: string;
}

function names<T>(list: readonly T[], value: T): boolean {
  return list.length === 0 || list.includes(value);
}

/** Whether the subscription stands and asks for that topic of that office: what a hub goes by. */
export function asksForTopic(
  { ended, corridors, crimeAreas, nations }: Subscription,
  { from, corridor, crimeArea }: Pick<RegionFacetsOf, 'from' | 'corridor' | 'crimeArea'>,
): boolean {
  return (
    !ended && names(corridors, corridor) && names(crimeAreas, crimeArea) && names(nations, nationOf(from) as string)
  );
}

/** Whether it asks for the urgency and language too: what the office goes by. What nobody wrote is in every language. */
export function asksFor(subscription: Subscription, facets: RegionFacetsOf): boolean {
  const { urgencies, languages } = subscription;
  const spoken = facets.language.toLowerCase();
  return (
    asksForTopic(subscription, facets) &&
    names(urgencies, facets.urgency) &&
    (languages.length === 0 ||
      spoken === '' ||
      languages.some((one) => spoken === one.toLowerCase() || spoken.startsWith(`${one.toLowerCase()}-`)))
  );
}
