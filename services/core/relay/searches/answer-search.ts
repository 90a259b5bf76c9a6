import { type EpochMs, fromHex } from '../../foundation/index.ts';
import { type InboundMessageView, messageKey } from '../../ledger/index.ts';
import { isSearchable, traitsOf } from '../../matching/index.ts';
import {
  ErasureCause,
  MessageKind,
  type MessageRef,
  type Search,
  type SearchFinding,
  type SearchMatch,
  SearchOutcome,
  SearchRefusal,
  searchResultCodec,
} from '../../wire/index.ts';
import type { BodyErasure } from '../erase-body.ts';
import { RelayError } from '../errors.ts';
import type { RelayContext } from '../parts.ts';
import { readMessage } from '../read-message.ts';
import type { Submissions } from '../submit-message.ts';
import { SearchesError } from './errors.ts';
import type { Holdings } from './holdings.ts';
import { resultOf } from './search-views.ts';

/** The name under which a node says what it says by itself. */
export const NODE = 'node';

/** What the answering of searches rests on. */
export interface AnsweringParts {
  readonly context: RelayContext;
  readonly messages: Submissions;
  readonly erasure: Pick<BodyErasure, 'record'>;
  readonly holdings: Holdings;
}

/** What was found, for the neighbour and for the owners here. */
interface Found {
  readonly findings: readonly SearchFinding[];
  readonly matches: readonly SearchMatch[];
}

const NOTHING: Found = { findings: [], matches: [] };
const ALL = Number.POSITIVE_INFINITY;
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Answers a search that was delivered: on record once, whatever it is interrupted by, together with who owns what was
 * found; without a hit the searched content is recorded as erased in the same append. With a refusal nothing is looked up.
 *
 * @throws SearchesError SEARCHES_ANSWERED; RelayError; the stores' errors.
 */
export async function answerSearch(
  parts: AnsweringParts,
  search: InboundMessageView,
  refusal: SearchRefusal,
): Promise<readonly SearchFinding[]> {
  const { context, messages, erasure } = parts;
  const content = await readMessage(context, search.origin, search.id);
  const { subjects, crimeArea } = content.body as Search;
  const { findings, matches } = refusal === SearchRefusal.UNSPECIFIED ? await lookUp(parts, search, subjects) : NOTHING;
  const key = messageKey(search.origin, search.id);
  const target: MessageRef = { origin: search.origin, id: search.id, digest: fromHex(search.envelopeDigest) };
  const isHit = matches.length > 0;
  const erased = isHit ? null : await erasure.record(search, { cause: ErasureCause.NO_HIT, orderedBy: target, by: '' });
  const body = searchResultCodec.decode(
    searchResultCodec.encode({ terms: { target, findings: [...findings], refusal }, crimeArea }),
  );
  await messages.submit(
    {
      submittedBy: NODE,
      kind: MessageKind.SEARCH_RESULT,
      recipients: [search.from],
      precedence: search.precedence,
      purpose: content.header.purpose,
      handling: content.header.handling,
      caveat: content.header.caveat,
      caseReference: '',
      expiresMs: null,
      inReplyTo: search.id,
      supersedes: '',
      drill: search.drill,
      body,
      idempotencyKey: '',
      submissionDigest: search.envelopeDigest,
    },
    {
      subjects: [key, `search ${key}`],
      guard: (at) => assertUnanswered(context, search, at),
      also: () => [
        ...(isHit ? [{ searchMatched: { search: target, matches: [...matches] } }] : []),
        ...(erased === null || search.erased !== null ? [] : [erased]),
      ],
    },
  );
  return findings;
}

/** The search is current and has no result of this office. @throws SearchesError SEARCHES_ANSWERED. */
export function assertUnanswered(
  { projection, self }: Pick<RelayContext, 'projection' | 'self'>,
  search: InboundMessageView,
  at: EpochMs,
): void {
  if (resultOf(projection, search, self) !== undefined || at > search.expiresMs)
    throw new SearchesError('SEARCHES_ANSWERED');
}

async function lookUp(
  { context, holdings }: AnsweringParts,
  search: InboundMessageView,
  subjects: Search['subjects'],
): Promise<Found> {
  // A no-hit must not rest on what could not be read.
  if (!(await holdings.refresh(ALL))) throw new RelayError('RELAY_BUSY');
  const findings: SearchFinding[] = [];
  const matches: SearchMatch[] = [];
  for (const [index, subject] of subjects.entries()) {
    const place = index + 1;
    const wanted = traitsOf(subject);
    // What is behind one subject must not keep the office from its other work.
    await nextTurn();
    const asker = { office: search.origin, drill: search.drill, now: context.clock.now() };
    const found = isSearchable(wanted) ? holdings.find(wanted, asker) : undefined;
    const outcome =
      found !== undefined
        ? SearchOutcome.HIT
        : isSearchable(wanted)
          ? SearchOutcome.NO_HIT
          : SearchOutcome.NOT_SEARCHED;
    findings.push({ subject: place, outcome, caseReference: found?.caseReference ?? '' });
    if (found !== undefined) matches.push({ subject: place, origin: found.origin, envelopeId: found.envelopeId });
  }
  return { findings, matches };
}
