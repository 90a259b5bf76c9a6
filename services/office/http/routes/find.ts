import { type AnyMessage, messageKey } from '../../../core/ledger/index.ts';
import { type FoldedWords, foldWords, hasTerm, searchTerms } from '../../../core/matching/index.ts';
import { OfficeError } from '../../errors.ts';
import { formatCursor, parseCursor } from '../../views/list-messages.ts';
import { inboxItem, outboxItem } from '../../views/message-json.ts';
import type { Door } from '../door.ts';
import { lineJson, shownOf } from '../line-content.ts';
import { type Asker, guardedRoute } from '../route.ts';
import { NAMES, object, WHOLE } from '../schema-parts.ts';
import { schemaRef } from '../schema-ref.ts';
import { pageSchema } from './paging.ts';

const DEFAULT_LIMIT = 25;
/** One answer looks at no more messages than this, so that nobody's search keeps others waiting; the cursor goes on. */
const MAX_EXAMINED = 400;
const AT_ONCE = 20;

/** `GET /v1/find`: messages that have these words. */
export const findMessages = guardedRoute({
  method: 'GET',
  path: '/v1/find',
  name: 'findMessages',
  action: 'read-inbox',
  summary: 'Find messages by their words',
  about:
    'In all that the asker may read: what messages say, their case references and those of this office, ids and offices. Every word has to be found, in whatever script, case and separation it is written. The newest first. An answer looks at a bounded number of messages: where it found less than `limit`, `next` goes on all the same.',
  queryParams: {
    q: {
      kind: 'text',
      pattern: /^(?=.*[\p{L}\p{N}])[^\p{Cc}\p{Zl}\p{Zp}]{2,100}$/u,
      about: 'The words, 2 to 100 characters with at least one letter or digit.',
    },
    in: { kind: 'word', words: ['inbox', 'outbox', 'all'], about: 'Where to look. Default `all`.' },
    limit: { kind: 'integer', minimum: 1, maximum: 100, about: 'The most messages in one answer. Default 25.' },
    cursor: { kind: 'text', pattern: /^[A-Za-z0-9_-]{1,80}$/, about: '`next` of the answer before.' },
  },
  answers: {
    200: {
      about: 'What was found so far.',
      schema: pageSchema(
        object({
          message: { oneOf: [schemaRef('InboxItem'), schemaRef('OutboxItem')] },
          found: { ...NAMES, description: 'Where the words stand: fields of the body, `ours`, `id` or `office`.' },
        }),
        { examined: { ...WHOLE, description: 'Messages that this answer looked at.' }, remaining: WHOLE },
      ),
    },
  },
  handle: async (door, { query, asker }) => {
    const terms = searchTerms(query.q ?? '');
    if (terms.length === 0)
      throw new OfficeError('OFFICE_REQUEST_INVALID', {
        faults: [{ field: 'q', reason: 'required', message: 'the words to look for' }],
      });
    const candidates = candidatesOf(door, query.in ?? 'all', readPlace(query.cursor));
    const limit = query.limit ?? DEFAULT_LIMIT;
    const items: unknown[] = [];
    let examined = 0;
    while (items.length < limit && examined < Math.min(candidates.length, MAX_EXAMINED)) {
      const some = candidates.slice(examined, Math.min(examined + AT_ONCE, MAX_EXAMINED));
      const found = await Promise.all(some.map(async (message) => await foundIn(door, asker, message, terms)));
      for (const [index, message] of some.entries()) {
        if (items.length === limit) break;
        examined++;
        const where = found[index] ?? null;
        if (where === null) continue;
        const item = message.direction === 'inbound' ? inboxItem(message) : outboxItem(message);
        items.push({ message: { ...item, ...(await lineJson(door, asker, message)) }, found: where });
      }
    }
    const remaining = candidates.length - examined;
    const last = candidates[examined - 1];
    const next = remaining === 0 || last === undefined ? null : formatCursor([0, 0, last.record]);
    return { status: 200, body: { items, next, examined, remaining } };
  },
});

/** The newest first, by their place in the ledger. */
function candidatesOf({ index }: Door, where: string, before: number | undefined): readonly AnyMessage[] {
  const all: AnyMessage[] = [
    ...(where === 'outbox' ? [] : index.inbox()),
    ...(where === 'inbox' ? [] : index.outbox()),
  ];
  return all.filter(({ record }) => before === undefined || record < before).sort((a, b) => b.record - a.record);
}

/** Where its words stand; null where one of them stands nowhere. */
async function foundIn(
  door: Door,
  asker: Asker,
  message: AnyMessage,
  terms: readonly FoldedWords[],
): Promise<readonly string[] | null> {
  const { facts } = await shownOf(door, asker, message, door.words);
  const places = [...namesOf(door, message), ...(facts ?? [])];
  const found = new Set<string>();
  for (const term of terms) {
    const where = places.filter(({ words }) => hasTerm(words, term));
    if (where.length === 0) return null;
    for (const { field } of where) found.add(field);
  }
  return [...found];
}

/** What the ledger alone says of it. */
function namesOf(
  { relay }: Door,
  message: AnyMessage,
): readonly { readonly field: string; readonly words: FoldedWords }[] {
  const triage = relay.projection.triage.of(messageKey(message.origin, message.id));
  const offices = message.direction === 'inbound' ? [message.origin, message.from] : [...message.copies.keys()];
  return [
    { field: 'id', words: foldWords(message.id) },
    { field: 'office', words: foldWords(offices.join(' ')) },
    ...(triage === undefined || triage.caseReference === ''
      ? []
      : [{ field: 'ours', words: foldWords(triage.caseReference) }]),
  ];
}

function readPlace(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const place = parseCursor(cursor);
  if (place !== undefined && place[0] === 0 && place[1] === 0) return place[2];
  throw new OfficeError('OFFICE_REQUEST_INVALID', {
    faults: [{ field: 'cursor', reason: 'cursor-invalid', message: 'must be the value of next of a search' }],
  });
}
