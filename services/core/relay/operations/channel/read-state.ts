import type { EpochMs, OfficeId } from '../../../foundation/index.ts';
import {
  type CopyState,
  messageKey,
  type OfficeProjection,
  type OutboundCopy,
  type OutboundMessage,
  stateOfCopy,
} from '../../../ledger/index.ts';
import { CrossingOccasion, type DataCategory, ReceiptKind } from '../../../wire/index.ts';
import type { OperationView } from '../types.ts';
import type { KnownPost, OperationPosts } from './types.ts';

/** How far one post of this office is with one member, by that member's signed receipts. */
export interface PostReader {
  readonly office: OfficeId;
  /** Null where the member has no copy: it joined later and gets none, or it is not there any more. */
  readonly state: CopyState | null;
  /** Kinds of data that the export gate kept from it. */
  readonly withheld: readonly DataCategory[];
  /** The policies by which the export gate decided so. */
  readonly policies: readonly string[];
  readonly receivedMs: EpochMs | null;
  readonly openedMs: EpochMs | null;
  /** It says, in a post of its own, that it has the member's posts up to this one. */
  readonly seen: boolean;
}

/** Who has received and who has opened one post, as far as this office can know. */
export interface PostReaders {
  readonly post: KnownPost;
  readonly readers: readonly PostReader[];
}

/** The copy of a message of this office for that member: the first one, or the one that it got when it joined later. */
export function copyFor(
  projection: Pick<OfficeProjection, 'added'>,
  message: OutboundMessage,
  to: OfficeId,
): OutboundCopy | undefined {
  return (
    message.copies.get(to) ??
    projection.added
      .of(messageKey(message.origin, message.id))
      .findLast((added) => added.to === to && added.occasion === CrossingOccasion.HISTORY)
  );
}

function timeOfReceipt(copy: OutboundCopy | undefined, kind: ReceiptKind): EpochMs | null {
  const times = (copy?.receipts ?? []).filter((receipt) => receipt.kind === kind).map(({ atMs }) => atMs);
  return times.length === 0 ? null : (Math.min(...times) as EpochMs);
}

/**
 * Which other members have which post: of this office's own by signed receipts, of the others' by what their senders said they had seen
 * when they next spoke.
 */
export function readState(
  projection: Pick<OfficeProjection, 'added'>,
  view: OperationView,
  posts: OperationPosts,
  self: OfficeId,
): readonly PostReaders[] {
  const reached = new Map<string, number>();
  for (const { office, seen } of posts.ordered)
    for (const place of seen) {
      if (posts.at(place.office, place.number)?.digest !== place.digest) continue;
      const key = `${office}>${place.office}`;
      reached.set(key, Math.max(reached.get(key) ?? 0, place.number));
    }
  return posts.ordered.map((post) => ({
    post,
    readers: [...view.members.values()]
      .filter(({ office }) => office !== post.office && office !== self)
      .filter(({ state }) => state !== 'invited' && state !== 'declined')
      .map(({ office }) => {
        const { message } = post;
        const copy = message?.direction === 'outbound' ? copyFor(projection, message, office) : undefined;
        return {
          office,
          state: copy === undefined ? null : stateOfCopy(copy),
          withheld: [...new Set((copy?.decision.withheld ?? []).map(({ category }) => category))].sort((a, b) => a - b),
          policies: copy?.decision.policies ?? [],
          receivedMs: timeOfReceipt(copy, ReceiptKind.DELIVERY),
          openedMs: timeOfReceipt(copy, ReceiptKind.RETRIEVAL),
          seen: (reached.get(`${office}>${post.office}`) ?? 0) >= post.number,
        };
      }),
  }));
}
