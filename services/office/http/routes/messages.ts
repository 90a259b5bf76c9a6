import { messageKey } from '../../../core/ledger/index.ts';
import { crimeAreaName } from '../../views/code-names.ts';
import { controlDetail } from '../../views/consent-json.ts';
import { inboundDetail, outboundDetail } from '../../views/message-json.ts';
import { standingDetail } from '../../views/standing-json.ts';
import { triageJson } from '../../views/triage-json.ts';
import { findMessage, MESSAGE_PATH, MESSAGE_QUERY } from '../find-message.ts';
import { readContent } from '../read-content.ts';
import { guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';

const NOT_FOUND = {
  404: 'No such message is known here, or none that the asker may see.',
  409: 'Two offices used that id; name the origin.',
} as const;

/** `GET /v1/messages/{id}`: one message with its custody. */
export const readMessage = guardedRoute({
  method: 'GET',
  path: '/v1/messages/{id}',
  name: 'readMessage',
  action: 'read-message',
  summary: 'Read a message with its custody timeline',
  about:
    'Of this office or received. What a gate withheld is named with its category and the rules that withheld it. Reading is not retrieval.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  answers: { 200: { about: 'The message.', schema: schemaRef('Message') } },
  problems: NOT_FOUND,
  handle: async (door, { asker, path, query }) => {
    const message = findMessage(door, asker, path.id, query.origin);
    const shown = await readContent(door, asker, message);
    return {
      status: 200,
      body: {
        ...(message.direction === 'outbound'
          ? outboundDetail(message, shown)
          : inboundDetail(message, door.office, shown)),
        ...standingDetail(door.relay.projection, message),
        ...controlDetail(door.relay.projection, message),
        triage: triageJson(door.relay.projection.triage.of(messageKey(message.origin, message.id))),
        crimeArea: crimeAreaName(message.crimeArea),
      },
    };
  },
});

/** `POST /v1/messages/{id}/retrieved`: an officer opened it. */
export const retrieveMessage = guardedRoute({
  method: 'POST',
  path: '/v1/messages/{id}/retrieved',
  name: 'retrieveMessage',
  action: 'retrieve',
  summary: 'Say that an officer opened a message',
  about: 'The office that sent it gets a signed receipt of retrieval, once. Saying it again is harmless.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  answers: { 200: { about: 'It is on record.', schema: schemaRef('Retrieval') } },
  problems: { ...NOT_FOUND, 503: 'Nothing can be recorded now.' },
  handle: async (door, { asker, path, query }) => {
    const message = findMessage(door, asker, path.id, query.origin);
    await door.relay.retrieve(message.origin, message.id, asker.principal.name);
    return { status: 200, body: { id: message.id, origin: message.origin, state: 'retrieved' } };
  },
});

/** `GET /v1/messages/{id}/evidence`: everything that was signed about it. */
export const readEvidence = guardedRoute({
  method: 'GET',
  path: '/v1/messages/{id}/evidence',
  name: 'readEvidence',
  action: 'read-evidence',
  summary: 'Take the evidence of a message',
  about:
    'Every signed byte as it was signed or came: envelope, crossings, frame headers, receipts, directories and agreements, and the disclosed parts. It is checked without this software.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  answers: { 200: { about: 'Files by name, their bytes in base64.', schema: schemaRef('Evidence') } },
  problems: { ...NOT_FOUND, 410: 'The content is no longer kept.' },
  handle: async (door, { asker, path, query }) => {
    const message = findMessage(door, asker, path.id, query.origin);
    const files = await door.evidence(message);
    await door.people.recordExport(asker.principal, 'evidence');
    return {
      status: 200,
      body: {
        id: message.id,
        origin: message.origin,
        office: door.office,
        files: files.map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes).toString('base64') })),
      },
    };
  },
});
