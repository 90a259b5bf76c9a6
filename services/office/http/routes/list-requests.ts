import type { EpochMs } from '../../../core/foundation/index.ts';
import type { AnyMessage } from '../../../core/ledger/index.ts';
import { REQUEST_STATES, type RequestLife } from '../../../core/relay/index.ts';
import { MessageKind } from '../../../core/wire/index.ts';
import { codeName } from '../../views/code-names.ts';
import { LIST_ORDERS, type ListPosition, listMessages } from '../../views/list-messages.ts';
import { pageByPlace, placeOfWork } from '../../views/page-by-place.ts';
import { requestItem } from '../../views/request-json.ts';
import { headlineJson } from '../line-content.ts';
import { guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { DEFAULT_LIMIT, PAGING_PARAMS, pageJson, pageSchema, readPaging, readWorkPaging } from './paging.ts';
import { INCLUDE_PARAM, isShown, SIDE_PARAM, shownJson } from './requests.ts';

/** `GET /v1/requests`: what is asked, and how it stands. */
export const listRequests = guardedRoute({
  method: 'GET',
  path: '/v1/requests',
  name: 'listRequests',
  action: 'read-requests',
  summary: 'List requests',
  about: 'Requests of this office and those that it was asked, with the life of each towards each office.',
  queryParams: {
    ...PAGING_PARAMS,
    order: {
      ...PAGING_PARAMS.order,
      words: [...LIST_ORDERS, 'deadline'],
      about: `${PAGING_PARAMS.order.about} \`deadline\`: what is to be answered first, of every request the first of its open lives; of what is due in the same quarter of an hour the more urgent.`,
    },
    ...SIDE_PARAM,
    mine: {
      kind: 'word',
      words: ['true'],
      about: 'Only those that the asker submitted, or that are assigned to them.',
    },
    state: { kind: 'word', words: REQUEST_STATES, about: 'Only those of which a life is in that state.' },
    office: { kind: 'office', about: 'Only those with that office on the other side.' },
    open: { kind: 'word', words: ['true', 'false'], about: 'Only those of which a life is open, or of which none is.' },
    overdue: {
      kind: 'word',
      words: ['true', 'false'],
      about: 'Only those of which an open life is overdue, or none is.',
    },
    ...INCLUDE_PARAM,
  },
  answers: {
    200: {
      about: 'A page of requests.',
      schema: pageSchema(schemaRef('RequestItem'), {
        'openLives?': {
          type: 'integer',
          minimum: 0,
          description: 'With `order=deadline`: how many open lives the requests of all pages have.',
        },
      }),
    },
  },
  handle: async (door, { query, asker }) => {
    const { requests, projection } = door.relay;
    // The lives that are asked about; none where the request does not match.
    const livesOf = (request: AnyMessage): readonly RequestLife[] => {
      if (!isShown(request, asker)) return [];
      if (query.precedence !== undefined && codeName('Precedence', request.precedence) !== query.precedence) return [];
      const { side, lives } = requests.listed(request);
      if (query.side !== undefined && side !== query.side) return [];
      const { name } = asker.principal;
      const isSubmitter = request.direction === 'outbound' && request.submittedBy === name;
      const asked = lives.filter(
        (life) =>
          (query.office === undefined || (side === 'asking' ? life.asked : life.origin) === query.office) &&
          (query.mine === undefined || isSubmitter || life.assignee === name),
      );
      const isOverdue = asked.some(({ open, overdue }) => open && overdue);
      return (query.state === undefined || asked.some(({ state }) => state === query.state)) &&
        (query.open === undefined || asked.some(({ open }) => open) === (query.open === 'true')) &&
        (query.overdue === undefined || isOverdue === (query.overdue === 'true'))
        ? asked
        : [];
    };
    const all = projection.ofKind(MessageKind.REQUEST);
    const timeOf = (request: AnyMessage): EpochMs =>
      request.direction === 'outbound' ? request.acceptedMs : request.receivedMs;
    const due =
      query.order === 'deadline'
        ? dueOf(
            all.filter((one) => timeOf(one) >= (query.since ?? 0)),
            livesOf,
          )
        : undefined;
    const page =
      due === undefined
        ? listMessages(all, {
            ...readPaging(query),
            since: query.since,
            timeOf,
            matches: (request) => livesOf(request).length > 0,
          })
        : pageByPlace(due, ({ place }) => place, readWorkPaging(query, 'deadline', DEFAULT_LIMIT));
    const messages = page.items.map((item) => ('request' in item ? item.request : item));
    const now = door.clock.now();
    const items = await Promise.all(
      messages.map(async (request) => ({
        ...requestItem(requests.listed(request), now),
        ...(await headlineJson(door, asker, request)),
        ...(query.include === undefined ? {} : await shownJson(door, asker, request)),
      })),
    );
    const openLives = due === undefined ? {} : { openLives: due.reduce((sum, { openLives }) => sum + openLives, 0) };
    return { status: 200, body: { ...pageJson(page, items), ...openLives } };
  },
});

interface DueRequest {
  readonly request: AnyMessage;
  readonly place: ListPosition;
  readonly openLives: number;
}

/** The requests that match, each with where it stands by what is due of it. */
function dueOf(
  requests: readonly AnyMessage[],
  livesOf: (request: AnyMessage) => readonly RequestLife[],
): readonly DueRequest[] {
  return requests.flatMap((request) => {
    const lives = livesOf(request);
    if (lives.length === 0) return [];
    const due = lives.filter(({ open }) => open).map(({ answerByMs }) => answerByMs);
    const dueMs = due.length === 0 ? null : (Math.min(...due) as EpochMs);
    return [{ request, place: placeOfWork('deadline', { ...request, dueMs }), openLives: due.length }];
  });
}
