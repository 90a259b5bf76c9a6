import { readOwnMessage, readReceivedCrossing, type SignedMessage, type VerifiedCrossing } from '../envelope/index.ts';
import type { InboundMessageView, OutboundMessage } from '../ledger/index.ts';
import { RelayError } from './errors.ts';
import type { RelayContext } from './parts.ts';

/** A message of this office as it was signed, verified again. @throws RelayError RELAY_CONTENT_GONE, RELAY_CONTENT_ERASED. */
export async function readOwn(context: RelayContext, message: OutboundMessage): Promise<SignedMessage> {
  if (message.erased !== null) throw new RelayError('RELAY_CONTENT_ERASED');
  const bytes = await context.content.get(message.content);
  if (bytes === undefined) throw new RelayError('RELAY_CONTENT_GONE');
  return readOwnMessage(bytes, {
    keyOf: context.trust().keysForEvidence(message.acceptedMs),
    heads: context.heads,
    self: context.self,
  });
}

/** A crossing as it came in, verified again as of then. @throws RelayError RELAY_CONTENT_GONE, RELAY_CONTENT_ERASED. */
export async function readReceived(context: RelayContext, message: InboundMessageView): Promise<VerifiedCrossing> {
  if (message.erased !== null) throw new RelayError('RELAY_CONTENT_ERASED');
  const bytes = message.content === null ? undefined : await context.content.get(message.content);
  if (bytes === undefined) throw new RelayError('RELAY_CONTENT_GONE');
  return readReceivedCrossing(bytes, {
    keyOf: context.trust().keysForEvidence(message.receivedMs),
    heads: context.heads,
    self: context.self,
  });
}
