import { connect, nkeyAuthenticator } from 'nats';
import { connectBus, openHubClient } from '../../services/core/bus/index.ts';
import { verifyHubHead, verifyRegionItem } from '../../services/core/envelope/index.ts';
import {
  type Digest,
  digestOf,
  durationMs,
  type HubId,
  type KeyId,
  type NationCode,
  type OfficeId,
  seconds,
  systemClock,
} from '../../services/core/foundation/index.ts';
import { inboxPrefixOf } from '../../services/core/subjects/index.ts';
import { createTrustStore, headCache, hubKeys } from '../../services/core/trust/index.ts';
import { hubReplyCodec, hubRequestCodec, type SignedHubHead } from '../../services/core/wire/index.ts';

/** What the subscribers' process is told. */
export interface SubscribersTask {
  readonly hub: HubId;
  readonly nation: NationCode;
  readonly root: KeyId;
  readonly agreement: Uint8Array;
  readonly directories: readonly Uint8Array[];
  readonly offices: readonly {
    readonly office: OfficeId;
    readonly url: string;
    readonly seed: string;
    readonly subscribe: Uint8Array;
  }[];
}

/** What it tells: when each subscriber had verified what, by the machine's monotonic clock. */
export type SubscriberMessage =
  | { readonly kind: 'here' | 'ready' }
  | {
      readonly kind: 'got';
      readonly what: readonly (readonly [key: string, atMs: number])[];
      /** How long each verification took that was a whole one. */
      readonly verifiedMs: readonly number[];
      /** Answers to pulls. */
      readonly replies: number;
    };

const WAIT_MS = 20_000;
const TELL_EVERY_MS = 250;
const CONNECT_WITHIN_MS = seconds(60);
const CONNECT_AT_ONCE = 4;
const CONNECT_TRIES = 5;
/** So many items are known by their digest at a time: more than are under way. */
const MAX_VERIFIED = 10_000;

/** The machine's monotonic clock, the same in every process. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}

/** Subscribes every office over its own link, and pulls and verifies until the process is ended. */
export async function runSubscribers(task: SubscribersTask, tell: (message: SubscriberMessage) => void): Promise<void> {
  const now = systemClock.now();
  let trust = await createTrustStore({ nation: task.nation, root: task.root }).installAgreement(task.agreement, now);
  for (const directory of task.directories) trust = await trust.installDirectory(directory, now);
  const heads = headCache();
  const got: (readonly [string, number])[] = [];
  const verifiedMs: number[] = [];
  let replies = 0;
  setInterval(() => {
    if (got.length > 0 || replies > 0)
      tell({ kind: 'got', what: got.splice(0), verifiedMs: verifiedMs.splice(0), replies });
    replies = 0;
  }, TELL_EVERY_MS);

  // Seventy offices have seventy machines for this. Here the first of them that gets an item verifies all of it, and
  // the others find by the digest of what they got that it is the same.
  const known = new Map<Digest, string>();
  const verify = (item: Uint8Array): string => {
    const digest = digestOf(item);
    const found = known.get(digest);
    if (found !== undefined) return found;
    const at = systemClock.now();
    const began = monotonicMs();
    const { from, number } = verifyRegionItem(item, { keyOf: trust.keysForArrival(at), heads, now: at });
    verifiedMs.push(monotonicMs() - began);
    if (known.size >= MAX_VERIFIED) known.clear();
    known.set(digest, `${from}/${number}`);
    return `${from}/${number}`;
  };
  const follow = async ({ office, url, seed, subscribe }: SubscribersTask['offices'][number]): Promise<void> => {
    const connection = await again(() =>
      connectBus({
        servers: [url],
        nkeySeed: seed,
        inboxPrefix: inboxPrefixOf(office),
        name: office,
        signal: new AbortController().signal,
        connectTimeoutMs: CONNECT_WITHIN_MS,
      }),
    );
    const client = openHubClient(connection, { hub: task.hub, office });
    const raw = await again(() =>
      connect({
        servers: [url],
        authenticator: nkeyAuthenticator(Buffer.from(seed)),
        inboxPrefix: inboxPrefixOf(office),
        timeout: CONNECT_WITHIN_MS,
        maxReconnectAttempts: -1,
      }),
    );
    raw.subscribe(`${inboxPrefixOf(office)}.raw`, {
      callback: (error, message) => {
        if (error === null) got.push([`raw/${Buffer.from(message.data.subarray(0, 8)).toString()}`, monotonicMs()]);
      },
    });
    await raw.flush();
    for (;;) {
      try {
        const { refused } = hubReplyCodec.decode(await client.request(subscribe, seconds(5)));
        if (refused === '') break;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
    void (async () => {
      let after = 0;
      const directories = [...trust.directories].map(([nation, { directory }]) => ({
        nation,
        sequence: directory.sequence,
      }));
      for (;;) {
        const pull = hubRequestCodec.encode({ pull: { after, waitMs: WAIT_MS, maxBytes: 1_000_000, directories } });
        try {
          const reply = hubReplyCodec.decode(await client.request(pull, durationMs(WAIT_MS + 10_000)));
          replies += 1;
          for (const { item } of reply.entries) got.push([verify(item), monotonicMs()]);
          const at = systemClock.now();
          const keyOf = hubKeys(trust.agreements, at, seconds(300));
          verifyHubHead(reply.head as SignedHubHead, { keyOf, heads, now: at });
          after = reply.through;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    })();
  };
  // A few at a time: seventy handshakes at once are no part of what is measured.
  const left = [...task.offices];
  const connectThem = async (): Promise<void> => {
    for (let office = left.shift(); office !== undefined; office = left.shift()) await follow(office);
  };
  await Promise.all(Array.from({ length: CONNECT_AT_ONCE }, connectThem));
  tell({ kind: 'ready' });
}

/** A server on a busy machine may need more than one try. */
export async function again<T>(open: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await open();
    } catch (error) {
      if (tries === CONNECT_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
