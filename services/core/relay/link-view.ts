import type { EpochMs } from '../foundation/index.ts';
import type { OfficeProjection } from '../ledger/index.ts';
import { NUMBERED_LANES } from './lanes.ts';
import type { LinkStatusDesk } from './link-status.ts';
import type { LinkLaneView, LinkView, Neighbour } from './types.ts';

/** How the link to a neighbour stands now. */
export function linkView(
  projection: OfficeProjection,
  neighbour: Neighbour,
  status: LinkStatusDesk,
  now: EpochMs,
): LinkView {
  const chain = status.chain();
  return {
    office: neighbour.office,
    scope: neighbour.scope,
    heardMs: status.heardMs(),
    silent: status.silent(),
    historyFaults: status.historyFaults(),
    ownHead: status.ownHead(),
    lanes: NUMBERED_LANES.map((lane): LinkLaneView => {
      const outbound = projection.lanes.lane(neighbour.office, lane);
      const arrivals = chain === null ? undefined : projection.arrivals.lane(neighbour.office, chain, lane);
      const oldest = outbound.items.values().next().value;
      const copy = oldest === undefined ? undefined : projection.copyOf(neighbour.office, lane, oldest);
      const since = oldest && (projection.outbound.get(oldest.message)?.acceptedMs ?? copy?.releasedMs ?? undefined);
      let missing = 0;
      for (const gap of arrivals?.have.missing(arrivals.have.highest()) ?? []) missing += gap.last - gap.first + 1;
      return {
        lane,
        waiting: outbound.items.size,
        oldestMs: since === undefined ? 0 : Math.max(0, now - since),
        sentThrough: outbound.framedThrough,
        confirmedThrough: outbound.confirmedThrough,
        receivedThrough: arrivals?.have.through() ?? 0,
        missing,
      };
    }),
  };
}
