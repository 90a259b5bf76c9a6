import { type EpochMs, type OfficeId, sameBytes } from '../../foundation/index.ts';
import type { ContentErased, ContentRef, LedgerRecord } from '../../wire/index.ts';
import { ownContentRef } from './decision-view.ts';
import type { TriageRecords } from './triage-records.ts';
import type { ErasureView, InboundMessageView, OutboundMessage } from './views.ts';

/** The message has what stays of its contents in place of what was erased; undefined where it is none of this office's. */
export function applyErasure(
  event: ContentErased,
  record: LedgerRecord,
  messages: {
    readonly outbound: ReadonlyMap<string, OutboundMessage>;
    readonly inbound: ReadonlyMap<string, InboundMessageView>;
    readonly triage: Pick<TriageRecords, 'eraseNotes'>;
  },
): ErasureView | undefined {
  const key = `${event.origin}/${event.envelopeId}`;
  const message = messages.outbound.get(key) ?? messages.inbound.get(key);
  if (message === undefined) return undefined;
  const erased: ContentRef[] = [];
  for (const holder of holdersOf(message)) {
    const content = holder.content;
    const at =
      content === null ? -1 : event.digests.findIndex((digest) => sameBytes(digest, Uint8Array.from(content.digest)));
    if (content === null || at < 0) continue;
    erased.push(content);
    holder.content = ownContentRef(event.kept[at] ?? null);
  }
  // What officers wrote down about it may repeat it.
  erased.push(...messages.triage.eraseNotes(key));
  const { cause, orderedBy, by } = event;
  message.erased = {
    origin: event.origin as OfficeId,
    id: message.id,
    cause,
    orderedBy,
    by,
    atMs: record.atMs as EpochMs,
    record: record.number,
    contents: [...(message.erased?.contents ?? []), ...erased],
  };
  return message.erased;
}

/** What of a message has a content of its own. */
function holdersOf(message: OutboundMessage | InboundMessageView): readonly { content: ContentRef | null }[] {
  return message.direction === 'inbound' ? [message, ...message.supplements] : [message];
}
