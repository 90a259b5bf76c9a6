import { boardCounts } from '../../views/board-counts.ts';
import { guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';

/** `GET /v1/counts`: how much waits, of what the asker sees. */
export const readCounts = guardedRoute({
  method: 'GET',
  path: '/v1/counts',
  name: 'readCounts',
  action: 'read-inbox',
  summary: 'Count what waits',
  about:
    'One small answer for the numbers beside the lists: unread messages, and what waits for this office to decide or answer. What the asker does not see is not counted.',
  answers: { 200: { about: 'The counts.', schema: schemaRef('BoardCounts') } },
  handle: (door) => ({ status: 200, body: boardCounts(door.relay, door.index.inbox(), door.clock.now()) }),
});
