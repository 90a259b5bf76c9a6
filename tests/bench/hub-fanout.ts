import { type ChildProcess, fork } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { connect, type NatsConnection, nkeyAuthenticator } from 'nats';
import { nationAccountOf } from '../../services/core/bus/index.ts';
import { type MadeRegionItem, topicTokens } from '../../services/core/envelope/index.ts';
import {
  fromBase64url,
  fromUtf8,
  type NationCode,
  nationOf,
  type OfficeId,
  parseOfficeId,
  seconds,
} from '../../services/core/foundation/index.ts';
import { inboxPrefixOf } from '../../services/core/subjects/index.ts';
import { parseAgreementText, thumbprintOf } from '../../services/core/trust/index.ts';
import type { PublicKey } from '../../services/core/wire/index.ts';
import { withSpies } from '../support/nats/spy.ts';
import { makeRegionWorld, type RegionWorld } from '../support/region-world.ts';
import { type RunningHub, startRegionHub } from '../support/start-region-hub.ts';
import { again, monotonicMs, type SubscriberMessage, type SubscribersTask } from './hub-subscribers.ts';
import { type Spread, spreadOf } from './percentiles.ts';
import { usageOf } from './process-usage.ts';
import { paced } from './raw-link.ts';

/** How long a release takes from its office to every subscriber, and what the links alone take. */
export interface FanoutResult {
  readonly offices: number;
  /** From the publication at its office until a subscriber has verified it, one measurement for each of them. */
  readonly released: Spread;
  /** From the publication until the hub has said that it is on its disk. */
  readonly stored: Spread;
  /** Bytes of the same size from the hub's server to every office over the same links, with nothing in between. */
  readonly raw: Spread;
  /** Releases times subscribers that did not arrive. */
  readonly missing: number;
  /** One whole verification at a subscriber, as long as it took. */
  readonly verified: Spread;
  /** Answers that each subscriber got in a second. */
  readonly repliesPerSecond: number;
  /** CPU seconds that each part used for a thousand deliveries, from the first release to the last arrival. */
  readonly costs: readonly { readonly name: string; readonly cpuSecondsPer1k: number }[];
  /** The share of the machine that all of them used meanwhile. */
  readonly machine: number;
}

/** What the subscribers told. */
interface Told {
  readonly arrivals: Map<string, number[]>;
  readonly verifiedMs: number[];
  replies: number;
}

const NATIONS = ['th', 'la', 'mm', 'kh', 'vn'];
const PUBLISHERS = 10;
const RAW_BYTES = 2048;
const SETTLE_MS = 60_000;
/** An account's links count as connections too: without room, those who publish the raw bytes are not let in beside them. */
const FEW_CONNECTIONS = 'max_connections: 8, max_leafnodes';
const MANY_CONNECTIONS = 'max_connections: 256, max_leafnodes';
const CONNECT_WITHIN_MS = 60_000;

