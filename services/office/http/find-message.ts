import type { EnvelopeId, OfficeId } from '../../core/foundation/index.ts';
import { type InboundMessageView, messageKey, type OutboundMessage } from '../../core/ledger/index.ts';
import { RelayError } from '../../core/relay/index.ts';
import { OfficeError } from '../errors.ts';
import type { Door } from './door.ts';
import type { ParamSpecs } from './query.ts';
import type { Asker } from './route.ts';

/** The parameters that name one message. */
export const MESSAGE_PATH = {
  id: {
    kind: 'text',
    pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    about: 'The envelope id.',
  },
} as const satisfies ParamSpecs;

/** Further parameters of one message. */
export const MESSAGE_QUERY = {
  origin: { kind: 'office', about: 'The office that said it; needed only where two offices used one id.' },
} as const satisfies ParamSpecs;

/**
 * The message with that id, of this office or of a neighbour, that the asker may see.
 *
 * @throws RelayError RELAY_MESSAGE_UNKNOWN, also for a message that the asker may not know of; OfficeError
 * OFFICE_MESSAGE_AMBIGUOUS.
 */
export function findMessage(
  door: Door,
  asker: Asker,
  id: string,
  origin: OfficeId | undefined,
): OutboundMessage | InboundMessageView {
  const { projection } = door.relay;
  const origins = origin === undefined ? [door.office, ...projection.origins] : [origin];
  const found: (OutboundMessage | InboundMessageView)[] = [];
  for (const office of origins) {
    const key = messageKey(office, id as EnvelopeId);
    const message = projection.outbound.get(key) ?? projection.inbound.get(key);
    if (message !== undefined && maySee(asker, message)) found.push(message);
  }
  const [message, ...others] = found;
  if (message === undefined) throw new RelayError('RELAY_MESSAGE_UNKNOWN');
  if (others.length > 0) throw new OfficeError('OFFICE_MESSAGE_AMBIGUOUS');
  return message;
}

function maySee({ reach, principal }: Asker, message: OutboundMessage | InboundMessageView): boolean {
  return reach === 'all' || (message.direction === 'outbound' && message.submittedBy === principal.name);
}
