import {
  type BusConnection,
  type BusError,
  connectBus,
  createLinkPublisher,
  type InboundConsumer,
  type LinkPublisher,
  openHubClient,
  openInboundConsumer,
  setInboundScopes,
} from '../core/bus/index.ts';
import { type Clock, type CloseStack, type HubId, type OfficeId, pairScope } from '../core/foundation/index.ts';
import type { HubPort, Neighbour } from '../core/relay/index.ts';
import { crossSubject, inboxPrefixOf } from '../core/subjects/index.ts';
import type { NeighbourConfig, OfficeConfig } from './config.ts';
import { type LinkWay, type LinkWays, linkOverWays } from './link-ways.ts';
import type { OfficeSecrets } from './secrets.ts';

/** The neighbours with their ways out and in; one connection for each link, however many lie behind it. */
export interface OpenLinks {
  readonly neighbours: readonly Neighbour[];
  readonly hubs: readonly HubPort[];
  /** The link to that end came up or went down: what goes over more than one takes the other. */
  readonly changed: (end: OfficeId | HubId, up: boolean) => void;
  /** Takes nothing more in. */
  readonly stopTaking: () => Promise<void>;
}

/** The ends of the links that a neighbour is reached over, itself or hubs, the preferred one first. */
export function linksTo({ office, via, also }: NeighbourConfig): readonly (OfficeId | HubId)[] {
  return [{ via }, ...also].map((way) => (way.via === 'direct' ? office : way.via));
}

/** Opens every link of the configuration; connections are closed with `closers`. `onStrays` hears of a neighbour that forges. @throws BusError. */
export async function openLinks(
  config: Pick<OfficeConfig, 'office' | 'server' | 'neighbours' | 'hubs'>,
  secrets: Pick<OfficeSecrets, 'linkSeeds'>,
  node: BusConnection,
  clock: Clock,
  closers: CloseStack,
  signal: AbortSignal,
  onStrays: (peer: OfficeId, finding: BusError) => void,
): Promise<OpenLinks> {
  const publishers = new Map<string, LinkPublisher>();
  const connections = new Map<string, BusConnection>();
  const consumers: InboundConsumer[] = [];
  closers.defer(async () => void (await Promise.all([...publishers.values()].map((publisher) => publisher.close()))));

  const publisherOf = async (keyFile: string, end: OfficeId | HubId): Promise<LinkPublisher> => {
    const known = publishers.get(keyFile);
    if (known !== undefined) return known;
    const connection = await connectBus({
      servers: [config.server.client],
      nkeySeed: secrets.linkSeeds.get(keyFile) ?? '',
      inboxPrefix: inboxPrefixOf(config.office),
      name: `${config.office} to ${end}`,
      signal,
    });
    const publisher = createLinkPublisher(connection);
    connections.set(keyFile, connection);
    publishers.set(keyFile, publisher);
    return publisher;
  };

  const waysTo = async (neighbour: NeighbourConfig): Promise<readonly LinkWay[]> => {
    const { office: to, keyFile, also } = neighbour;
    const ends = linksTo(neighbour);
    return await Promise.all(
      [keyFile, ...also.map((way) => way.keyFile)].map(async (file, index): Promise<LinkWay> => {
        const end = ends[index] ?? to;
        const publisher = await publisherOf(file, end);
        return {
          end,
          publish: (scope, precedence, bytes, timeoutMs) =>
            publisher.publish(crossSubject({ scope, from: config.office, to, precedence }), bytes, { timeoutMs }),
        };
      }),
    );
  };

  const links = new Map<OfficeId, LinkWays>();
  const neighbours: Neighbour[] = [];
  for (const neighbour of config.neighbours) {
    const link = linkOverWays(await waysTo(neighbour), clock);
    links.set(neighbour.office, link);
    const consumer = await openInboundConsumer(node, {
      office: config.office,
      peer: neighbour.office,
      onStrays: (finding) => onStrays(neighbour.office, finding),
    });
    consumers.push(consumer);
    neighbours.push({
      office: neighbour.office,
      scope: pairScope(config.office, neighbour.office),
      arrivals: {
        next: consumer.next,
        setChannels: (channels) => setInboundScopes(node, { office: config.office, peer: neighbour.office }, channels),
      },
      link,
    });
  }
  const hubs: HubPort[] = [];
  for (const { hub, keyFile } of config.hubs) {
    await publisherOf(keyFile, hub);
    hubs.push(openHubClient(connections.get(keyFile) as BusConnection, { hub, office: config.office }));
  }
  return {
    neighbours,
    hubs,
    changed: (end, up) => {
      for (const link of links.values()) link.changed(end, up);
    },
    stopTaking: async () => void (await Promise.all(consumers.map((consumer) => consumer.close()))),
  };
}
