import type { OfficeId } from '../../foundation/index.ts';
import type { AnyMessage, InboundMessageView, OfficeProjection, OutboundMessage } from '../../ledger/index.ts';
import { MessageKind, SearchOutcome, SearchRefusal } from '../../wire/index.ts';
import { hasArrived, resultOf } from './search-views.ts';
import type { SearchFigures, SearchSide } from './types.ts';

type Messages = Pick<OfficeProjection, 'about' | 'ofKind'>;

interface Counts {
  searches: number;
  subjects: number;
  hits: number;
  noHits: number;
  notSearched: number;
  quotaSpent: number;
}

/** One search over one border, with the result where it has arrived too. */
interface Arrived {
  readonly side: SearchSide;
  readonly peer: OfficeId;
  readonly officer: string;
  readonly search: AnyMessage;
  readonly result: AnyMessage | undefined;
}

/**
 * The figures of every neighbour, side and officer. Both offices of a pair count the same: a search once it has arrived,
 * its result once that has arrived too. Exercises are left out.
 */
export function searchFigures(messages: Messages, self: OfficeId): readonly SearchFigures[] {
  const groups = new Map<string, Pick<SearchFigures, 'peer' | 'side' | 'officer'> & Counts>();
  for (const search of messages.ofKind(MessageKind.SEARCH)) {
    if (search.drill) continue;
    for (const arrived of search.direction === 'outbound' ? sent(messages, search) : came(messages, self, search)) {
      const { side, peer, officer } = arrived;
      const key = `${peer}\n${side}\n${officer}`;
      const group = groups.get(key) ?? {
        peer,
        side,
        officer,
        searches: 0,
        subjects: 0,
        hits: 0,
        noHits: 0,
        notSearched: 0,
        quotaSpent: 0,
      };
      groups.set(key, group);
      count(group, arrived);
    }
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function sent(messages: Messages, search: OutboundMessage): readonly Arrived[] {
  return [...search.copies.values()].filter(hasArrived).map(({ to }) => ({
    side: 'asking',
    peer: to,
    officer: search.submittedBy,
    search,
    result: resultOf(messages, search, to),
  }));
}

function came(messages: Messages, self: OfficeId, search: InboundMessageView): readonly Arrived[] {
  if (search.deliveredMs === null) return [];
  const result = resultOf(messages, search, self);
  const arrived = result?.direction === 'outbound' && hasArrived(result.copies.get(search.from));
  return [{ side: 'asked', peer: search.from, officer: search.officer, search, result: arrived ? result : undefined }];
}

function count(into: Counts, { search, result }: Arrived): void {
  into.searches++;
  into.subjects += search.terms?.search?.subjects ?? 0;
  const terms = result?.terms?.searchResult ?? null;
  if (terms === null) return;
  if (terms.refusal !== SearchRefusal.UNSPECIFIED) into.quotaSpent++;
  for (const { outcome } of terms.findings) {
    if (outcome === SearchOutcome.HIT) into.hits++;
    else if (outcome === SearchOutcome.NO_HIT) into.noHits++;
    else into.notSearched++;
  }
}
