import type { MessagePart, VerifiedCrossing } from '../envelope/index.ts';
import type { EnvelopeId, OfficeId } from '../foundation/index.ts';
import { type DecisionView, type InboundMessageView, messageKey, type OutboundMessage } from '../ledger/index.ts';
import { type BodyKind, type DataCategory, type EnvelopeHeader, joinParts, Outcome } from '../wire/index.ts';
import { RelayError } from './errors.ts';
import type { RelayContext } from './parts.ts';
import { readOwn, readReceived } from './stored-messages.ts';
import type { HeldKey, MessageContent } from './types.ts';

function headerOf(header: EnvelopeHeader): MessageContent['header'] {
  const { officer, purpose, handling, caveat, caseReference, inReplyTo, supersedes } = header;
  return { officer, purpose, handling, caveat, caseReference, inReplyTo, supersedes };
}

function withheldBy(decision: DecisionView, by: OfficeId): MessageContent['withheld'] {
  return decision.withheld.map((entry) => ({ category: entry.category, policies: entry.policies, by }));
}

/** What came in, less what the import gate keeps from the officers of this office. */
function received(context: RelayContext, message: InboundMessageView, crossing: VerifiedCrossing): MessageContent {
  const refused = new Set(message.decision.withheld.flatMap((entry) => entry.parts));
  const byExporter = new Map<string, { category: DataCategory; policies: readonly string[]; by: OfficeId }>();
  for (const part of crossing.withheld) {
    byExporter.set(`${part.category}/${part.policies.join(' ')}`, {
      category: part.category,
      policies: part.policies,
      by: crossing.from,
    });
  }
  return {
    kind: crossing.kind,
    header: headerOf(crossing.header),
    body: joinParts(
      crossing.kind as BodyKind,
      crossing.parts.filter((part) => !refused.has(part.index)),
    ),
    withheld: [...byExporter.values(), ...withheldBy(message.decision, context.self)],
  };
}

/** What a message says: all of it at its origin, what was admitted elsewhere. @throws RelayError RELAY_MESSAGE_UNKNOWN, RELAY_CONTENT_GONE. */
export async function readMessage(context: RelayContext, origin: OfficeId, id: EnvelopeId): Promise<MessageContent> {
  const key = messageKey(origin, id);
  const own: OutboundMessage | undefined = context.projection.outbound.get(key);
  if (own !== undefined) {
    const message = await readOwn(context, own);
    return { kind: message.kind, header: headerOf(message.header), body: message.body, withheld: [] };
  }
  const inbound = context.projection.inbound.get(key);
  if (inbound === undefined || inbound.deliveredMs === null) throw new RelayError('RELAY_MESSAGE_UNKNOWN');
  return received(context, inbound, await readReceived(context, inbound));
}

/** What a held crossing would show upon release. @throws RelayError RELAY_NOT_HELD, RELAY_CONTENT_GONE. */
export async function readHeldMessage(context: RelayContext, held: HeldKey): Promise<MessageContent> {
  const key = messageKey(held.origin, held.id);
  if (held.direction === 'inbound') {
    const inbound = context.projection.inbound.get(key);
    if (inbound?.from !== held.peer || inbound.decision.outcome !== Outcome.HELD || inbound.hold !== null)
      throw new RelayError('RELAY_NOT_HELD');
    return received(context, inbound, await readReceived(context, inbound));
  }
  const own = context.projection.outbound.get(key);
  const copy = own?.copies.get(held.peer);
  if (own === undefined || copy === undefined || copy.decision.outcome !== Outcome.HELD || copy.hold !== null)
    throw new RelayError('RELAY_NOT_HELD');
  const message = await readOwn(context, own);
  const kept = new Set(copy.decision.withheld.flatMap((entry) => entry.parts));
  const disclosed: readonly MessagePart[] = message.parts.filter((_, index) => !kept.has(index));
  return {
    kind: message.kind,
    header: headerOf(message.header),
    body: joinParts(message.kind as BodyKind, disclosed),
    withheld: withheldBy(copy.decision, context.self),
  };
}
