import { type EpochMs, fromHex, isLiaisonError } from '../../foundation/index.ts';
import { type AnyMessage, type InboundMessageView, messageKey } from '../../ledger/index.ts';
import { isSearchable, traitsOf } from '../../matching/index.ts';
import { MessageKind, Outcome, type Search, SearchOutcome, SearchRefusal } from '../../wire/index.ts';
import { bodyErasure } from '../erase-body.ts';
import type { RelayContext } from '../parts.ts';
import { recallInForce } from '../recall/index.ts';
import type { Submissions } from '../submit-message.ts';
import type { SubmissionInput, SubmissionResult } from '../types.ts';
import { answerSearch } from './answer-search.ts';
import { SearchesError } from './errors.ts';
import { holdings as openHoldings } from './holdings.ts';
import { type Lookouts, lookouts } from './lookouts.ts';
import { newOnes } from './new-ones.ts';
import { searchFigures } from './search-figures.ts';
import { searchQuotas } from './search-quotas.ts';
import { resultOf, searchViews } from './search-views.ts';
import type { SearchFigures, SearchView } from './types.ts';

/** Hit or no-hit: what this office asks, what it answers by itself, and whom it looks for. */
export interface SearchDesk {
  /**
   * Asks neighbours whether they hold anything; subjects are counted here.
   * @throws SearchesError SEARCHES_NOTHING_TO_SEARCH, SEARCHES_QUOTA_SPENT; RelayError as `Relay.submit`.
   */
  readonly submit: (input: SubmissionInput) => Promise<SubmissionResult>;
  readonly lookouts: Lookouts;
  /** A search as it stands now, towards each office that it is for; or as it came in. */
  readonly views: (search: AnyMessage) => readonly SearchView[];
  /** The case reference of a message that searches are answered from; undefined for others and while it was not read. */
  readonly caseReferenceOf: (message: string) => string | undefined;
  readonly figures: () => readonly SearchFigures[];
  /** How many searches of whom of this office were refused because the limit was spent; each is on record. */
  readonly refusedHere: () => ReadonlyMap<string, number>;
  /** A message came in: a search is answered at once. */
  readonly arrived: () => void;
  /** Answers what waits for an answer, tells what was answered, and reads what is new, a bounded number of messages. */
  readonly sweep: () => Promise<void>;
}

/** How a search ended, in one word. */
export type SearchWord = 'hit' | 'no-hit' | 'not-searched' | 'quota-spent';

const READ_AT_ONCE = 500;
const NOBODY: ReadonlyMap<string, number> = new Map();

