import { repackCrossing } from '../envelope/index.ts';
import { isLiaisonError, type OfficeId } from '../foundation/index.ts';
import type { ContentStore, LaneItem, OfficeProjection } from '../ledger/index.ts';
import type { RecentBytes } from './recent-bytes.ts';

/** An item as it goes into a frame, or the code of why it is gone for good. */
export type LoadedItem = { readonly bytes: Uint8Array } | { readonly gone: string };

/** Items of the lanes to one office, from memory or from the content store; one that cannot be read just now rejects. */
export function itemLoader(parts: {
  readonly to: OfficeId;
  readonly projection: OfficeProjection;
  readonly content: ContentStore;
  readonly recent: RecentBytes;
}): (item: LaneItem | undefined) => Promise<LoadedItem> {
  const fromContent = async (message: string): Promise<Uint8Array | undefined> => {
    const sent = parts.projection.outbound.get(message);
    const ref = sent?.copies.get(parts.to)?.crossing ?? null;
    if (sent === undefined || ref === null) return undefined;
    const recent = parts.recent.get(ref.digest);
    if (recent !== undefined) return recent;
    const [crossing, own] = await Promise.all([parts.content.get(ref), parts.content.get(sent.content)]);
    return crossing === undefined || own === undefined ? undefined : repackCrossing(crossing, own);
  };

  return async (item) => {
    if (item === undefined) return { gone: 'RELAY_CONTENT_GONE' };
    if (item.bytes !== null) return { bytes: item.bytes };
    try {
      const bytes = await fromContent(item.message);
      return bytes === undefined ? { gone: 'RELAY_CONTENT_GONE' } : { bytes };
    } catch (cause) {
      // A store that does not answer will; what it answers with a damaged body stays damaged.
      if (!isLiaisonError(cause) || cause.disposition === 'retry') throw cause;
      return { gone: cause.code };
    }
  };
}
