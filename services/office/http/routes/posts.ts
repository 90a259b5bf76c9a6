import { digestOf, nationOf, type OfficeId } from '../../../core/foundation/index.ts';
import {
  ChannelError,
  type OperationView,
  type PostInput,
  RelayError,
  transcriptLines,
} from '../../../core/relay/index.ts';
import {
  MessageKind,
  type OperationPost,
  PostType,
  parseJsonText,
  postSubmissionCodec,
} from '../../../core/wire/index.ts';
import type { Fault } from '../../errors.ts';
import { findEnvelopeFaults, findSubjectFaults } from '../../submissions/check-submission.ts';
import { attachmentJson } from '../../views/attachment-json.ts';
import { bodyJson, contentJson } from '../../views/content-json.ts';
import { entryJson, logJson, rosterJson, taskingJson, transcriptJson } from '../../views/post-json.ts';
import { MAX_REQUEST_BYTES } from '../create-http-server.ts';
import type { Door } from '../door.ts';
import { MESSAGE_PATH } from '../find-message.ts';
import { readContent } from '../read-content.ts';
import { type Asker, guardedRoute, type JsonSchema, type RouteRequest } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import {
  assertSound,
  KEY_ABOUT,
  KEY_HEADER,
  previewRecipientJson,
  submissionAnswer,
  submissionRules,
} from '../submitting.ts';

type Request = RouteRequest<Record<never, never>, Record<never, never>, Asker>;
type Json = Readonly<Record<string, unknown>>;

const PATH = {
  id: { kind: 'text', pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, about: 'The id of the operation.' },
} as const;
const UNKNOWN = { 404: 'No such operation is known here.' } as const;
const REFUSED = {
  403: 'The role does not allow it: in this office, or in the operation.',
  404: 'No such operation is known here.',
  409: 'The operation is not live, this office is not part of it, or the idempotency key was used for something else.',
  503: 'Nothing can be accepted now.',
} as const;
/** What means nothing without a place. */
const PLACED: ReadonlySet<PostType> = new Set([PostType.POSITION, PostType.SIGHTING]);

const itemsOf = (name: string): JsonSchema => ({
  type: 'object',
  required: ['items'],
  additionalProperties: false,
  properties: { items: { type: 'array', items: schemaRef(name) } },
});

/** `POST /v1/operations/{id}/posts`: this office says something in the channel. */
export const submitPost = guardedRoute({
  method: 'POST',
  path: '/v1/operations/{id}/posts',
  name: 'submitPost',
  action: 'submit',
  summary: 'Say something in a joint operation',
  about:
    'To all members that are there, each copy decided by the export gate. The office fills in its place in the history and what it had seen. An exercise must be marked as one.',
  pathParams: PATH,
  headerParams: KEY_HEADER,
  body: schemaRef('PostSubmission'),
  answers: {
    201: {
      about: 'Accepted and on disk. The same submission under the same key is answered as the first time.',
      schema: schemaRef('SubmissionAnswer'),
      headers: { Location: 'Where it can be read.' },
    },
  },
  problems: REFUSED,
  handle: async (door, request) => {
    const result = await door.relay.channel.post(readPost(door, request, request.path.id));
    return submissionAnswer(door, result, `/v1/operations/${request.path.id}/posts/${result.origin}/${result.id}`);
  },
});

/** `POST /v1/operations/{id}/preview`: what would become of a post. */
export const previewPost = guardedRoute({
  method: 'POST',
  path: '/v1/operations/{id}/preview',
  name: 'previewPost',
  action: 'preview',
  summary: 'See what each member would get of a post',
  about:
    'Decides as a submission would, now, and shows each copy as its member would read it. Nothing is kept or sent.',
  pathParams: PATH,
  headerParams: {
    'idempotency-key': { ...KEY_HEADER['idempotency-key'], about: `${KEY_ABOUT} A preview makes no use of it.` },
  },
  body: schemaRef('PostSubmission'),
  answers: { 200: { about: 'What the export gate decides now.', schema: schemaRef('PostPreview') } },
  problems: REFUSED,
  handle: async (door, request) => {
    const results = await door.relay.channel.preview(readPost(door, request, request.path.id));
    const copies = results.map(({ to, body }) => ({
      office: to,
      post: bodyJson(MessageKind.OPERATION_POST, body)?.['operationPost'] ?? null,
    }));
    return { status: 200, body: { recipients: results.map((result) => previewRecipientJson(door, result)), copies } };
  },
});

