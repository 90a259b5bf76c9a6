import { messageKey } from '../../../core/ledger/index.ts';
import { explainJson } from '../../views/explain-json.ts';
import { findMessage, MESSAGE_PATH, MESSAGE_QUERY } from '../find-message.ts';
import { readContent } from '../read-content.ts';
import { guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';

/** `GET /v1/messages/{id}/explain`: why a message crossed as it did. */
export const explainMessage = guardedRoute({
  method: 'GET',
  path: '/v1/messages/{id}/explain',
  name: 'explainMessage',
  action: 'read-triage',
  summary: 'See which rules decided about a message',
  about:
    'Every decision of this office about each recipient and each kind of data, by the policies of the bundle that decided, in their own sentences, and under which article of which agreement. Of what its sender withheld the names of its rules.',
  pathParams: MESSAGE_PATH,
  queryParams: MESSAGE_QUERY,
  answers: { 200: { about: 'The decisions, as the ledger has them.', schema: schemaRef('Explanation') } },
  problems: {
    404: 'No such message is known here, or none that the asker may see.',
    409: 'Two offices used that id; name the origin.',
  },
  handle: async (door, { asker, path, query }) => {
    const message = findMessage(door, asker, path.id, query.origin);
    const { content } = await readContent(door, asker, message);
    return {
      status: 200,
      body: {
        id: message.id,
        origin: message.origin,
        decisions: explainJson(message, {
          reasonOf: door.reasonOf,
          bundles: door.bundles(),
          agreements: door.trust().agreements,
          added: door.relay.projection.added.of(messageKey(message.origin, message.id)),
          withheld: content?.withheld ?? [],
          self: door.office,
        }),
      },
    };
  },
});
