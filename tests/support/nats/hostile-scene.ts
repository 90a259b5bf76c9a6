import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AppendLog,
  type BusConnection,
  createAppendLog,
  createContentBatches,
  createLinkPublisher,
  ensureOfficeStreams,
  type InboundConsumer,
  type LinkPublisher,
  newNkeyUser,
  openInboundConsumer,
} from '../../../services/core/bus/index.ts';
import {
  days,
  type HubId,
  newOpaqueId,
  type OfficeId,
  pairScope,
  type Scope,
  seconds,
  utf8,
} from '../../../services/core/foundation/index.ts';
import { crossSubject, linkAccountOf } from '../../../services/core/subjects/index.ts';
import type { LeafCredentials } from './hostile-leaf.ts';
import { testCertificate, tlsFiles } from './link-certificates.ts';
import { openSpy, type Spy, withSpies } from './spy.ts';
import { officeId, startOfficeServer, TEST_BOUNDS, type TestOffice } from './start-office-server.ts';

/** Whom the attacks are against, who attacks, and whom the attacker must not reach. */
export const VICTIM = officeId('th-chiang-khong');
export const ATTACKER = officeId('la-houayxay');
export const BYSTANDER = officeId('mm-tachileik');

/** The inside of an office under attack: its node at work, and spies in its accounts. */
export interface VictimInside {
  readonly office: TestOffice;
  readonly node: BusConnection;
  readonly ledger: AppendLog;
  readonly spies: readonly Spy[];
  readonly spyIn: (account: string) => Spy;
  readonly publisherTo: (neighbour: OfficeId | HubId) => LinkPublisher;
  readonly inboundFrom: (peer: OfficeId) => InboundConsumer;
  /** What the server says of the streams and consumers of the office, for before and after. */
  readonly storeState: () => Promise<unknown>;
  /** Lets the node do its work with `marker` in everything. */
  readonly work: (marker: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Signs in as the node, makes the streams and places the spies. */
export async function openVictim(
  office: TestOffice,
  neighbours: readonly (OfficeId | HubId)[],
  spyKeys: ReturnType<typeof withSpies>['keys'],
): Promise<VictimInside> {
  const peers = [ATTACKER, BYSTANDER];
  const node = await office.connect(office.nodeKey);
  await ensureOfficeStreams(node, { office: office.office, inboundPeers: peers, bounds: TEST_BOUNDS });
  const ledger = createAppendLog(node);
  const content = createContentBatches(node);
  const publishers = new Map<string, LinkPublisher>();
  for (const neighbour of neighbours)
    publishers.set(neighbour, createLinkPublisher(await office.connect(office.publisherKey(neighbour))));
  const inbound = new Map<string, InboundConsumer>();
  for (const peer of peers)
    inbound.set(peer, await openInboundConsumer(node, { office: office.office, peer, ackWaitMs: seconds(600) }));
  const spies: Spy[] = [];
  for (const [account, key] of spyKeys) spies.push(await openSpy(office.server.clientUrl(), account, key));
  return {
    office,
    node,
    ledger,
    spies,
    spyIn: (account) =>
      known(
        spies.find((spy) => spy.account === account),
        account,
      ),
    publisherTo: (neighbour) => known(publishers.get(neighbour), neighbour),
    inboundFrom: (peer) => known(inbound.get(peer), peer),
    storeState: () => storeState(office),
    work: async (marker) => {
      await ledger.append(utf8(marker), await ledger.lastSeq());
      await content.put({ day: '20291122', batchId: newOpaqueId() }, utf8(marker), days(1));
    },
    close: async () => {
      for (const spy of spies) await spy.close();
      for (const consumer of inbound.values()) await consumer.close();
      for (const publisher of publishers.values()) await publisher.close();
      await node.close();
    },
  };
}

/** An office that accepts leaf connections of the attacker and of the bystander. */
export interface AcceptingScene {
  readonly victim: VictimInside;
  readonly leafPort: number;
  readonly credentialsOf: (office: OfficeId) => LeafCredentials;
  readonly scopeWith: (office: OfficeId) => Scope;
  readonly stop: () => Promise<void>;
}

/** How much of the shipped configuration the victim keeps. */
export type SceneStrength = 'as shipped' | 'permissions only' | 'leaf in the office account';

/**
 * Starts the victim. As shipped it must withstand every attack; the weaker forms are there to show that the attacks
 * themselves work, so that their failure against the shipped form means something.
 */
export async function startAcceptingScene(strength: SceneStrength): Promise<AcceptingScene> {
  const folder = await mkdtemp(join(tmpdir(), 'liaison-hostile-'));
  const own = await testCertificate(VICTIM);
  const neighbours = [ATTACKER, BYSTANDER];
  const leafKeys = new Map(neighbours.map((office) => [office, newNkeyUser()]));
  const certificates = new Map(
    await Promise.all(neighbours.map(async (office) => [office, await testCertificate(office)] as const)),
  );
  const listenerTls = await tlsFiles(folder, own, [...certificates.values()]);
  const spies = withSpies(['OFFICE', 'SYS', ...neighbours.map(linkAccountOf)]);
  const attackerKey = known(leafKeys.get(ATTACKER), ATTACKER).publicKey;
  const office = await startOfficeServer({
    office: VICTIM,
    listenerTls,
    alter: (config) => spies.alter(strength === 'as shipped' ? config : weakened(config, attackerKey, strength)),
    links: (publisherKey) =>
      neighbours.map((neighbour) => ({
        kind: 'accepts',
        neighbour,
        peers: [{ office: neighbour, scopes: [pairScope(VICTIM, neighbour)] }],
        publisherKey: publisherKey(neighbour).publicKey,
        leafKey: known(leafKeys.get(neighbour), neighbour).publicKey,
        pinnedCerts: [known(certificates.get(neighbour), neighbour).fingerprint],
      })),
  });
  const victim = await openVictim(office, neighbours, spies.keys);
  return {
    victim,
    leafPort: office.server.ports().leaf,
    scopeWith: (neighbour) => pairScope(VICTIM, neighbour),
    credentialsOf: (neighbour) => {
      const { certPem, keyPem } = known(certificates.get(neighbour), neighbour);
      return {
        certPem,
        keyPem,
        authorityPem: own.authorityPem,
        nkeySeed: known(leafKeys.get(neighbour), neighbour).seed,
      };
    },
    stop: async () => {
      await victim.close();
      await office.server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The subject of what `from` publishes for `to`. */
export function flashSubject(from: OfficeId, to: OfficeId): ReturnType<typeof crossSubject> {
  return crossSubject({ scope: pairScope(from, to), from, to, precedence: 'flash' });
}

function weakened(config: string, leafKey: string, strength: SceneStrength): string {
  const without = config.replace(new RegExp(`\\{\\s*nkey: ${leafKey}[\\s\\S]*?\\n      \\}\\n?(?=\\s*\\])`), '');
  if (without === config) throw new Error('the configuration has no such leaf user');
  const permissions = strength === 'permissions only' ? `, permissions: ${permissionsOf(config, leafKey)}` : '';
  const user = `{ nkey: ${leafKey}, allowed_connection_types: ["LEAFNODE"]${permissions} }`;
  return without.replace(/(\n\s*OFFICE \{[^[]*users: \[)/, `$1\n${user}\n`);
}

function permissionsOf(config: string, leafKey: string): string {
  const found = new RegExp(`nkey: ${leafKey}[\\s\\S]*?permissions: (\\{[\\s\\S]*?\\n\\s*\\})\\n`).exec(config)?.[1];
  if (found === undefined) throw new Error('the leaf user has no permissions');
  return found;
}

async function storeState(office: TestOffice): Promise<unknown> {
  const url = `${office.server.monitorUrl()}/jsz?accounts=true&streams=true&consumers=true&config=true`;
  const jsz = (await (await fetch(url)).json()) as { account_details?: { stream_detail?: StreamDetail[] }[] };
  const streams = jsz.account_details?.flatMap((account) => account.stream_detail ?? []) ?? [];
  return Object.fromEntries(
    [...streams]
      .sort((one, other) => one.name.localeCompare(other.name))
      .map((stream) => [stream.name, stateOf(stream)]),
  );
}

interface StreamDetail {
  readonly name: string;
  readonly config: unknown;
  readonly state: { readonly messages: number; readonly first_seq: number; readonly last_seq: number };
  readonly consumer_detail?: readonly {
    readonly name: string;
    readonly config: unknown;
    readonly num_ack_pending: number;
    readonly num_redelivered: number;
    readonly ack_floor: unknown;
  }[];
}

function stateOf({ config, state, consumer_detail }: StreamDetail): unknown {
  return {
    config,
    messages: state.messages,
    firstSeq: state.first_seq,
    lastSeq: state.last_seq,
    consumers: [...(consumer_detail ?? [])]
      .sort((one, other) => one.name.localeCompare(other.name))
      .map((each) => ({
        name: each.name,
        config: each.config,
        pending: each.num_ack_pending,
        redelivered: each.num_redelivered,
      })),
  };
}

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`no ${name} in this scene`);
  return value;
}