/** `GET /v1/operations/{id}/transcript`: the story, in the order that all members put it in. */
export const readTranscript = guardedRoute({
  method: 'GET',
  path: '/v1/operations/{id}/transcript',
  name: 'readTranscript',
  action: 'read-operations',
  summary: 'Read the transcript of a joint operation',
  about:
    'Every post by its place, with what is withheld here and by whose rule, what is awaited, and who has received and opened it. `format=lines` gives the text that the digest is over: office, number and digest of each post that counts.',
  pathParams: PATH,
  queryParams: {
    format: { kind: 'word', words: ['json', 'lines'], about: '`json` where it is left out.' },
    include: {
      kind: 'word',
      words: ['content'],
      about: '`content`: each entry with what it says, as far as it is kept.',
    },
    newest: { kind: 'integer', minimum: 1, maximum: 10_000, about: 'Only so many entries, the last ones.' },
  },
  answers: { 200: { about: 'The transcript.', schema: schemaRef('Transcript') } },
  problems: UNKNOWN,
  handle: async (door, { asker, path, query }) => {
    const { channel } = door.relay;
    const view = find(door, path.id);
    if (query.format === 'lines')
      return {
        status: 200,
        text: transcriptLines(channel.posts(view.id).ordered),
        contentType: 'text/plain; charset=utf-8',
      };
    const transcript = await channel.transcript(view.id);
    const readers = new Map(channel.readState(view.id).map((state) => [state.post, state.readers]));
    const shown = transcript.entries.slice(-(query.newest ?? transcript.entries.length) || undefined);
    const entries = await Promise.all(
      shown.map(async (entry) => ({
        ...entryJson(entry, entry.post === null ? [] : readers.get(entry.post)),
        ...(query.include === undefined ? {} : await contentOf(door, asker, entry.post?.message ?? null)),
      })),
    );
    return { status: 200, body: transcriptJson(transcript, view.drill, entries) };
  },
});

/** `GET /v1/operations/{id}/posts/{origin}/{envelopeId}`: one post with what it says. */
export const readPostOf = guardedRoute({
  method: 'GET',
  path: '/v1/operations/{id}/posts/{origin}/{envelopeId}',
  name: 'readPost',
  action: 'read-message',
  summary: 'Read one post',
  about:
    'As it stands here, with what it says. Reading is not retrieval: that an officer opened it is said as of every message, with `/v1/messages/{id}/retrieved`, and its sender gets a signed receipt.',
  pathParams: {
    ...PATH,
    origin: { kind: 'office', about: 'The office that said it.' },
    envelopeId: MESSAGE_PATH.id,
  },
  answers: { 200: { about: 'The post.', schema: schemaRef('Post') } },
  problems: { 404: 'No such operation or post is known here, or none that the asker may see.' },
  handle: async (door, { asker, path }) => {
    const view = find(door, path.id);
    const entry = await door.relay.channel.entry(view.id, path.origin, path.envelopeId);
    const message = entry?.post?.message ?? null;
    const isOwn = message?.direction === 'outbound' && message.submittedBy === asker.principal.name;
    if (entry === undefined || message === null || (asker.reach === 'own' && !isOwn))
      throw new RelayError('RELAY_MESSAGE_UNKNOWN');
    const state = door.relay.channel.readState(view.id).find(({ post }) => post === entry.post);
    const files = await door.relay.attachments.list({ operation: view.id, origin: message.origin, id: message.id });
    return {
      status: 200,
      body: {
        ...entryJson(entry, state?.readers),
        ...(await contentOf(door, asker, message)),
        files: files.map(attachmentJson),
      },
    };
  },
});

/** `GET /v1/operations/{id}/taskings`: who is to do what by when, and how it stands. */
export const listTaskings = guardedRoute({
  method: 'GET',
  path: '/v1/operations/{id}/taskings',
  name: 'listTaskings',
  action: 'read-operations',
  summary: 'List the taskings of a joint operation',
  about: 'Each with every tasked office: open, accepted, declined or done, and overdue when its time has come.',
  pathParams: PATH,
  queryParams: {
    office: { kind: 'office', about: 'Only those for that office.' },
    open: { kind: 'word', words: ['true', 'false'], about: 'Only those that are open, or only those that are not.' },
  },
  answers: { 200: { about: 'The taskings, in the order of the transcript.', schema: itemsOf('Tasking') } },
  problems: UNKNOWN,
  handle: (door, { path, query }) => {
    const items = door.relay.channel
      .taskings(find(door, path.id).id)
      .filter(({ parts }) => query.office === undefined || parts.some(({ office }) => office === query.office))
      .filter(({ open }) => query.open === undefined || open === (query.open === 'true'));
    return { status: 200, body: { items: items.map(taskingJson) } };
  },
});