/** A hub with so many subscribed offices, each with a server and a link of its own, on this machine. */
export async function measureHubFanout(options: {
  readonly offices: number;
  readonly rate: number;
  readonly seconds: number;
}): Promise<FanoutResult> {
  const offices = Array.from({ length: options.offices }, (_, at) =>
    parseOfficeId(`${NATIONS[at % NATIONS.length]}-post-${at}`),
  );
  const world = await makeRegionWorld(offices);
  const accounts = [...new Set(offices.map((office) => nationAccountOf(nationOf(office))))];
  const inside = withSpies(accounts);
  const hub = await startRegionHub(world, {
    offices,
    itemsPerMinute: 60_000,
    alterHub: (text) => inside.alter(text).replaceAll(FEW_CONNECTIONS, MANY_CONNECTIONS),
    // Those who publish the raw bytes are none of the hub's business.
    shownConfig: (text) =>
      text
        .split('\n')
        .filter((line) => ![...inside.keys.values()].some(({ publicKey }) => line.includes(publicKey)))
        .join('\n')
        .replaceAll(MANY_CONNECTIONS, FEW_CONNECTIONS),
  });
  const child = fork(fileURLToPath(new URL('./hub-worker.mjs', import.meta.url)), { serialization: 'advanced' });
  const admins = new Map<NationCode, NatsConnection>();
  try {
    const told: Told = { arrivals: new Map(), verifiedMs: [], replies: 0 };
    const { arrivals } = told;
    await subscribeAll(child, hub, world, offices, told);
    for (const office of offices)
      if (!admins.has(nationOf(office)))
        admins.set(
          nationOf(office),
          await again(() =>
            connect({
              servers: [hub.servers.server.clientUrl()],
              timeout: CONNECT_WITHIN_MS,
              authenticator: nkeyAuthenticator(
                Buffer.from(inside.keys.get(nationAccountOf(nationOf(office)))?.seed ?? ''),
              ),
            }),
          ),
        );
    const raw = await measureRaw(options, offices, admins, arrivals);
    const make = await releasesOf(options, hub, world, offices);
    const usage = await usages(hub, child);
    const before = usage();
    told.replies = 0;
    const began = monotonicMs();
    const { sent, stored } = await measureReleases(options, make, offices, arrivals);
    const tookMs = monotonicMs() - began;
    const used = usage().map(({ name, cpuSeconds }, at) => ({
      name,
      cpuSeconds: cpuSeconds - (before[at]?.cpuSeconds ?? 0),
    }));
    const times = [...sent].flatMap(([key, at]) => (arrivals.get(key) ?? []).map((arrived) => arrived - at));
    return {
      offices: offices.length,
      released: spreadOf(times),
      stored: spreadOf(stored),
      raw,
      missing: sent.size * (offices.length - 1) - times.length,
      verified: spreadOf(told.verifiedMs),
      repliesPerSecond: (told.replies * 1000) / tookMs / offices.length,
      costs: used.map(({ name, cpuSeconds }) => ({ name, cpuSecondsPer1k: (cpuSeconds * 1000) / times.length })),
      machine: used.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) / (tookMs / 1000) / cpus().length,
    };
  } finally {
    if (child.connected) child.disconnect();
    for (const admin of admins.values()) await admin.close();
    await hub.stop();
  }
}

async function subscribeAll(
  child: ChildProcess,
  hub: RunningHub,
  world: RegionWorld,
  offices: readonly OfficeId[],
  told: Told,
): Promise<void> {
  const { payload } = JSON.parse(fromUtf8(world.agreement)) as { payload: string };
  const [party] = parseAgreementText(fromUtf8(fromBase64url(payload))).parties;
  const task: SubscribersTask = {
    hub: world.hub,
    nation: (party?.nation ?? '') as NationCode,
    root: thumbprintOf(party?.root as PublicKey),
    agreement: world.agreement,
    directories: [...world.directories.values()],
    offices: await Promise.all(
      offices.map(async (office) => {
        const server = hub.servers.office(office);
        return {
          office,
          url: server.server.clientUrl(),
          seed: server.publisherKey(world.hub).seed,
          subscribe: await world.speaker(office).subscribe(),
        };
      }),
    ),
  };
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message: SubscriberMessage) => {
      if (message.kind === 'here') child.send(task);
      if (message.kind === 'ready') resolve();
      if (message.kind !== 'got') return;
      for (const [key, at] of message.what) {
        const known = told.arrivals.get(key);
        if (known === undefined) told.arrivals.set(key, [at]);
        else known.push(at);
      }
      told.verifiedMs.push(...message.verifiedMs);
      told.replies += message.replies;
    });
    child.once('exit', () => reject(new Error('the subscribers ended')));
  });
}

