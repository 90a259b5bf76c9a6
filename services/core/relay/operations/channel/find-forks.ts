import { type Digest, digestFromBytes, type OfficeId } from '../../../foundation/index.ts';
import type { KnownPost, PostFork } from './types.ts';

/**
 * Places of which two different posts are told: by the post or notice that is here, by the next one of the same member,
 * or by what another member says it has seen. Whoever was shown another history than this office is found by it.
 */
export function findForks(posts: readonly KnownPost[]): readonly PostFork[] {
  const told = new Map<string, { office: OfficeId; number: number; versions: Map<Digest, Set<OfficeId>> }>();
  const tell = (office: OfficeId, number: number, digest: Digest, by: OfficeId): void => {
    if (number < 1) return;
    const key = `${office}/${number}`;
    const place = told.get(key) ?? { office, number, versions: new Map<Digest, Set<OfficeId>>() };
    told.set(key, place);
    const tellers = place.versions.get(digest) ?? new Set<OfficeId>();
    place.versions.set(digest, tellers.add(by));
  };
  for (const { office, number, digest, seen, terms } of posts) {
    tell(office, number, digest, office);
    if (terms?.previous.length === 32) tell(office, number - 1, digestFromBytes(terms.previous), office);
    for (const place of seen) tell(place.office, place.number, place.digest, office);
  }
  return [...told.values()]
    .filter(({ versions }) => versions.size > 1)
    .map(({ office, number, versions }) => ({
      office,
      number,
      versions: [...versions].map(([digest, toldBy]) => ({ digest, toldBy: [...toldBy].sort() })),
    }))
    .sort((a, b) => (a.office === b.office ? a.number - b.number : a.office < b.office ? -1 : 1));
}
