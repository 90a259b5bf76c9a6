import { type OfficeProjection, officeProjection, openLedger } from '../../../services/core/ledger/index.ts';
import { memoryLog } from '../ledger/memory-stores.ts';
import type { TestRelay } from './two-offices.ts';

/** Everything in a projection, as plain data that can be compared. */
export function snapshot(projection: OfficeProjection): Record<string, unknown> {
  return {
    outbound: [...projection.outbound].map(([key, message]) => [key, { ...message, copies: [...message.copies] }]),
    inbound: [...projection.inbound],
    lanes: projection.lanes.all().map((lane) => ({ ...lane, items: [...lane.items], voids: lane.voids.ranges() })),
    arrivals: projection.arrivals.all().map((lane) => ({
      ...lane,
      have: lane.have.ranges(),
      voids: lane.voids.ranges(),
      frameOf: [...lane.frameOf],
      awaited: [...lane.awaited],
    })),
    quarantine: projection.quarantine,
    open: [...projection.open].sort(),
    witnessed: [...projection.witnessed],
    documents: [...projection.documents],
  };
}

/** What another start would make of an office's ledger. */
export async function rebuilt(test: TestRelay): Promise<OfficeProjection> {
  const projection = officeProjection(test.office);
  await openLedger({
    store: memoryLog(test.log.entries.map((entry) => entry.bytes)),
    clock: test.clock,
    office: test.office,
    random: (size) => new Uint8Array(size),
    onRecord: (record, digest) => projection.apply(record, digest),
  });
  return projection;
}