/** The search desk of this office. */
export function searchDesk(context: RelayContext, messages: Submissions): SearchDesk {
  const { projection, clock, self } = context;
  const holdings = openHoldings(context);
  const quotas = searchQuotas(context);
  const parts = { context, messages, holdings, erasure: bodyErasure(context) };
  const newSearches = newOnes(() => projection.ofKind(MessageKind.SEARCH));
  const newResults = newOnes(() => projection.ofKind(MessageKind.SEARCH_RESULT));
  const pending = new Set<InboundMessageView>();
  const unseen = new Set<InboundMessageView>();
  const startedMs = clock.now();
  let turn: Promise<void> | undefined;
  let again = false;

  const isOver = (search: InboundMessageView, now: EpochMs): boolean =>
    (search.deliveredMs === null && (search.hold !== null || search.decision.outcome !== Outcome.HELD)) ||
    now > search.expiresMs ||
    search.erased !== null ||
    search.origin !== search.from ||
    resultOf(projection, search, self) !== undefined ||
    recallInForce(projection, messageKey(search.origin, search.id)) !== null;

  const answer = async (search: InboundMessageView): Promise<void> => {
    const refusal = quotas.refusalFor(search, clock.now());
    const findings = await answerSearch(parts, search, refusal);
    const { from: peer, origin, id } = search;
    const hits = findings.filter(({ outcome }) => outcome === SearchOutcome.HIT).length;
    context.events.searched({ direction: 'in', peer, origin, id, word: wordOf(findings, refusal), hits });
  };

  /** One after the other, the longest waiting first: a limit counts what was answered before. */
  const answerAll = async (): Promise<void> => {
    for (const search of newSearches()) if (search.direction === 'inbound') pending.add(search);
    for (const search of pending) {
      if (isOver(search, clock.now())) pending.delete(search);
      else if (search.deliveredMs !== null) {
        try {
          await answer(search);
        } catch (cause) {
          if (!isLiaisonError(cause)) context.onBug(cause);
          else if (cause.disposition === 'retry') continue;
          else if (cause.code !== 'SEARCHES_ANSWERED') context.events.alarm({ code: cause.code, office: search.from });
        }
        pending.delete(search);
      }
    }
  };

  /** Results that were let in since this node started, each once. */
  const tellResults = (): void => {
    for (const result of newResults()) if (result.direction === 'inbound') unseen.add(result);
    for (const result of unseen) {
      const isHeld = result.hold === null && result.decision.outcome === Outcome.HELD;
      if (result.deliveredMs === null && isHeld) continue;
      unseen.delete(result);
      const terms = result.terms?.searchResult ?? null;
      const target = terms?.target ?? null;
      if (result.deliveredMs === null || result.deliveredMs < startedMs || terms === null || target === null) continue;
      const search = projection.outbound.get(messageKey(target.origin, target.id));
      if (search === undefined || resultOf(projection, search, result.origin) !== result) continue;
      const hits = terms.findings.filter(({ outcome }) => outcome === SearchOutcome.HIT).length;
      const word = wordOf(terms.findings, terms.refusal);
      context.events.searched({ direction: 'out', peer: result.origin, origin: self, id: search.id, word, hits });
    }
  };

  const work = async (): Promise<void> => {
    do {
      again = false;
      tellResults();
      await answerAll();
    } while (again);
  };

  const run = (): Promise<void> => {
    again = true;
    turn ??= work().finally(() => {
      turn = undefined;
    });
    return turn;
  };

  /** Who goes on asking beyond the limit is on record for the auditor, by name and digest. */
  const putRefusalOnRecord = async ({ submittedBy, submissionDigest }: SubmissionInput): Promise<void> => {
    const digest = fromHex(submissionDigest);
    const event = { messageRejected: { submittedBy, digest, code: 'SEARCHES_QUOTA_SPENT' } };
    await context.desk.commit(() => ({ contents: [], events: () => [event], result: () => undefined }));
  };

  return {
    submit: async (input) => {
      const body = input.body as Search;
      const nothing = body.subjects.findIndex((subject) => !isSearchable(traitsOf(subject)));
      if (nothing >= 0 || body.subjects.length === 0)
        throw new SearchesError('SEARCHES_NOTHING_TO_SEARCH', {
          context: { field: `search.subjects[${Math.max(0, nothing)}]` },
        });
      const subjects = body.subjects.length;
      try {
        return await messages.submit(
          { ...input, kind: MessageKind.SEARCH, body: { ...body, terms: { subjects } } },
          {
            subjects: [`searches by ${input.submittedBy}`],
            guard: (at) => quotas.assertMaySearch(input.submittedBy, subjects, at),
          },
        );
      } catch (cause) {
        if (cause instanceof SearchesError && cause.code === 'SEARCHES_QUOTA_SPENT') await putRefusalOnRecord(input);
        throw cause;
      }
    },
    lookouts: lookouts(context, messages),
    views: (search) => searchViews(projection, self, search, clock.now()),
    caseReferenceOf: (message) => holdings.get(message)?.caseReference,
    figures: () => searchFigures(projection, self),
    refusedHere: () => projection.rejections.get('SEARCHES_QUOTA_SPENT') ?? NOBODY,
    arrived: () => {
      if (projection.ofKind(MessageKind.SEARCH).length + projection.ofKind(MessageKind.SEARCH_RESULT).length > 0)
        run().catch(context.onBug);
    },
    sweep: async () => {
      await run();
      // An office that nobody asks reads nothing for it.
      if (!projection.ofKind(MessageKind.SEARCH).some(({ direction }) => direction === 'inbound')) return;
      holdings.forgetExpired();
      await holdings.refresh(READ_AT_ONCE);
    },
  };
}

function wordOf(findings: readonly { readonly outcome: SearchOutcome }[], refusal: SearchRefusal): SearchWord {
  if (refusal !== SearchRefusal.UNSPECIFIED) return 'quota-spent';
  const has = (outcome: SearchOutcome): boolean => findings.some((finding) => finding.outcome === outcome);
  return has(SearchOutcome.HIT) ? 'hit' : has(SearchOutcome.NO_HIT) ? 'no-hit' : 'not-searched';
}
