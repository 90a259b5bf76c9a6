import type { Digest } from '../../foundation/index.ts';
import type { ApprovalView } from '../../ledger/index.ts';
import { HoldError } from './errors.ts';
import type { Person } from './types.ts';

/** What a person's release comes to. */
export type ReleaseStep =
  /** It passes; `approvedBy` is the first of two, empty where one is enough. */
  | { readonly step: 'release'; readonly approvedBy: string }
  /** The first of two: it stays held. */
  | { readonly step: 'approve'; readonly lapsed: readonly string[] };

/**
 * What comes of this person's word on exactly what was shown: never the author's own, and where two are needed, two
 * different names of different roles who both saw the same. An approval of anything else has lapsed.
 * @throws HoldError HOLD_OWN_MESSAGE, HOLD_SAME_PERSON, HOLD_SAME_ROLE.
 */
export function nextStep(
  person: Person,
  shown: Digest,
  needed: number,
  { author, approvals }: { readonly author: string | undefined; readonly approvals: readonly ApprovalView[] },
): ReleaseStep {
  if (person.name === author) throw new HoldError('HOLD_OWN_MESSAGE');
  if (needed <= 1) return { step: 'release', approvedBy: '' };
  // Whoever approves after it lapsed begins anew, so only the last one counts.
  const first = approvals.at(-1);
  if (first === undefined) return { step: 'approve', lapsed: [] };
  if (first.shown !== shown) return { step: 'approve', lapsed: [first.by] };
  if (first.by === person.name) throw new HoldError('HOLD_SAME_PERSON');
  if (first.role === person.role) throw new HoldError('HOLD_SAME_ROLE');
  return { step: 'release', approvedBy: first.by };
}
