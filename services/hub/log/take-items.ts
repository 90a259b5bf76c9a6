import { formatHubAnswer, type ReceivedRequest } from '../../core/bus/index.ts';
import { type Clock, isLiaisonError, type NationCode, type OfficeId } from '../../core/foundation/index.ts';
import type { HeadCache } from '../../core/trust/index.ts';
import { HubError } from '../errors.ts';
import type { Allowances } from '../requests/allowances.ts';
import type { HubTrust } from '../trust/hub-trust.ts';
import type { ItemQueue } from './item-queue.ts';
import { NotStored } from './item-queue.ts';
import { judgeItem, speakerOf } from './judge-item.ts';

/** What is needed to take items in. */
export interface TakeItemsParts {
  readonly queue: ItemQueue;
  readonly trust: HubTrust;
  readonly heads: HeadCache;
  readonly isSuspended: (nation: NationCode) => boolean;
  readonly limits: Allowances;
  readonly itemsPerMinute: number;
  readonly clock: Clock;
  /** Hears of each item: under which entry it stands, or with which code it was refused. */
  readonly onItem: (office: OfficeId, outcome: { readonly entry: number } | { readonly refused: string }) => void;
  /** Hears of what is no refusal: a bug of ours, or a store that leaves the log in doubt. */
  readonly onFailure: (error: unknown) => void;
}

/** Takes what offices publish for the region: refused with a code, or answered with its entry once it is on disk. */
export function takeItems(parts: TakeItemsParts): (request: ReceivedRequest) => void {
  const { queue, trust, heads, clock, limits, itemsPerMinute } = parts;
  const allowance = { perSecond: itemsPerMinute / 60, burst: itemsPerMinute };
  return ({ subject, bytes, answer }) => {
    const { office, nation } = speakerOf(subject);
    const refuse = (refused: string): void => {
      parts.onItem(office, { refused });
      answer(formatHubAnswer({ refused }));
    };
    try {
      if (parts.isSuspended(nation)) return refuse('HUB_NATION_SUSPENDED');
      if (!limits.take(office, allowance)) return refuse('HUB_RATE_EXCEEDED');
      const judged = judgeItem({ trust, heads }, subject, bytes, clock.now());
      const isTaken = queue.add(judged, (outcome) => {
        if (outcome instanceof NotStored) {
          parts.onFailure(outcome.cause);
          return refuse('HUB_NOT_STORED');
        }
        if (outcome instanceof HubError) return refuse(outcome.code);
        const { sequence: entry } = outcome as { readonly sequence: number };
        parts.onItem(office, { entry });
        answer(formatHubAnswer({ entry }));
      });
      if (!isTaken) refuse('HUB_BUSY');
    } catch (error) {
      if (!isLiaisonError(error)) parts.onFailure(error);
      refuse(isLiaisonError(error) ? error.code : 'HUB_NOT_STORED');
    }
  };
}
