import { reachOf } from '../../core/access/index.ts';
import { isLiaisonError } from '../../core/foundation/index.ts';
import type { InboundMessageView, OutboundMessage } from '../../core/ledger/index.ts';
import { isRestricted } from '../../core/relay/index.ts';
import type { ShownContent } from '../views/message-json.ts';
import type { Door } from './door.ts';
import type { Asker } from './route.ts';

/**
 * What a message says, or why that cannot be shown. What the import gate has not let in is never read; what was called
 * back is read only by those who decide on it or audit.
 */
export async function readContent(
  door: Pick<Door, 'relay'>,
  asker: Asker,
  message: OutboundMessage | InboundMessageView,
): Promise<ShownContent> {
  if (message.direction === 'inbound' && message.deliveredMs === null) return { state: 'not-admitted', content: null };
  if (message.erased !== null) return { state: 'erased', content: null };
  if (!isReadable(door, asker, message)) return { state: 'restricted', content: null };
  try {
    return { state: 'present', content: await door.relay.read(message.origin, message.id) };
  } catch (error) {
    if (!isLiaisonError(error)) throw error;
    return { state: error.code === 'RELAY_CONTENT_GONE' ? 'gone' : 'unreadable', content: null };
  }
}

/** Whether the asker may still read what it says, and what was written down about it, after it was called back. */
export function isReadable(
  { relay }: Pick<Door, 'relay'>,
  { principal }: Asker,
  message: OutboundMessage | InboundMessageView,
): boolean {
  return !isRestricted(relay.projection, message) || reachOf(principal.role, 'read-recalled') !== undefined;
}