async function measureRaw(
  { rate, seconds: forSeconds }: { readonly rate: number; readonly seconds: number },
  offices: readonly OfficeId[],
  admins: ReadonlyMap<NationCode, NatsConnection>,
  arrivals: ReadonlyMap<string, readonly number[]>,
): Promise<Spread> {
  const sent = new Map<string, number>();
  let number = 0;
  await paced(rate, forSeconds, async () => {
    const name = String(number++).padStart(8, '0');
    const bytes = Buffer.alloc(RAW_BYTES, name);
    sent.set(`raw/${name}`, monotonicMs());
    for (const office of offices) admins.get(nationOf(office))?.publish(`${inboxPrefixOf(office)}.raw`, bytes);
  });
  await settled(sent, arrivals, offices.length);
  return spreadOf([...sent].flatMap(([key, at]) => (arrivals.get(key) ?? []).map((arrived) => arrived - at)));
}

interface Release {
  readonly item: MadeRegionItem;
  readonly client: Awaited<ReturnType<RunningHub['client']>>;
}

/** Made before: what an office needs to sign is in the other figures. */
async function releasesOf(
  { rate, seconds: forSeconds }: { readonly rate: number; readonly seconds: number },
  hub: RunningHub,
  world: RegionWorld,
  offices: readonly OfficeId[],
): Promise<readonly Release[]> {
  const publishers = await Promise.all(
    offices
      .slice(0, PUBLISHERS)
      .map(async (office) => ({ speaker: world.speaker(office), client: await again(() => hub.client(office)) })),
  );
  const made: Release[] = [];
  for (let turn = 0; turn < rate * forSeconds; turn++) {
    const { speaker, client } = publishers[turn % publishers.length] as (typeof publishers)[number];
    made.push({ item: await speaker.release({ text: 'A trend that is worth a line or two. '.repeat(12) }), client });
  }
  return made;
}

/** What each part has used of the processor so far. */
async function usages(
  hub: RunningHub,
  child: ChildProcess,
): Promise<() => readonly { readonly name: string; readonly cpuSeconds: number }[]> {
  const pidOf = async ({ folder }: { readonly folder: string }): Promise<number> => {
    const name = (await readdir(folder)).find((each) => each.endsWith('.ports')) ?? '';
    return Number(/_(\d+)\.ports$/.exec(name)?.[1] ?? 0);
  };
  const parts: readonly (readonly [name: string, pids: readonly number[]])[] = [
    ['hub and publishers', [process.pid]],
    ["the hub's server", [await pidOf(hub.servers.server)]],
    ["the offices' servers", await Promise.all(hub.servers.offices.map(({ server }) => pidOf(server)))],
    ['subscribers', [child.pid ?? 0]],
  ];
  return () =>
    parts.map(([name, pids]) => ({ name, cpuSeconds: pids.reduce((sum, pid) => sum + usageOf(pid).cpuSeconds, 0) }));
}

async function measureReleases(
  { rate, seconds: forSeconds }: { readonly rate: number; readonly seconds: number },
  made: readonly Release[],
  offices: readonly OfficeId[],
  arrivals: ReadonlyMap<string, readonly number[]>,
): Promise<{ readonly sent: ReadonlyMap<string, number>; readonly stored: readonly number[] }> {
  const sent = new Map<string, number>();
  const stored: number[] = [];
  let next = 0;
  await paced(rate, forSeconds, async () => {
    const { item, client } = made[next++] as (typeof made)[number];
    const { corridor, crimeArea, from, number } = item.header;
    const topic = topicTokens(corridor, crimeArea);
    if (topic === undefined) return;
    const at = monotonicMs();
    sent.set(`${from}/${number}`, at);
    await client.publish(topic, item.bytes, seconds(20));
    stored.push(monotonicMs() - at);
  });
  await settled(sent, arrivals, offices.length - 1);
  return { sent, stored };
}

async function settled(
  sent: ReadonlyMap<string, number>,
  arrivals: ReadonlyMap<string, readonly number[]>,
  each: number,
): Promise<void> {
  const giveUpAt = monotonicMs() + SETTLE_MS;
  const complete = (): boolean => [...sent.keys()].every((key) => (arrivals.get(key)?.length ?? 0) >= each);
  while (!complete() && monotonicMs() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 100));
}
