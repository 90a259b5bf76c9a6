import { repackCrossing, repackPassedOn } from '../envelope/index.ts';
import { isLiaisonError, type OfficeId } from '../foundation/index.ts';
import type { ContentStore, LaneItem, OfficeProjection } from '../ledger/index.ts';
import type { ContentRef, Lane } from '../wire/index.ts';
import type { RecentBytes } from './recent-bytes.ts';

/** An item as it goes into a frame, or the code of why it is gone for good. */
export type LoadedItem = { readonly bytes: Uint8Array } | { readonly gone: string };

/** Items of the lanes to one office, from memory or from the content store; one that cannot be read just now rejects. */
export function itemLoader(parts: {
  readonly to: OfficeId;
  readonly projection: OfficeProjection;
  readonly content: ContentStore;
  readonly recent: RecentBytes;
}): (lane: Lane, item: LaneItem | undefined) => Promise<LoadedItem> {
  const { projection, content } = parts;

  /** Of another's message the parts lie with the crossing that brought it, and with those that opened more of it. */
  const passedOn = async (crossing: Uint8Array, message: string): Promise<Uint8Array | undefined> => {
    const inbound = projection.inbound.get(message);
    const refs = [inbound?.content, ...(inbound?.supplements ?? []).map((supplement) => supplement.content)];
    const received = await Promise.all(refs.filter((ref): ref is ContentRef => !!ref).map(content.get));
    const here = received.filter((bytes) => bytes !== undefined);
    return here.length === 0 ? undefined : repackPassedOn(crossing, here);
  };

  const fromContent = async (lane: Lane, item: LaneItem): Promise<Uint8Array | undefined> => {
    const ref = projection.copyOf(parts.to, lane, item)?.crossing ?? null;
    if (ref === null) return undefined;
    const recent = parts.recent.get(ref.digest);
    if (recent !== undefined) return recent;
    const sent = projection.outbound.get(item.message);
    const [crossing, own] = await Promise.all([content.get(ref), sent && content.get(sent.content)]);
    if (crossing === undefined) return undefined;
    if (sent === undefined) return await passedOn(crossing, item.message);
    return own === undefined ? undefined : repackCrossing(crossing, own);
  };

  return async (lane, item) => {
    if (item === undefined) return { gone: 'RELAY_CONTENT_GONE' };
    if (item.bytes !== null) return { bytes: item.bytes };
    try {
      const bytes = await fromContent(lane, item);
      return bytes === undefined ? { gone: 'RELAY_CONTENT_GONE' } : { bytes };
    } catch (cause) {
      // A store that does not answer will; what it answers with a damaged body stays damaged.
      if (!isLiaisonError(cause) || cause.disposition === 'retry') throw cause;
      return { gone: cause.code };
    }
  };
}