/** `GET /v1/operations/{id}/roster`: who takes part, and how they are reached. */
export const readRoster = guardedRoute({
  method: 'GET',
  path: '/v1/operations/{id}/roster',
  name: 'readRoster',
  action: 'read-operations',
  summary: 'Read the roster of a joint operation',
  about:
    "Members with roles and duty contacts by the charter, and focal points and who is on duty by each nation's directory.",
  pathParams: PATH,
  answers: { 200: { about: 'The roster, the lead first.', schema: itemsOf('RosterEntry') } },
  problems: UNKNOWN,
  handle: (door, { path }) => {
    const directoryOf = (office: string) => door.trust().directoryOf(nationOf(office as OfficeId));
    return { status: 200, body: { items: rosterJson(find(door, path.id), directoryOf, door.clock.now()) } };
  },
});

/** `GET /v1/operations/{id}/log`: everything that happened, by its signed times. */
export const readOperationLog = guardedRoute({
  method: 'GET',
  path: '/v1/operations/{id}/log',
  name: 'readOperationLog',
  action: 'read-operations',
  summary: 'Read the log of a joint operation',
  about:
    'Acts, posts, and posts that their senders keep back, in the order of the times at which their senders signed them.',
  pathParams: PATH,
  answers: { 200: { about: 'The log, the oldest first.', schema: itemsOf('OperationLogEntry') } },
  problems: UNKNOWN,
  handle: (door, { path }) => ({
    status: 200,
    body: { items: door.relay.channel.log(find(door, path.id).id).map(logJson) },
  }),
});

function find(door: Door, id: string): OperationView {
  const view = door.relay.operations.get(id);
  if (view === undefined) throw new ChannelError('CHANNEL_OPERATION_UNKNOWN');
  return view;
}

async function contentOf(door: Door, asker: Asker, message: Parameters<typeof readContent>[2] | null): Promise<Json> {
  if (message === null) return { content: null };
  const { state, content } = await readContent(door, asker, message);
  return { contentState: state, content: content === null ? null : contentJson(content)['content'] };
}

function readPost(door: Door, request: Request, operation: string): PostInput {
  const submission = parseJsonText(postSubmissionCodec, request.body, MAX_REQUEST_BYTES);
  const rules = submissionRules(door);
  const post = submission.post as OperationPost;
  const faults: Fault[] = [
    ...findEnvelopeFaults(submission, rules),
    ...findSubjectFaults(post.subjects, 'post.subjects', rules.now),
  ];
  if (post.place === null && PLACED.has(post.terms?.postType ?? PostType.UNSPECIFIED))
    faults.push({ field: 'post.place', reason: 'required', message: 'is required with a position and a sighting' });
  if (post.attachments.length > 0)
    faults.push({ field: 'post.attachments', reason: 'not-allowed', message: 'files are named in attachments' });
  if (submission.answers === '' && submission.answersOrigin !== '')
    faults.push({ field: 'answers', reason: 'required', message: 'is required with answersOrigin' });
  const idempotencyKey = assertSound(faults, submission.idempotencyKey, request.header('idempotency-key'));
  return {
    operation,
    submittedBy: request.asker.principal.name,
    precedence: submission.precedence,
    purpose: submission.purpose,
    handling: submission.handling,
    caveat: submission.caveat,
    caseReference: submission.caseReference,
    drill: submission.drill,
    post,
    answers:
      submission.answers === ''
        ? null
        : {
            id: submission.answers as NonNullable<PostInput['answers']>['id'],
            origin: submission.answersOrigin === '' ? null : (submission.answersOrigin as OfficeId),
          },
    attachments: submission.attachments,
    idempotencyKey,
    submissionDigest: digestOf(
      Buffer.concat([Buffer.from(`${operation}\n`), postSubmissionCodec.encode({ ...submission, idempotencyKey: '' })]),
    ),
  };
}
