import {
  type BusConnection,
  createLinkPublisher,
  ensureOfficeStreams,
  type InboundConsumer,
  type LinkPublisher,
  openInboundConsumer,
} from '../../../services/core/bus/index.ts';
import type { HubId, OfficeId } from '../../../services/core/foundation/index.ts';
import { TEST_BOUNDS, type TestOffice } from './start-office-server.ts';

/** One office's end of a link, as its node would hold it. */
export interface TestSide {
  readonly node: BusConnection;
  readonly publisher: LinkPublisher;
  readonly inbound: InboundConsumer;
  readonly close: () => Promise<void>;
}

/** Connects as `own`'s node, towards `peer`, over the link to `neighbour` (the peer itself, or a hub). */
export async function openSide(own: TestOffice, peer: OfficeId, neighbour: OfficeId | HubId = peer): Promise<TestSide> {
  const node = await own.connect(own.nodeKey);
  await ensureOfficeStreams(node, { office: own.office, inboundPeers: [peer], bounds: TEST_BOUNDS });
  const publisher = createLinkPublisher(await own.connect(own.publisherKey(neighbour)));
  const inbound = await openInboundConsumer(node, { office: own.office, peer });
  return {
    node,
    publisher,
    inbound,
    close: async () => {
      await inbound.close();
      await publisher.close();
      await node.close();
    },
  };
}
