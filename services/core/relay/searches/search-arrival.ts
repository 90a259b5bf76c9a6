import type { VerifiedCrossing } from '../../envelope/index.ts';
import { toHex } from '../../foundation/index.ts';
import { messageKey } from '../../ledger/index.ts';
import {
  MessageKind,
  type MessageTerms,
  type Search,
  SearchOutcome,
  SearchRefusal,
  type SearchResultTerms,
} from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { SearchesError } from './errors.ts';
import { resultOf } from './search-views.ts';

/**
 * A search comes from the office that asks, and has as many subjects as it says: limits are counted by that.
 * @throws SearchesError SEARCHES_PASSED_ON, SEARCHES_SUBJECTS_MISCOUNTED.
 */
export function assertSearchInPlace(_: RelayContext, crossing: VerifiedCrossing, terms: MessageTerms): void {
  const context = { origin: crossing.origin, id: crossing.envelopeId };
  if (crossing.origin !== crossing.from) throw new SearchesError('SEARCHES_PASSED_ON', { context });
  const count = terms.search?.subjects ?? 0;
  if (count === 0 || count !== (crossing.body as Search).subjects.length)
    throw new SearchesError('SEARCHES_SUBJECTS_MISCOUNTED', { context });
}

/**
 * A result is about exactly one of this office's searches, from an office that it went to, the first from there, and
 * says one thing of each subject, or why nothing was searched.
 * @throws SearchesError SEARCHES_RESULT_MISPLACED, SEARCHES_RESULT_REPEATED, SEARCHES_FINDINGS_INVALID.
 */
export function assertResultInPlace(context: RelayContext, crossing: VerifiedCrossing, terms: MessageTerms): void {
  const named = { context: { origin: crossing.origin, id: crossing.envelopeId } };
  const result = terms.searchResult;
  const target = result?.target ?? null;
  const search = target === null ? undefined : context.projection.outbound.get(messageKey(target.origin, target.id));
  const wentThere = search?.copies.get(crossing.origin)?.releasedMs ?? null;
  if (
    target === null ||
    search?.kind !== MessageKind.SEARCH ||
    wentThere === null ||
    crossing.from !== crossing.origin ||
    toHex(target.digest) !== search.envelopeDigest ||
    crossing.header.drill !== search.drill
  )
    throw new SearchesError('SEARCHES_RESULT_MISPLACED', named);
  if (resultOf(context.projection, search, crossing.origin) !== undefined)
    throw new SearchesError('SEARCHES_RESULT_REPEATED', named);
  if (!isComplete(result as SearchResultTerms, search.terms?.search?.subjects ?? 0))
    throw new SearchesError('SEARCHES_FINDINGS_INVALID', named);
}

function isComplete({ findings, refusal }: SearchResultTerms, subjects: number): boolean {
  if (refusal !== SearchRefusal.UNSPECIFIED) return findings.length === 0;
  const places = new Set(findings.map(({ subject }) => subject));
  return (
    findings.length === subjects &&
    places.size === subjects &&
    findings.every(
      ({ subject, outcome, caseReference }) =>
        subject >= 1 && subject <= subjects && (outcome === SearchOutcome.HIT || caseReference === ''),
    )
  );
}
