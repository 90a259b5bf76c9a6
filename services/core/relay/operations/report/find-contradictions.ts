import { toHex } from '../../../foundation/index.ts';
import type { OperationPosts } from '../channel/types.ts';
import type { OperationView } from '../types.ts';
import { postCount } from './after-action-report.ts';
import type { Contradiction } from './types.ts';

/** Where what a member states of its posts is not what is on record of them here; posts that are not here contradict nothing. */
export function findContradictions(
  view: OperationView,
  posts: Pick<OperationPosts, 'at' | 'of'>,
): readonly Contradiction[] {
  const found: Contradiction[] = [];
  for (const [office, figures] of view.contributions) {
    for (const { number, digest, createdMs, postType } of figures.facts) {
      const known = posts.at(office, number);
      const differs =
        known !== undefined &&
        (known.digest !== toHex(digest) ||
          (known.terms !== null && (known.createdMs !== createdMs || known.terms.postType !== postType)));
      if (differs) found.push({ office, number });
    }
    const counted = posts.of(office).filter(({ voided }) => voided === null).length;
    if (counted > postCount(figures)) found.push({ office, number: 0 });
  }
  return found;
}
