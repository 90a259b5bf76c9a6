import { type MessagePart, partsOf, type SignedMessage, type VerifiedCrossing } from '../envelope/index.ts';
import type { EnvelopeId, OfficeId } from '../foundation/index.ts';
import { type DecisionView, type InboundMessageView, messageKey, type OutboundMessage } from '../ledger/index.ts';
import { type BodyKind, type DataCategory, type EnvelopeHeader, joinParts } from '../wire/index.ts';
import { readHere } from './consents/read-here.ts';
import { RelayError } from './errors.ts';
import type { RelayContext } from './parts.ts';
import { readOwn } from './stored-messages.ts';
import type { MessageContent } from './types.ts';

function headerOf(header: EnvelopeHeader): MessageContent['header'] {
  const { officer, purpose, handling, caveat, caseReference, inReplyTo, supersedes } = header;
  return { officer, purpose, handling, caveat, caseReference, inReplyTo, supersedes };
}

function withheldBy(decision: DecisionView, by: OfficeId): MessageContent['withheld'] {
  return decision.withheld.map((entry) => ({ category: entry.category, policies: entry.policies, by }));
}

/** What these parts of a message say, with its header; nothing is said of what is withheld. */
export function messageContent(
  { kind, header }: SignedMessage | VerifiedCrossing,
  parts: readonly MessagePart[],
): Omit<MessageContent, 'withheld'> {
  return { kind, header: headerOf(header), body: joinParts(kind as BodyKind, parts) };
}

/** What its exporter kept back of a message that came in and did not open since, each category and rule once. */
export function withheldByExporter(
  crossing: VerifiedCrossing,
  later: readonly VerifiedCrossing[] = [],
): MessageContent['withheld'] {
  const opened = new Set(later.flatMap((supplement) => supplement.crossing.disclosed));
  const byExporter = new Map<string, { category: DataCategory; policies: readonly string[]; by: OfficeId }>();
  for (const part of crossing.withheld) {
    if (opened.has(part.index)) continue;
    byExporter.set(`${part.category}/${part.policies.join(' ')}`, {
      category: part.category,
      policies: part.policies,
      by: crossing.from,
    });
  }
  return [...byExporter.values()];
}

/** What came in, with what was opened of it since, less what the import gate keeps from the officers of this office. */
async function received(context: RelayContext, message: InboundMessageView): Promise<MessageContent> {
  const { first, later } = await readHere(context, message);
  const here = [message, ...message.supplements];
  return {
    ...messageContent(first, partsOf([first, ...later])),
    withheld: [
      ...withheldByExporter(first, later),
      ...here.flatMap(({ decision }) => withheldBy(decision, context.self)),
    ],
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
  return await received(context, inbound);
}
