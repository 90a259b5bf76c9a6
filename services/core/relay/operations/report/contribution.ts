import { type DurationMs, later, type OfficeId } from '../../../foundation/index.ts';
import { messageKey } from '../../../ledger/index.ts';
import { GapReason } from '../../../wire/index.ts';
import type { RelayContext } from '../../parts.ts';
import { channelRecords, noticeKey } from '../channel/channel-index.ts';
import { operationPosts, referenceOf } from '../channel/fold-posts.ts';
import { presentMembers } from '../members.ts';
import type { Contribution, OperationView } from '../types.ts';
import { isSettled, type OwnPost, stateFigures } from './state-figures.ts';

/** A member that cannot be reached keeps the others from their report no longer than this. */
const WAIT_FOR_RECEIPTS_MS = 3_600_000 as DurationMs;

type Parts = Pick<RelayContext, 'self' | 'projection' | 'clock'>;

/** Own posts of an operation that count, by number, each with all its crossings. */
export function ownPosts({ self, projection }: Omit<Parts, 'clock'>, view: OperationView): readonly OwnPost[] {
  const { ownNotices } = channelRecords(projection, referenceOf(view));
  return operationPosts(projection, view)
    .of(self)
    .flatMap(({ office, number, digest, createdMs, terms, message, voided }) => {
      if (terms === null || message?.direction !== 'outbound' || voided !== null) return [];
      const copies = [...message.copies.values(), ...projection.added.of(messageKey(message.origin, message.id))];
      const keptFrom = [...view.members.keys()].filter((member) => {
        const reason = ownNotices.get(noticeKey(self, number, member))?.terms?.gap?.reason;
        return reason !== undefined && reason !== GapReason.BEFORE_JOINING;
      });
      return [{ office, number, digest, createdMs, terms, copies, keptFrom: new Set(keptFrom) }];
    });
}

/**
 * What this office states of an operation: once nothing of its channel is under way any more, as `hasEnded` says, and
 * every member that is there has receipted what went to it; or an hour after the end. Also for whoever leaves: then at once.
 */
export function contributionOf(parts: Parts, hasEnded: (view: OperationView) => boolean): Contribution {
  return (view) => {
    const own = ownPosts(parts, view);
    const present = otherMembers(view, parts.self);
    const isTimeUp = view.closedMs !== null && later(view.closedMs, WAIT_FOR_RECEIPTS_MS) <= parts.clock.now();
    if (view.closedMs !== null && !isTimeUp && !(hasEnded(view) && isSettled(own, present))) return null;
    return { figures: stateFigures(own, everJoined(view, parts.self)), lastPost: own.at(-1)?.number ?? 0 };
  };
}

function otherMembers(view: OperationView, self: OfficeId): readonly OfficeId[] {
  return presentMembers(view)
    .map(({ office }) => office)
    .filter((office) => office !== self);
}

/** In the order of the charter, whoever got posts at some time. */
function everJoined(view: OperationView, self: OfficeId): readonly OfficeId[] {
  return [...view.members.values()]
    .filter(({ office, joinedMs }) => office !== self && joinedMs !== null)
    .map(({ office }) => office);
}
