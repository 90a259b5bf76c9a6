import { RelayError, type SearchView } from '../../../core/relay/index.ts';
import { MessageKind, parseJsonText, SearchOutcome, searchSubmissionCodec } from '../../../core/wire/index.ts';
import { findEnvelopeFaults, findSubjectFaults } from '../../submissions/check-submission.ts';
import { searchInput } from '../../submissions/search-input.ts';
import { listMessages } from '../../views/list-messages.ts';
import { searchFiguresJson, searchJson } from '../../views/search-json.ts';
import { MAX_REQUEST_BYTES } from '../create-http-server.ts';
import type { Door } from '../door.ts';
import { findMessage, MESSAGE_PATH, MESSAGE_QUERY } from '../find-message.ts';
import { type Asker, guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { assertSound, KEY_HEADER, submissionAnswer, submissionRules } from '../submitting.ts';
import { PAGING_PARAMS, pageJson, pageSchema, readPaging } from './paging.ts';

type Views = readonly [SearchView, ...SearchView[]];

/** `POST /v1/hits`: neighbours are asked whether they hold anything. */
export const submitSearch = guardedRoute({
  method: 'POST',
  path: '/v1/hits',
  name: 'submitSearch',
  action: 'search',
  summary: 'Ask: hit or no-hit',
  about:
    'Each subject needs a number, plate, account or the like, a name of at least two words, or one name with the whole date of birth. The asked node answers by itself: a hit with a case reference and nothing else. Each subject counts towards the limit of the officer.',
  headerParams: KEY_HEADER,
  body: schemaRef('SearchSubmission'),
  answers: {
    201: {
      about: 'Accepted and on disk. Results come later: see `GET /v1/hits/{id}` and the event `search-answered`.',
      schema: schemaRef('SubmissionAnswer'),
      headers: { Location: 'Where the results can be read.' },
    },
  },
  problems: {
    409: 'The idempotency key was used for another submission.',
    429: 'The officer has searched as often as one officer may in an hour; the header Retry-After says when to come back.',
    503: 'Nothing can be accepted now.',
  },
  handle: async (door, { asker, body, header }) => {
    const submission = parseJsonText(searchSubmissionCodec, body, MAX_REQUEST_BYTES);
    const rules = submissionRules(door);
    const faults = [
      ...findEnvelopeFaults(submission, rules),
      ...findSubjectFaults(submission.search?.subjects ?? [], 'search.subjects', rules.now),
    ];
    const key = assertSound(faults, submission.idempotencyKey, header('idempotency-key'));
    const result = await door.relay.searches.submit(searchInput(submission, asker.principal.name, key));
    return submissionAnswer(door, result, `/v1/hits/${result.id}`);
  },
});

/** `GET /v1/hits`: searches with their results. */
export const listSearches = guardedRoute({
  method: 'GET',
  path: '/v1/hits',
  name: 'listSearches',
  action: 'read-hits',
  summary: 'List searches and what came of them',
  about:
    'Those of this office, or with `side=asked` those of its neighbours, with whose lookouts were found. A system sees its own searches, and hits on what it entered itself.',
  queryParams: {
    limit: PAGING_PARAMS.limit,
    cursor: PAGING_PARAMS.cursor,
    side: { kind: 'word', words: ['asking', 'asked'], about: '`asking` (default) or `asked`.' },
    peer: { kind: 'office', about: 'Only searches between this office and that one.' },
    found: { kind: 'word', words: ['hit'], about: '`hit`: only searches with a hit.' },
    owner: {
      kind: 'text',
      pattern: /^[a-z0-9][a-z0-9._-]{0,63}$/,
      about: 'With `side=asked`: only hits on what that officer or system of this office entered.',
    },
  },
  answers: { 200: { about: 'A page, the newest first.', schema: pageSchema(schemaRef('SearchItem')) } },
  handle: (door, { query, asker }) => {
    const direction = query.side === 'asked' ? 'inbound' : 'outbound';
    const searches = door.relay.projection
      .ofKind(MessageKind.SEARCH)
      .filter((search) => search.direction === direction);
    const page = listMessages(searches, {
      ...readPaging({ limit: query.limit, cursor: query.cursor, order: undefined }),
      since: undefined,
      timeOf: (search) => (search.direction === 'outbound' ? search.acceptedMs : search.receivedMs),
      matches: (search) => {
        const views = door.relay.searches.views(search);
        return (
          maySee(asker, views) &&
          (query.peer === undefined || views.some((view) => view.asked === query.peer || view.origin === query.peer)) &&
          (query.found === undefined || views.some(isHit)) &&
          (query.owner === undefined || views.some((view) => isOwnedBy(view, query.owner as string)))
        );
      },
    });
    const items = page.items.map((search) => searchJson(shownTo(asker, door.relay.searches.views(search) as Views)));
    return { status: 200, body: pageJson(page, items) };
  },
});

/** `GET /v1/hits/figures`: what both auditors can compare. */
export const readSearchFigures = guardedRoute({
  method: 'GET',
  path: '/v1/hits/figures',
  name: 'readSearchFigures',
  action: 'read-search-figures',
  summary: 'Count searches by neighbour, side and officer',
  about:
    'Computed from the ledger; both offices of a pair count the same once everything has arrived. Exercises are left out. What this office refused to its own people because their limit was spent went nowhere and stands apart.',
  answers: {
    200: {
      about: 'All counts.',
      schema: {
        type: 'object',
        required: ['items', 'refusedHere'],
        additionalProperties: false,
        properties: {
          items: { type: 'array', items: schemaRef('SearchFigures') },
          refusedHere: {
            type: 'array',
            items: {
              type: 'object',
              required: ['officer', 'searches'],
              additionalProperties: false,
              properties: { officer: { type: 'string' }, searches: { type: 'integer', minimum: 1 } },
            },
          },
        },
      },
    },
  },
  handle: (door) => ({
    status: 200,
    body: {
      items: door.relay.searches.figures().map(searchFiguresJson),
      refusedHere: [...door.relay.searches.refusedHere()].map(([officer, searches]) => ({ officer, searches })),
    },
  }),
});

/** `GET /v1/hits/{id}`: one search. */
export const readSearch = guardedRoute({
  method: 'GET',
  path: '/v1/hits/{id}',
  name: 'readSearch',
  action: 'read-hits',
  summary: 'Read a search and what came of it',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  answers: { 200: { about: 'The search.', schema: schemaRef('SearchItem') } },
  problems: { 404: 'There is no such search.', 409: 'Two offices used that id; name the origin.' },
  handle: (door, { path, query, asker }) => ({
    status: 200,
    body: searchJson(viewsOf(door, asker, path.id, query.origin)),
  }),
});

function viewsOf(door: Door, asker: Asker, id: string, origin: Parameters<typeof findMessage>[3]): Views {
  const message = findMessage(door, { ...asker, reach: 'all' }, id, origin);
  const views = message.kind === MessageKind.SEARCH ? door.relay.searches.views(message) : [];
  if (views.length === 0 || !maySee(asker, views)) throw new RelayError('RELAY_MESSAGE_UNKNOWN');
  return shownTo(asker, views as unknown as Views);
}

function maySee({ reach, principal }: Asker, views: readonly SearchView[]): boolean {
  if (reach === 'all') return true;
  return views.some((view) =>
    view.side === 'asking' ? view.officer === principal.name : isOwnedBy(view, principal.name),
  );
}

/** A system sees of a neighbour's search only what it entered itself. */
function shownTo({ reach, principal }: Asker, views: Views): Views {
  if (reach === 'all') return views;
  return views.map((view) => (view.side === 'asking' ? view : ownPart(view, principal.name))) as unknown as Views;
}

function ownPart(view: SearchView, name: string): SearchView {
  const owners = view.owners.filter(({ owner }) => owner === name);
  const isOwn = ({ subject }: { readonly subject: number }): boolean => owners.some((own) => own.subject === subject);
  const { result } = view;
  return { ...view, owners, result: result === null ? null : { ...result, findings: result.findings.filter(isOwn) } };
}

function isOwnedBy({ owners }: SearchView, name: string): boolean {
  return owners.some(({ owner }) => owner === name);
}

function isHit({ result }: SearchView): boolean {
  return result?.findings.some(({ outcome }) => outcome === SearchOutcome.HIT) === true;
}
