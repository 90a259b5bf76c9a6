import {
  type BusConnection,
  type BusError,
  connectBus,
  createLinkPublisher,
  type InboundConsumer,
  type LinkPublisher,
  openInboundConsumer,
} from '../core/bus/index.ts';
import { type CloseStack, type HubId, type OfficeId, pairScope } from '../core/foundation/index.ts';
import type { Neighbour } from '../core/relay/index.ts';
import { crossSubject, inboxPrefixOf } from '../core/subjects/index.ts';
import type { NeighbourConfig, OfficeConfig } from './config.ts';
import type { OfficeSecrets } from './secrets.ts';

/** The neighbours with their ways out and in; one connection for each link, however many lie behind it. */
export interface OpenLinks {
  readonly neighbours: readonly Neighbour[];
  /** Takes nothing more in. */
  readonly stopTaking: () => Promise<void>;
}

/** The end of the link that a neighbour is reached over: itself, or its hub. */
export function linkOf({ office, via }: NeighbourConfig): OfficeId | HubId {
  return via === 'direct' ? office : via;
}

/** Opens every link of the configuration; connections are closed with `closers`. `onStrays` hears of a neighbour that forges. @throws BusError. */
export async function openLinks(
  config: Pick<OfficeConfig, 'office' | 'server' | 'neighbours'>,
  secrets: Pick<OfficeSecrets, 'linkSeeds'>,
  node: BusConnection,
  closers: CloseStack,
  signal: AbortSignal,
  onStrays: (peer: OfficeId, finding: BusError) => void,
): Promise<OpenLinks> {
  const publishers = new Map<string, LinkPublisher>();
  const consumers: InboundConsumer[] = [];
  closers.defer(async () => void (await Promise.all([...publishers.values()].map((publisher) => publisher.close()))));

  const publisherOf = async (neighbour: NeighbourConfig): Promise<LinkPublisher> => {
    const known = publishers.get(neighbour.keyFile);
    if (known !== undefined) return known;
    const connection = await connectBus({
      servers: [config.server.client],
      nkeySeed: secrets.linkSeeds.get(neighbour.keyFile) ?? '',
      inboxPrefix: inboxPrefixOf(config.office),
      name: `${config.office} to ${linkOf(neighbour)}`,
      signal,
    });
    const publisher = createLinkPublisher(connection);
    publishers.set(neighbour.keyFile, publisher);
    return publisher;
  };

  const neighbours: Neighbour[] = [];
  for (const neighbour of config.neighbours) {
    const publisher = await publisherOf(neighbour);
    const consumer = await openInboundConsumer(node, {
      office: config.office,
      peer: neighbour.office,
      onStrays: (finding) => onStrays(neighbour.office, finding),
    });
    consumers.push(consumer);
    neighbours.push({
      office: neighbour.office,
      scope: pairScope(config.office, neighbour.office),
      arrivals: consumer,
      link: {
        publish: (scope, precedence, bytes, timeoutMs) =>
          publisher.publish(crossSubject({ scope, from: config.office, to: neighbour.office, precedence }), bytes, {
            timeoutMs,
          }),
      },
    });
  }
  return {
    neighbours,
    stopTaking: async () => void (await Promise.all(consumers.map((consumer) => consumer.close()))),
  };
}
