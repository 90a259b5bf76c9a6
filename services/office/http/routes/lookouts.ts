import { messageKey } from '../../../core/ledger/index.ts';
import { type LookoutView, SearchesError } from '../../../core/relay/index.ts';
import { lookoutSubmissionCodec, parseJsonText } from '../../../core/wire/index.ts';
import { findEnvelopeFaults, findSubjectFaults } from '../../submissions/check-submission.ts';
import { lookoutInput } from '../../submissions/search-input.ts';
import { lookoutJson } from '../../views/search-json.ts';
import { MAX_REQUEST_BYTES } from '../create-http-server.ts';
import type { Door } from '../door.ts';
import { MESSAGE_PATH } from '../find-message.ts';
import { readContent } from '../read-content.ts';
import { type Asker, guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { assertSound, KEY_HEADER, submissionAnswer, submissionRules } from '../submitting.ts';

const MAX_LISTED = 200;

/** `POST /v1/lookouts`: somebody or something is looked for from now on. */
export const addLookout = guardedRoute({
  method: 'POST',
  path: '/v1/lookouts',
  name: 'addLookout',
  action: 'keep-lookouts',
  summary: 'Look for somebody or something',
  about:
    'A lookout goes to nobody. Searches of neighbours are answered from it, with its case reference and nothing else, and who entered it is told. Left out, it ends as late as a message may.',
  headerParams: KEY_HEADER,
  body: schemaRef('LookoutSubmission'),
  answers: {
    201: {
      about: 'On disk, and searched from now on.',
      schema: schemaRef('SubmissionAnswer'),
      headers: { Location: 'Where the lookout can be read.' },
    },
  },
  problems: { 409: 'The idempotency key was used for another submission.', 503: 'Nothing can be accepted now.' },
  handle: async (door, { asker, body, header }) => {
    const submission = parseJsonText(lookoutSubmissionCodec, body, MAX_REQUEST_BYTES);
    const rules = submissionRules(door);
    const faults = [
      ...findEnvelopeFaults(submission, rules),
      ...findSubjectFaults(submission.lookout?.subjects ?? [], 'lookout.subjects', rules.now),
    ];
    const key = assertSound(faults, submission.idempotencyKey, header('idempotency-key'));
    const result = await door.relay.searches.lookouts.add(lookoutInput(submission, asker.principal.name, key));
    return submissionAnswer(door, result, `/v1/messages/${result.id}`);
  },
});

/** `GET /v1/lookouts`: whom and what this office looks for. */
export const listLookouts = guardedRoute({
  method: 'GET',
  path: '/v1/lookouts',
  name: 'listLookouts',
  action: 'read-lookouts',
  summary: 'List lookouts',
  about: `The newest first, at most ${MAX_LISTED}. What one says is read with \`GET /v1/messages/{id}\`. A system sees its own.`,
  queryParams: {
    state: {
      kind: 'word',
      words: ['active', 'ended', 'expired'],
      about: 'Only these; left out, those that are active.',
    },
  },
  answers: {
    200: {
      about: 'Lookouts.',
      schema: {
        type: 'object',
        required: ['items'],
        additionalProperties: false,
        properties: { items: { type: 'array', items: schemaRef('LookoutItem') } },
      },
    },
  },
  handle: async (door, { query, asker }) => {
    const listed = door.relay.searches.lookouts
      .list()
      .filter((lookout) => lookout.state === (query.state ?? 'active') && maySee(asker, lookout))
      .slice(0, MAX_LISTED);
    return { status: 200, body: { items: await Promise.all(listed.map((lookout) => shown(door, asker, lookout))) } };
  },
});

/** `POST /v1/lookouts/{id}/end`: it is not looked for any more. */
export const endLookout = guardedRoute({
  method: 'POST',
  path: '/v1/lookouts/{id}/end',
  name: 'endLookout',
  action: 'keep-lookouts',
  summary: 'End a lookout',
  about: 'At once; who ended it stands in the ledger.',
  pathParams: MESSAGE_PATH,
  answers: { 200: { about: 'The lookout, ended.', schema: schemaRef('LookoutItem') } },
  problems: {
    404: 'There is no such lookout.',
    409: 'It has ended or expired already.',
    503: 'Nothing can be recorded now.',
  },
  handle: async (door, { path, asker }) => {
    const known = door.relay.searches.lookouts.list().find(({ id }) => id === path.id);
    if (known === undefined || !maySee(asker, known)) throw new SearchesError('SEARCHES_LOOKOUT_UNKNOWN');
    const ended = await door.relay.searches.lookouts.end(path.id, asker.principal.name);
    return { status: 200, body: await shown(door, asker, ended) };
  },
});

function maySee({ reach, principal }: Asker, { submittedBy }: LookoutView): boolean {
  return reach === 'all' || submittedBy === principal.name;
}

async function shown(door: Door, asker: Asker, lookout: LookoutView): Promise<Readonly<Record<string, unknown>>> {
  const message = door.relay.projection.outbound.get(messageKey(door.office, lookout.id));
  const read = message === undefined ? null : await readContent(door, asker, message);
  return lookoutJson(lookout, read?.content?.header.caseReference ?? null);
}
