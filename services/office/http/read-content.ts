import { isLiaisonError } from '../../core/foundation/index.ts';
import type { InboundMessageView, OutboundMessage } from '../../core/ledger/index.ts';
import type { ShownContent } from '../views/message-json.ts';
import type { Door } from './door.ts';

/** What a message says, or why that cannot be shown. What the import gate has not let in is never read. */
export async function readContent(
  door: Pick<Door, 'relay'>,
  message: OutboundMessage | InboundMessageView,
): Promise<ShownContent> {
  if (message.direction === 'inbound' && message.deliveredMs === null) return { state: 'not-admitted', content: null };
  try {
    return { state: 'present', content: await door.relay.read(message.origin, message.id) };
  } catch (error) {
    if (!isLiaisonError(error)) throw error;
    return { state: error.code === 'RELAY_CONTENT_GONE' ? 'gone' : 'unreadable', content: null };
  }
}
