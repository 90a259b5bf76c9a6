import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AppendLog,
  BusError,
  type HubContent,
  type NewestOfSubject,
  parseHubAnswer,
} from '../../services/core/bus/index.ts';
import {
  type Clock,
  type Digest,
  type NationCode,
  type OfficeId,
  systemClock,
} from '../../services/core/foundation/index.ts';
import type { HubPort } from '../../services/core/relay/region/types.ts';
import { hubRequestSubject, regionSubject } from '../../services/core/subjects/index.ts';
import { headCache } from '../../services/core/trust/index.ts';
import { type HubReply, hubReplyCodec } from '../../services/core/wire/index.ts';
import { type HubLog, openHubLog } from '../../services/hub/log/hub-log.ts';
import { itemQueue } from '../../services/hub/log/item-queue.ts';
import { takeItems } from '../../services/hub/log/take-items.ts';
import { allowances } from '../../services/hub/requests/allowances.ts';
import { answerRequests, type Requests } from '../../services/hub/requests/answer-requests.ts';
import { headOf } from '../../services/hub/requests/hub-head.ts';
import { openSubscriptions } from '../../services/hub/requests/subscriptions.ts';
import { type HubTrust, openHubTrust } from '../../services/hub/trust/hub-trust.ts';
import type { RegionWorld } from './region-world.ts';

/** What a hub of a test has on disk; outlives it, so that another one may be opened over the same. */
export interface MemoryStores {
  readonly log: AppendLog & { readonly batches: Uint8Array[] };
  readonly content: HubContent & { readonly items: Map<Digest, Uint8Array> };
  readonly directories: NewestOfSubject;
  readonly subscriptions: NewestOfSubject;
  /** From then on a step of the store fails; for a hub that is ended in between. */
  failAt: 'never' | 'content' | 'append' | 'after-append' | 'erase';
}

/** A hub without a server: the very parts of the hub's process over stores in memory. */
export interface MemoryHub {
  readonly log: HubLog;
  readonly requests: Requests;
  readonly trust: HubTrust;
  readonly folder: string;
  readonly suspended: Set<NationCode>;
  /** An office's port to it, as its node has one. */
  readonly port: (office: OfficeId) => HubPort;
  /** Changes what offices are told from now on: a hub that drops, repeats, reorders, holds back or makes up. */
  readonly tamper: (change: (reply: HubReply, office: OfficeId) => HubReply) => void;
  readonly stop: () => Promise<void>;
}

/** Stores with nothing in them. */
export function memoryStores(): MemoryStores {
  const batches: Uint8Array[] = [];
  const items = new Map<Digest, Uint8Array>();
  const fail = (step: MemoryStores['failAt']): void => {
    if (stores.failAt === step) throw new BusError('BUS_TIMEOUT');
  };
  const stores: MemoryStores = {
    failAt: 'never',
    log: {
      batches,
      append: async (bytes, expectedLastSeq) => {
        fail('append');
        if (batches.length !== expectedLastSeq) throw new BusError('BUS_FENCE_LOST');
        batches.push(bytes);
        fail('after-append');
        return { seq: batches.length };
      },
      readAll: async function* (fromSeq) {
        for (let seq = Math.max(1, fromSeq); seq <= batches.length; seq++)
          yield { seq, bytes: batches[seq - 1] as Uint8Array };
      },
      lastSeq: async () => batches.length,
    },
    content: {
      items,
      put: async (item, bytes) => {
        fail('content');
        items.set(item, bytes);
      },
      get: async (item) => items.get(item),
      erase: async (item) => {
        fail('erase');
        items.delete(item);
      },
      newest: async function* (count) {
        yield* [...items.keys()].slice(-count);
      },
    },
    directories: newestOfSubject(),
    subscriptions: newestOfSubject(),
  };
  return stores;
}

function newestOfSubject(): NewestOfSubject {
  const texts = new Map<string, Uint8Array>();
  return {
    put: async (subject, bytes) => void texts.set(subject, bytes),
    readAll: async function* () {
      for (const [subject, bytes] of texts) yield { subject, bytes };
    },
  };
}

/** Opens a hub over the stores, with the world's documents in its trust folder. */
export async function openMemoryHub(
  world: RegionWorld,
  stores: MemoryStores = memoryStores(),
  { clock = systemClock, itemsPerMinute = 100_000 }: { readonly clock?: Clock; readonly itemsPerMinute?: number } = {},
): Promise<MemoryHub> {
  const folder = await mkdtemp(join(tmpdir(), 'liaison-hub-trust-'));
  await writeTrust(folder, world);
  const heads = headCache();
  const trust = await openHubTrust({
    hub: world.hub,
    key: world.hubSigner.kid,
    folder,
    kept: stores.directories,
    clock,
    onRefused: (_file, error) => {
      throw error;
    },
  });
  const log = await openHubLog(stores, clock);
  const subscriptions = await openSubscriptions({ kept: stores.subscriptions, trust, heads, clock });
  const suspended = new Set<NationCode>();
  const isSuspended = (nation: NationCode): boolean => suspended.has(nation);
  const onBug = (error: unknown): void => {
    if (!(error instanceof BusError)) throw error;
  };
  const head = headOf(world.hub, world.hubSigner, log.state, clock);
  const requests = answerRequests({
    log,
    trust,
    subscriptions,
    heads,
    head,
    isSuspended,
    clock,
    onAnswered: () => undefined,
    onBug,
  });
  trust.onChange(() => requests.trustChanged());
  const queue = itemQueue(log, async (entries) => {
    requests.contentChanged();
    requests.pulls.wake(entries);
  });
  const take = takeItems({
    queue,
    trust,
    heads,
    isSuspended,
    limits: allowances(clock),
    itemsPerMinute,
    clock,
    onItem: () => undefined,
    onFailure: onBug,
  });
  let change: (reply: HubReply, office: OfficeId) => HubReply = (reply) => reply;
  return {
    log,
    requests,
    trust,
    folder,
    suspended,
    port: (office) => ({
      hub: world.hub,
      publish: async (topic, item) => {
        const answer = await new Promise<Uint8Array>((resolve) => {
          take({ subject: regionSubject({ ...topic, from: office }), bytes: item, answer: resolve });
        });
        parseHubAnswer(answer);
      },
      request: async (bytes) => {
        const answer = await new Promise<Uint8Array>((resolve) => {
          requests.take({ subject: hubRequestSubject(office), bytes, answer: resolve });
        });
        return hubReplyCodec.encode(change(hubReplyCodec.decode(answer), office));
      },
    }),
    tamper: (next) => {
      change = next;
    },
    stop: async () => {
      requests.pulls.release();
      await queue.drained();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Puts the world's documents where a hub reads them. */
export async function writeTrust(folder: string, world: RegionWorld): Promise<void> {
  for (const name of ['agreements', 'directories']) await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, 'agreements', `${world.agreementId}.json`), world.agreement);
  for (const [nation, bytes] of world.directories)
    await writeFile(join(folder, 'directories', `${nation}.json`), bytes);
}
