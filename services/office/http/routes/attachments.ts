import { reachOf } from '../../../core/access/index.ts';
import { MAX_FILE_BYTES, mediaTypeName } from '../../../core/files/index.ts';
import { messageKey } from '../../../core/ledger/index.ts';
import { type AttachmentKey, type AttachmentView, FILE_CATEGORIES, RelayError } from '../../../core/relay/index.ts';
import { attachmentJson, custodyJson, enteredJson } from '../../views/attachment-json.ts';
import { codeName } from '../../views/code-names.ts';
import type { Door } from '../door.ts';
import { MESSAGE_PATH } from '../find-message.ts';
import { type Asker, guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';

const PATH = {
  id: { kind: 'text', pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, about: 'The id of the operation.' },
} as const;
const POST_PATH = {
  ...PATH,
  origin: { kind: 'office', about: 'The office that said the post.' },
  envelopeId: MESSAGE_PATH.id,
} as const;
const FILE_PATH = {
  ...POST_PATH,
  label: { kind: 'text', pattern: /^[A-Za-z0-9._-]{1,16}$/, about: 'The label of the file in the post.' },
} as const;
const UNKNOWN = 'No such operation, post or file is known here, or none that the asker may see.';
const CATEGORIES = new Map(FILE_CATEGORIES.map((category) => [codeName('DataCategory', category), category]));
/** Whatever is in it, no browser shows it as a page of this address or runs it. */
const FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** `POST /v1/operations/{id}/attachments`: an officer hands a file in. */
export const enterFile = guardedRoute({
  method: 'POST',
  path: '/v1/operations/{id}/attachments',
  name: 'enterFile',
  action: 'submit',
  summary: 'Hand in a file for a post',
  about:
    'JPEG, PNG, WebP, PDF or UTF-8 text, known by its content; nothing that acts. What an image says of itself is taken out unless that is the evidence. A file that goes with no post is erased after a day.',
  pathParams: PATH,
  queryParams: {
    category: { kind: 'word', words: [...CATEGORIES.keys()], about: 'The kind of data that it shows.' },
    name: {
      kind: 'text',
      pattern: /^[^\p{Cc}\p{Cs}]{1,120}$/u,
      about: 'What it is called: one line of at most 120 characters.',
    },
    keepMetadata: { kind: 'word', words: ['true', 'false'], about: '`true`: what an image says of itself stays.' },
  },
  body: { type: 'string', format: 'binary', description: 'The file.' },
  fileBytes: MAX_FILE_BYTES,
  answers: { 201: { about: 'Checked, sealed and on disk.', schema: schemaRef('FileEntered') } },
  problems: {
    404: 'No such operation is known here.',
    409: 'The operation is not live, this office is not part of it, or as many files lie here as it keeps.',
    413: 'The file is larger than the charter allows, at most 25 MiB.',
    415: 'The body is not application/octet-stream, or the file is of a type that does not cross.',
    503: 'Nothing can be accepted now.',
  },
  handle: async (door, { asker, path, query, body }) => {
    const entered = await door.relay.attachments.enter({
      operation: path.id,
      bytes: body,
      name: query.name ?? '',
      category: CATEGORIES.get(query.category ?? '') ?? 0,
      keepMetadata: query.keepMetadata === 'true',
      by: asker.principal.name,
    });
    return { status: 201, body: enteredJson(entered) };
  },
});

/** `GET /v1/operations/{id}/posts/{origin}/{envelopeId}/attachments`: the files of a post. */
export const listAttachments = guardedRoute({
  method: 'GET',
  path: '/v1/operations/{id}/posts/{origin}/{envelopeId}/attachments',
  name: 'listAttachments',
  action: 'read-message',
  summary: 'List the files of a post',
  about: 'Those that this office can open, with how many pieces are here; of own ones how far each member is.',
  pathParams: POST_PATH,
  answers: {
    200: {
      about: 'The files.',
      schema: {
        type: 'object',
        required: ['items'],
        additionalProperties: false,
        properties: { items: { type: 'array', items: schemaRef('FileOfPost') } },
      },
    },
  },
  problems: { 404: UNKNOWN },
  handle: async (door, { asker, path }) => {
    const key = keyOf(door, asker, { ...path, label: '' });
    const items: readonly AttachmentView[] = await door.relay.attachments.list(key);
    return { status: 200, body: { items: items.map(attachmentJson) } };
  },
});

/** `GET /v1/operations/{id}/posts/{origin}/{envelopeId}/attachments/{label}`: the file itself. */
export const readAttachment = guardedRoute({
  method: 'GET',
  path: '/v1/operations/{id}/posts/{origin}/{envelopeId}/attachments/{label}',
  name: 'readAttachment',
  action: 'read-message',
  summary: 'Save a file of a post',
  about:
    'Whole and proved again. Who opened it goes on record; when an officer or supervisor did, its sender gets a signed receipt, once.',
  pathParams: FILE_PATH,
  answers: {
    200: {
      about: 'The file, always to be saved and never to be shown as a page.',
      contentType: 'application/octet-stream',
      schema: { type: 'string', format: 'binary' },
    },
  },
  problems: {
    404: UNKNOWN,
    409: 'Not all pieces are here yet, or the post was recalled.',
    410: 'It was erased, or rejected, or its retention is over.',
  },
  handle: async (door, { asker, path }) => {
    const retrieves = reachOf(asker.principal.role, 'retrieve') !== undefined;
    const file = await door.relay.attachments.open(keyOf(door, asker, path), asker.principal.name, retrieves);
    return {
      status: 200,
      contentType: mediaTypeName(file.mediaType),
      headers: {
        'content-disposition': dispositionOf(file.name),
        'content-security-policy': FILE_POLICY,
        'cross-origin-resource-policy': 'same-origin',
        // RFC 9530 §3.
        'repr-digest': `sha-256=:${Buffer.from(file.digest, 'hex').toString('base64')}:`,
      },
      bytes: file.bytes,
    };
  },
});

/** `GET /v1/operations/{id}/posts/{origin}/{envelopeId}/attachments/{label}/custody`: its chain of custody. */
export const readCustody = guardedRoute({
  method: 'GET',
  path: '/v1/operations/{id}/posts/{origin}/{envelopeId}/attachments/{label}/custody',
  name: 'readCustody',
  action: 'read-message',
  summary: 'Read the chain of custody of a file',
  about: 'Who handed it in, its digests, when it was sent, arrived, was opened and by whom, and erased; by the ledger.',
  pathParams: FILE_PATH,
  answers: { 200: { about: 'The chain of custody.', schema: schemaRef('Custody') } },
  problems: { 404: UNKNOWN },
  handle: async (door, { asker, path }) => ({
    status: 200,
    body: custodyJson(await door.relay.attachments.custody(keyOf(door, asker, path))),
  }),
});

/** The file that is meant. Whoever may see their own only sees files of posts that they submitted. @throws RelayError RELAY_MESSAGE_UNKNOWN. */
function keyOf(
  door: Door,
  asker: Asker,
  path: {
    readonly id: string;
    readonly origin: AttachmentKey['origin'];
    readonly envelopeId: string;
    readonly label: string;
  },
): AttachmentKey {
  const id = path.envelopeId as AttachmentKey['id'];
  const own = door.relay.projection.outbound.get(messageKey(path.origin, id));
  if (asker.reach === 'own' && own?.submittedBy !== asker.principal.name) throw new RelayError('RELAY_MESSAGE_UNKNOWN');
  return { operation: path.id, origin: path.origin, id, label: path.label };
}

/** RFC 6266 §4.3 and RFC 8187: a name in plain letters for every client, and the whole name for those that can. */
function dispositionOf(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]/g, '_');
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
