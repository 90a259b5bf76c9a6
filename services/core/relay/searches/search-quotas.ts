import type { EpochMs, OfficeId } from '../../foundation/index.ts';
import { type InboundMessageView, messageKey } from '../../ledger/index.ts';
import { MessageKind, SearchRefusal } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { SearchesError } from './errors.ts';
import { newOnes } from './new-ones.ts';
import { usageWindow } from './usage-window.ts';

/** How often may be searched: each subject counts, and all counts are taken from the ledger. */
export interface SearchQuotas {
  /** @throws SearchesError SEARCHES_QUOTA_SPENT when so many more are too many for the officer. */
  readonly assertMaySearch: (officer: string, subjects: number, at: EpochMs) => void;
  /** Why a neighbour's search is not made; unspecified where it is. */
  readonly refusalFor: (search: InboundMessageView, at: EpochMs) => SearchRefusal;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The limits of this office's nation, as its bundle in force has them; exercises count as well. */
export function searchQuotas({ projection, gates }: Pick<RelayContext, 'projection' | 'gates'>): SearchQuotas {
  const bySubmitter = usageWindow(HOUR_MS);
  const byNeighbour = usageWindow(DAY_MS);
  const byForeignOfficer = usageWindow(DAY_MS);
  const searches = newOnes(() => projection.ofKind(MessageKind.SEARCH));
  const results = newOnes(() => projection.ofKind(MessageKind.SEARCH_RESULT));

  const catchUp = (): void => {
    for (const search of searches())
      if (search.direction === 'outbound')
        bySubmitter.add(search.submittedBy, search.acceptedMs, search.terms?.search?.subjects ?? 0);
    for (const result of results()) {
      const terms = result.terms?.searchResult ?? null;
      if (result.direction !== 'outbound' || terms === null || terms.refusal !== SearchRefusal.UNSPECIFIED) continue;
      const target = terms.target;
      const search = target === null ? undefined : projection.inbound.get(messageKey(target.origin, target.id));
      if (search === undefined) continue;
      const subjects = search.terms?.search?.subjects ?? 0;
      byNeighbour.add(search.from, result.acceptedMs, subjects);
      byForeignOfficer.add(foreign(search.from, search.officer), result.acceptedMs, subjects);
    }
  };

  return {
    assertMaySearch: (officer, subjects, at) => {
      catchUp();
      const limit = gates().limits.searches.perOfficerPerHour;
      if (bySubmitter.used(officer, at) + subjects <= limit) return;
      const waitMs = bySubmitter.freeAt(officer, at, subjects, limit) - at;
      throw new SearchesError('SEARCHES_QUOTA_SPENT', {
        context: { limit, subjects, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) },
      });
    },
    refusalFor: (search, at) => {
      catchUp();
      const subjects = search.terms?.search?.subjects ?? 0;
      const { perOfficeInPerDay, perForeignOfficerPerDay } = gates().limits.searches;
      if (byNeighbour.used(search.from, at) + subjects > perOfficeInPerDay) return SearchRefusal.NEIGHBOUR_QUOTA_SPENT;
      return byForeignOfficer.used(foreign(search.from, search.officer), at) + subjects > perForeignOfficerPerDay
        ? SearchRefusal.OFFICER_QUOTA_SPENT
        : SearchRefusal.UNSPECIFIED;
    },
  };
}

function foreign(office: OfficeId, officer: string): string {
  return `${office}\n${officer}`;
}
