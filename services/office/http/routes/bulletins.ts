import type { EpochMs } from '../../../core/foundation/index.ts';
import { isLiaisonError } from '../../../core/foundation/index.ts';
import { messageKey } from '../../../core/ledger/index.ts';
import type { RegionMessage } from '../../../core/relay/index.ts';
import { bulletinSubmissionCodec, parseJsonText } from '../../../core/wire/index.ts';
import { OfficeError } from '../../errors.ts';
import { bulletinInput, findBulletinFaults } from '../../submissions/bulletin-input.ts';
import { codeNames } from '../../views/code-names.ts';
import { contentJson } from '../../views/content-json.ts';
import { featuresOf } from '../../views/region-geojson.ts';
import { regionMessageJson } from '../../views/region-json.ts';
import { MAX_REQUEST_BYTES } from '../create-http-server.ts';
import type { Door } from '../door.ts';
import { MESSAGE_PATH, MESSAGE_QUERY } from '../find-message.ts';
import { type Answer, type Asker, guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { REGION_STATES } from '../schemas-region.ts';
import { assertSound, KEY_HEADER, submissionAnswer, submissionRules } from '../submitting.ts';
import { pageSchema } from './paging.ts';

const DEFAULT_LIMIT = 50;
const CURSOR = /^(\d{1,16})\.([0-9a-f-]{36})$/;

/** An answer to a submission, with what the region gets of it. */
function answerWithRegion(
  door: Door,
  result: Awaited<ReturnType<Door['relay']['region']['submit']>>,
  location: string,
): Answer {
  const answer = submissionAnswer(door, result, location);
  return { ...answer, body: { ...(answer.body as object), region: outcomeOf(result.region) } };
}

/** What was decided about the region, in short. */
export function outcomeOf(message: RegionMessage): Readonly<Record<string, unknown>> {
  const { outcome, withheld, policies, reason } = regionMessageJson(message);
  return { outcome, withheld, policies, ...(reason === undefined ? {} : { reason }) };
}

/** `POST /v1/bulletins`: the region is told. */
export const submitBulletin = guardedRoute({
  method: 'POST',
  path: '/v1/bulletins',
  name: 'submitBulletin',
  action: 'tell-region',
  summary: 'Tell the region',
  about:
    'Answered once the bulletin, what the export gate decided and the release are on disk. It goes to every hub until each has it. One that updates, cancels or corrects an earlier one names it in `supersedes`.',
  headerParams: KEY_HEADER,
  body: schemaRef('BulletinSubmission'),
  answers: {
    201: { about: 'Accepted and on disk; see `region` for the decision.', schema: schemaRef('SubmissionAnswer') },
  },
  problems: {
    409: 'This office has no hub, or the idempotency key was used for another submission.',
    503: 'Nothing can be accepted now.',
  },
  handle: async (door, { asker, body, header }) => {
    const submission = parseJsonText(bulletinSubmissionCodec, body, MAX_REQUEST_BYTES);
    const rules = submissionRules(door);
    const key = assertSound(
      findBulletinFaults(submission, rules),
      submission.idempotencyKey,
      header('idempotency-key'),
    );
    assertOwn(door, asker, submission.supersedes);
    const result = await door.relay.region.submit(bulletinInput(submission, asker.principal.name, key, rules.now));
    return answerWithRegion(door, result, `/v1/bulletins/${result.id}`);
  },
});

/** `GET /v1/bulletins`: what the region was told. */
export const listBulletins = guardedRoute({
  method: 'GET',
  path: '/v1/bulletins',
  name: 'listBulletins',
  action: 'read-region',
  summary: 'List what the region was told',
  about:
    'Bulletins and alerts, of this office and of others that a subscription asks for, the newest first. With `format=geojson` the geometries of the bulletins of the page, as RFC 7946 has them.',
  queryParams: {
    limit: { kind: 'integer', minimum: 1, maximum: 200, about: 'The most in one answer. Default 50.' },
    cursor: { kind: 'text', pattern: CURSOR, about: 'Where the page begins: `next` of the answer before.' },
    direction: { kind: 'word', words: ['outbound', 'inbound'], about: 'Only those of this office, or of others.' },
    kind: {
      kind: 'word',
      words: ['MESSAGE_KIND_ALERT', 'MESSAGE_KIND_BULLETIN'],
      about: 'Only messages of that kind.',
    },
    state: { kind: 'word', words: REGION_STATES, about: 'Only those that stand so.' },
    corridor: { kind: 'word', words: codeNames('Corridor'), about: 'Only those of that corridor.' },
    crimeArea: { kind: 'word', words: codeNames('CrimeArea'), about: 'Only those of that crime area.' },
    urgency: { kind: 'word', words: codeNames('Urgency'), about: 'Only those of that urgency.' },
    nation: { kind: 'text', pattern: /^[A-Z]{2}$/, about: 'Only those of offices of that nation.' },
    since: { kind: 'time', about: 'Only those released from that time on.' },
    format: { kind: 'word', words: ['json', 'geojson'], about: 'How they are answered. Default `json`.' },
  },
  answers: {
    200: {
      about: 'The messages, or a FeatureCollection.',
      schema: { oneOf: [pageSchema(schemaRef('RegionMessage')), schemaRef('FeatureCollection')] },
    },
  },
  handle: async (door, { query }) => {
    const matching = door.relay.region.list().filter((message) => matches(message, query));
    const [items, next] = pageOf(matching, query.cursor, query.limit ?? DEFAULT_LIMIT);
    if (query.format === 'geojson') return geojson(door, items);
    return { status: 200, body: { items: await Promise.all(items.map((item) => withContent(door, item))), next } };
  },
});

/** `GET /v1/bulletins/{id}`: one of them. */
export const readBulletin = guardedRoute({
  method: 'GET',
  path: '/v1/bulletins/{id}',
  name: 'readBulletin',
  action: 'read-region',
  summary: 'Read what the region was told',
  about: 'With its content, as far as it is here and was let in.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  answers: { 200: { about: 'The message.', schema: schemaRef('RegionMessage') } },
  problems: { 404: 'Nothing of that id was told the region or came from it.' },
  handle: async (door, { path, query }) => ({
    status: 200,
    body: await withContent(door, door.relay.region.find(path.id as never, query.origin)),
  }),
});

/** `POST /v1/bulletins/{id}/withdraw`: the region is told to forget it. */
export const withdrawBulletin = guardedRoute({
  method: 'POST',
  path: '/v1/bulletins/{id}/withdraw',
  name: 'withdrawBulletin',
  action: 'tell-region',
  summary: 'Withdraw what the region was told',
  about:
    'Hubs and subscribers take its content away when the signed withdrawal reaches them; what people have read stays read. Officers withdraw what they submitted themselves.',
  pathParams: MESSAGE_PATH,
  answers: { 200: { about: 'The withdrawal is on record.', schema: schemaRef('RegionMessage') } },
  problems: { 404: 'Nothing of that id was told the region.', 409: 'It was refused, or is withdrawn already.' },
  handle: async (door, { asker, path }) => {
    assertOwn(door, asker, path.id);
    const message = await door.relay.region.withdraw(path.id as never, asker.principal.name);
    return { status: 200, body: regionMessageJson(message) };
  },
});

/** `POST /v1/messages/{id}/region`: an alert that was sent before is told the region. */
export const releaseToRegion = guardedRoute({
  method: 'POST',
  path: '/v1/messages/{id}/region',
  name: 'releaseToRegion',
  action: 'tell-region',
  summary: 'Tell the region of an alert that was sent before',
  about:
    'Of an alert of this office; the gate decides now. Its updates go to the region too from then on. Officers release what they submitted themselves.',
  pathParams: MESSAGE_PATH,
  answers: { 200: { about: 'The decision is on record.', schema: schemaRef('RegionMessage') } },
  problems: {
    404: 'No such message is of this office.',
    409: 'The region was told before, the message was called back, or this office has no hub.',
    410: 'Its content is gone.',
  },
  handle: async (door, { asker, path }) => {
    assertOwn(door, asker, path.id);
    const message = await door.relay.region.release(path.id as never, asker.principal.name);
    return { status: 200, body: regionMessageJson(message) };
  },
});

/** @throws OfficeError OFFICE_ROLE_FORBIDDEN for a message of this office that somebody else submitted, where the asker's reach ends at his own. */
export function assertOwn(door: Door, { principal, reach }: Asker, id: string): void {
  const message = door.relay.projection.outbound.get(messageKey(door.office, id));
  if (reach === 'own' && message !== undefined && message.submittedBy !== principal.name)
    throw new OfficeError('OFFICE_ROLE_FORBIDDEN', { context: { roles: 'supervisor' } });
}

interface Filters {
  readonly direction: string | undefined;
  readonly kind: string | undefined;
  readonly state: string | undefined;
  readonly corridor: string | undefined;
  readonly crimeArea: string | undefined;
  readonly urgency: string | undefined;
  readonly nation: string | undefined;
  readonly since: EpochMs | undefined;
}

function matches(message: RegionMessage, query: Filters): boolean {
  const json = regionMessageJson(message);
  const isAsked = (['direction', 'kind', 'state', 'corridor', 'crimeArea', 'urgency'] as const).every(
    (field) => query[field] === undefined || json[field] === query[field],
  );
  return (
    isAsked &&
    (query.nation === undefined || message.from.startsWith(`${query.nation.toLowerCase()}-`)) &&
    (query.since === undefined || message.releasedMs >= query.since)
  );
}

function pageOf(
  messages: readonly RegionMessage[],
  cursor: string | undefined,
  limit: number,
): readonly [readonly RegionMessage[], string | null] {
  const [, ms = '', id = ''] = CURSOR.exec(cursor ?? '') ?? [];
  const at = cursor === undefined ? -1 : messages.findIndex((one) => one.id === id && one.releasedMs === Number(ms));
  // One that is gone from the list meanwhile leaves its time.
  const begin =
    cursor === undefined ? 0 : at >= 0 ? at + 1 : messages.filter((one) => one.releasedMs >= Number(ms)).length;
  const items = messages.slice(begin, begin + limit);
  const last = items.at(-1);
  const isEnd = begin + limit >= messages.length || last === undefined;
  return [items, isEnd ? null : `${last.releasedMs}.${last.id}`];
}

async function withContent(door: Door, message: RegionMessage): Promise<Readonly<Record<string, unknown>>> {
  const shown = regionMessageJson(message);
  if (message.direction === 'inbound' && message.state === 'refused') return { ...shown, content: null };
  try {
    return { ...shown, ...contentJson(await door.relay.region.read(message)) };
  } catch (cause) {
    if (!isLiaisonError(cause)) throw cause;
    return { ...shown, content: null };
  }
}

async function geojson(door: Door, messages: readonly RegionMessage[]): Promise<Answer> {
  const features = await Promise.all(
    messages.map(async (message) => {
      if (message.state === 'refused' || message.state === 'withdrawn') return [];
      try {
        const { body } = await door.relay.region.read(message);
        return featuresOf(message, (body ?? {}) as never);
      } catch (cause) {
        if (!isLiaisonError(cause)) throw cause;
        return [];
      }
    }),
  );
  const text = JSON.stringify({ type: 'FeatureCollection', features: features.flat() });
  return { status: 200, text, contentType: 'application/geo+json' };
}
