import type { OfficeId } from '../foundation/index.ts';
import { type LaneItem, type NumberSet, numberSet, type OutboundLane } from '../ledger/index.ts';
import { Lane } from '../wire/index.ts';
import type { RelayEvents } from './relay-events.ts';

/** Numbers of the lanes to one office that will never come, although they were released. */
export interface GivenUp {
  /** Those of a lane. */
  readonly on: (lane: Lane) => NumberSet;
  /** These will never come: whoever waits for them is told, here and there. */
  readonly giveUp: (lane: Lane, first: number, last: number, code: string) => Promise<void>;
}

/** What a neighbour can bring about, or what ends with an operation, is no fault of this office. */
const ORDINARY_ENDS: ReadonlySet<string> = new Set(['RELAY_CONTENT_GONE', 'RELAY_CHANNEL_CLOSED']);

/** None has been given up in this run. */
export function givenUp(parts: {
  readonly to: OfficeId;
  readonly laneOf: (lane: Lane) => OutboundLane;
  readonly events: Pick<RelayEvents, 'alarm'>;
  readonly onGone: (lane: Lane, items: readonly LaneItem[], code: string) => Promise<void>;
}): GivenUp {
  const byLane = new Map<Lane, NumberSet>();

  const on = (lane: Lane): NumberSet => {
    let found = byLane.get(lane);
    if (found === undefined) {
      found = numberSet();
      byLane.set(lane, found);
    }
    return found;
  };

  return {
    on,
    giveUp: async (lane, first, last, code) => {
      const items: LaneItem[] = [];
      for (let number = first; number <= last; number++) {
        const item = parts.laneOf(lane).items.get(number);
        if (item !== undefined && lane !== Lane.RECEIPTS) items.push(item);
      }
      on(lane).add(first, last);
      if (!ORDINARY_ENDS.has(code)) parts.events.alarm({ code, office: parts.to });
      await parts.onGone(lane, items, code);
    },
  };
}
