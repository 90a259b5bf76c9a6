import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  EMPTY_HUB_LOG,
  extendHubLog,
  type MadeRegionItem,
  topicTokens,
  verifyHubHead,
  verifyRegionItem,
} from '../../../services/core/envelope/index.ts';
import {
  days,
  later,
  type OfficeId,
  parseOfficeId,
  seconds,
  systemClock,
} from '../../../services/core/foundation/index.ts';
import { headCache, hubKeys } from '../../../services/core/trust/index.ts';
import {
  Corridor,
  CrimeArea,
  DataCategory,
  type HubPull,
  type HubReply,
  hubReplyCodec,
  hubRequestCodec,
  type Init,
  regionItemCodec,
  type SignedHubHead,
  Urgency,
} from '../../../services/core/wire/index.ts';
import { type MemoryHub, type MemoryStores, memoryStores, openMemoryHub } from '../../support/memory-hub.ts';
import { makeRegionWorld, type RegionWorld, regionArticle, TOPIC } from '../../support/region-world.ts';

const th = parseOfficeId('th-chiang-khong');
const th2 = parseOfficeId('th-mae-sai');
const la = parseOfficeId('la-houayxay');
const mm = parseOfficeId('mm-tachileik');
const WAIT = seconds(5);
const running: MemoryHub[] = [];
let world: RegionWorld;

beforeAll(async () => {
  world = await makeRegionWorld([th, th2, la, mm]);
});
afterEach(async () => {
  for (const hub of running.splice(0)) await hub.stop();
});

async function open(
  options: Parameters<typeof openMemoryHub>[2] = {},
  stores?: MemoryStores,
  of = world,
): Promise<MemoryHub> {
  const hub = await openMemoryHub(of, stores, options);
  running.push(hub);
  return hub;
}

function publish(hub: MemoryHub, item: MadeRegionItem, from = item.header.from as OfficeId): Promise<void> {
  const topic = topicTokens(item.header.corridor, item.header.crimeArea);
  if (topic === undefined) throw new Error('no topic');
  return hub.port(from).publish(topic, item.bytes, WAIT);
}

async function ask(hub: MemoryHub, office: OfficeId, request: Uint8Array): Promise<HubReply> {
  return hubReplyCodec.decode(await hub.port(office).request(request, WAIT));
}

function pull(hub: MemoryHub, office: OfficeId, changes: Init<HubPull> = {}): Promise<HubReply> {
  const request = { after: 0, waitMs: 0, maxBytes: 1024 * 1024, ...changes };
  return ask(hub, office, hubRequestCodec.encode({ pull: { ...request, directories: held(changes) } }));
}

/** Holds every directory, unless a test says otherwise. */
function held(changes: Init<HubPull>): readonly { nation: string; sequence: number }[] {
  if (changes.directories !== undefined) return changes.directories as never;
  return ['TH', 'LA', 'MM'].map((nation) => ({ nation, sequence: 1000 }));
}

const refusedAs = (refused: string) => expect.objectContaining({ code: 'BUS_PEER_REFUSED', context: { refused } });

describe('a hub that takes items in', () => {
  it('stores an item once, whoever repeats it, and hands it to subscribers as it came', async () => {
    const hub = await open();
    const speaker = world.speaker(th);
    expect((await ask(hub, la, await world.speaker(la).subscribe())).refused).toBe('');
    const item = await speaker.release();
    await publish(hub, item);
    await publish(hub, item);
    expect(hub.log.state.size()).toBe(1);
    const { entries, through } = await pull(hub, la);
    expect(entries.map(({ sequence }) => sequence)).toEqual([1]);
    expect(Buffer.from(entries[0]?.item ?? []).equals(Buffer.from(item.bytes))).toBe(true);
    expect(through).toBe(1);
  });

  it('vouches with its key for all that it has taken in', async () => {
    const hub = await open();
    const speaker = world.speaker(th);
    const items = [await speaker.release(), await speaker.release()];
    for (const item of items) await publish(hub, item);
    const { head } = await pull(hub, la);
    const keyOf = hubKeys(hub.trust.agreements(), systemClock.now(), seconds(300));
    const verified = verifyHubHead(head as SignedHubHead, { keyOf, heads: headCache(), now: systemClock.now() });
    expect(verified.head.size).toBe(2);
    const digest = items.reduce((before, { bytes }) => extendHubLog(before, bytes), EMPTY_HUB_LOG);
    expect(Buffer.from(verified.head.digest).equals(Buffer.from(digest))).toBe(true);
  });

  it('refuses what comes on the subject of another office, or of another topic', async () => {
    const hub = await open();
    const item = await world.speaker(th).release();
    await expect(publish(hub, item, la)).rejects.toEqual(refusedAs('HUB_TOPIC_MISMATCH'));
    const other = topicTokens(Corridor.OTHER, TOPIC.crimeArea);
    await expect(hub.port(th).publish(other as never, item.bytes, WAIT)).rejects.toEqual(
      refusedAs('HUB_TOPIC_MISMATCH'),
    );
    expect(hub.log.state.size()).toBe(0);
  });

  it('refuses what does not verify: altered, without a part, or signed by a stranger', async () => {
    const hub = await open();
    const item = await world.speaker(th).release();
    const decoded = regionItemCodec.decode(item.bytes);
    const topic = topicTokens(TOPIC.corridor, TOPIC.crimeArea) as NonNullable<ReturnType<typeof topicTokens>>;
    const without = regionItemCodec.encode({ ...decoded, parts: decoded.parts.slice(1) });
    await expect(hub.port(th).publish(topic, without, WAIT)).rejects.toMatchObject({ code: 'BUS_PEER_REFUSED' });
    await expect(hub.port(th).publish(topic, item.bytes.subarray(1), WAIT)).rejects.toMatchObject({
      code: 'BUS_PEER_REFUSED',
    });
    const stranger = (await makeRegionWorld([th, la])).speaker(th);
    await expect(publish(hub, await stranger.release())).rejects.toEqual(refusedAs('TRUST_KEY_UNKNOWN'));
    expect(hub.log.state.size()).toBe(0);
  });

  it('refuses a second, different item under a number of the topic', async () => {
    const hub = await open();
    const speaker = world.speaker(th);
    const item = await speaker.release();
    await publish(hub, item);
    await expect(publish(hub, await speaker.forkLast(item))).rejects.toEqual(refusedAs('HUB_NUMBER_TAKEN'));
  });

  it('refuses what no article of the agreement that it names lets out', async () => {
    const narrow = await makeRegionWorld(
      [th, la],
      [regionArticle({ corridors: [Corridor.OTHER], dataCategories: [DataCategory.CORE, DataCategory.FREE_TEXT] })],
    );
    const hub = await open({}, memoryStores(), narrow);
    await expect(publish(hub, await narrow.speaker(th).release())).rejects.toEqual(refusedAs('HUB_NOT_ENTITLED'));
    await publish(hub, await narrow.speaker(th).release({ corridor: Corridor.OTHER }));
    const bare = await makeRegionWorld([th, la], [regionArticle({ dataCategories: [DataCategory.CORE] })]);
    const other = await open({}, memoryStores(), bare);
    await expect(publish(other, await bare.speaker(th).release())).rejects.toEqual(refusedAs('HUB_NOT_ENTITLED'));
  });

  it('takes from each office only its share', async () => {
    const hub = await open({ itemsPerMinute: 2 });
    const speaker = world.speaker(th);
    await publish(hub, await speaker.release());
    await publish(hub, await speaker.release());
    await expect(publish(hub, await speaker.release())).rejects.toEqual(refusedAs('HUB_RATE_EXCEEDED'));
    await publish(hub, await world.speaker(la).release());
  });

  it('neither takes from nor answers a nation that is suspended, and answers it again afterwards', async () => {
    const hub = await open();
    hub.suspended.add('TH' as never);
    const speaker = world.speaker(th);
    const item = await speaker.release();
    await expect(publish(hub, item)).rejects.toEqual(refusedAs('HUB_NATION_SUSPENDED'));
    expect((await ask(hub, th, await speaker.subscribe())).refused).toBe('HUB_NATION_SUSPENDED');
    hub.suspended.clear();
    await publish(hub, item);
  });
});

describe('a hub that is ended at any step', () => {
  it.each(['content', 'append', 'after-append'] as const)(
    'has the item once or not at all when it ended at: %s',
    async (step) => {
      const stores = memoryStores();
      const first = await open({}, stores);
      const speaker = world.speaker(th);
      await publish(first, await speaker.release());
      const item = await speaker.release();
      stores.failAt = step;
      await expect(publish(first, item)).rejects.toEqual(refusedAs('HUB_NOT_STORED'));
      stores.failAt = 'never';
      const again = await open({}, stores);
      expect(again.log.state.size()).toBe(step === 'after-append' ? 2 : 1);
      // What no entry names is gone; what one names is there.
      expect(stores.content.items.size).toBe(again.log.state.size());
      await publish(again, item);
      expect(again.log.state.size()).toBe(2);
      await ask(again, la, await world.speaker(la).subscribe({ backfillDays: 1 }));
      expect((await pull(again, la)).entries).toHaveLength(2);
    },
  );

  it('erases each once, however often it is withdrawn', async () => {
    const stores = memoryStores();
    const hub = await open({}, stores);
    const speaker = world.speaker(th);
    const item = await speaker.release({ text: 'To be withdrawn' });
    await publish(hub, item);
    let erasures = 0;
    const { erase } = stores.content;
    Object.assign(stores.content, {
      erase: async (digest: Parameters<typeof erase>[0]) => {
        erasures++;
        await erase(digest);
      },
    });
    for (let times = 0; times < 3; times++) await publish(hub, await speaker.withdraw(item));
    expect(erasures).toBe(1);
    expect(hub.log.state.size()).toBe(4);
  });

  it('erases what was withdrawn, also where it ended before it could', async () => {
    const stores = memoryStores();
    const hub = await open({}, stores);
    const speaker = world.speaker(th);
    const item = await speaker.release({ text: 'To be withdrawn' });
    await publish(hub, item);
    expect(stores.content.items.size).toBe(1);
    stores.failAt = 'erase';
    await publish(hub, await speaker.withdraw(item));
    expect(stores.content.items.size).toBe(2);
    stores.failAt = 'never';
    const again = await open({}, stores);
    await again.log.sweep();
    // The withdrawal itself stays.
    expect(stores.content.items.size).toBe(1);
    const everything = Buffer.concat([...stores.log.batches, ...stores.content.items.values()]).toString('latin1');
    expect(everything).not.toContain('To be withdrawn');
  });

  it('does not start over a log of which an entry is missing', async () => {
    const stores = memoryStores();
    const hub = await open({}, stores);
    const speaker = world.speaker(th);
    for (let times = 0; times < 3; times++) await publish(hub, await speaker.release());
    stores.log.batches.splice(1, 1);
    await expect(openMemoryHub(world, stores)).rejects.toMatchObject({ code: 'HUB_LOG_INVALID' });
  });
});

describe('what a subscriber gets', () => {
  it('is answered at once when something comes, and after its time when nothing does', async () => {
    const hub = await open();
    await ask(hub, la, await world.speaker(la).subscribe());
    const waiting = pull(hub, la, { waitMs: 20_000 });
    const elsewhere = pull(hub, mm, { waitMs: 300 });
    await publish(hub, await world.speaker(th).release());
    expect((await waiting).entries).toHaveLength(1);
    expect((await elsewhere).entries).toEqual([]);
    expect(hub.requests.pulls.waiting()).toBe(0);
  });

  it('is what it subscribed to, and nothing of its own', async () => {
    const hub = await open();
    await ask(hub, la, await world.speaker(la).subscribe({ crimeAreas: [CrimeArea.DRUGS], nations: ['TH'] }));
    await publish(hub, await world.speaker(th).release());
    await publish(hub, await world.speaker(th2).release({ crimeArea: CrimeArea.DRUGS }));
    await publish(hub, await world.speaker(mm).release({ crimeArea: CrimeArea.DRUGS }));
    await publish(hub, await world.speaker(la).release({ crimeArea: CrimeArea.DRUGS }));
    const { entries, through } = await pull(hub, la);
    expect(entries.map(({ sequence }) => sequence)).toEqual([2]);
    expect(through).toBe(4);
  });

  it('is what came since it subscribed, and before that as far back as it may reach', async () => {
    let now = systemClock.now();
    const clock = { now: () => now };
    const hub = await open({ clock });
    const speaker = world.speaker(th);
    await publish(hub, await speaker.release());
    now = later(now, days(3));
    await publish(hub, await speaker.release());
    now = later(now, seconds(1));
    await ask(hub, la, await world.speaker(la).subscribe());
    expect((await pull(hub, la)).entries).toEqual([]);
    await ask(hub, mm, await world.speaker(mm).subscribe({ backfillDays: 1 }));
    expect((await pull(hub, mm)).entries.map(({ sequence }) => sequence)).toEqual([2]);
    await publish(hub, await speaker.release());
    expect((await pull(hub, la)).entries.map(({ sequence }) => sequence)).toEqual([3]);
  });

  it('ends when it says so', async () => {
    const hub = await open();
    const speaker = world.speaker(la);
    await ask(hub, la, await speaker.subscribe({ atMs: systemClock.now() - 10 }));
    await ask(hub, la, await speaker.subscribe({ ended: true }));
    await publish(hub, await world.speaker(th).release());
    expect((await pull(hub, la)).entries).toEqual([]);
  });

  it('is not what was withdrawn, but that it was', async () => {
    const hub = await open();
    await ask(hub, la, await world.speaker(la).subscribe({ backfillDays: 1 }));
    const speaker = world.speaker(th);
    const item = await speaker.release({ text: 'To be withdrawn' });
    await publish(hub, item);
    expect(Buffer.from((await pull(hub, la)).entries[0]?.item ?? []).includes('To be withdrawn')).toBe(true);
    const withdrawal = await speaker.withdraw(item);
    await publish(hub, withdrawal);
    const { entries } = await pull(hub, la);
    expect(entries.map(({ sequence }) => sequence)).toEqual([2]);
    expect(Buffer.from(entries[0]?.item ?? []).equals(Buffer.from(withdrawal.bytes))).toBe(true);
  });

  it('is not what was said again after it was withdrawn', async () => {
    const stores = memoryStores();
    const hub = await open({}, stores);
    await ask(hub, la, await world.speaker(la).subscribe());
    const speaker = world.speaker(th);
    const item = await speaker.release();
    await publish(hub, await speaker.withdraw(item));
    await publish(hub, item);
    expect((await pull(hub, la)).entries.map(({ sequence }) => sequence)).toEqual([1]);
    expect(stores.content.items.size).toBe(1);
  });

  it('is not what the agreement lets nobody keep any longer', async () => {
    let now = systemClock.now();
    const stores = memoryStores();
    const hub = await open({ clock: { now: () => now } }, stores);
    await ask(hub, la, await world.speaker(la).subscribe());
    await publish(hub, await world.speaker(th).release());
    now = later(now, days(31));
    expect((await pull(hub, la)).entries).toEqual([]);
    expect(await hub.log.sweep()).toBe(1);
    expect(stores.content.items.size).toBe(0);
  });

  it('is not what was released under an article that does not name it', async () => {
    const two = await makeRegionWorld(
      [th, la, mm],
      [regionArticle({ subscribers: [la] }), regionArticle({ id: 'r2', subscribers: [la, mm] })],
    );
    const hub = await open({}, memoryStores(), two);
    for (const office of [la, mm]) await ask(hub, office, await two.speaker(office).subscribe());
    await publish(hub, await two.speaker(th).release());
    const whole = (await pull(hub, la)).entries[0]?.item as Uint8Array;
    expect(() =>
      verifyRegionItem(whole, {
        keyOf: hub.trust.keyOf(systemClock.now()),
        heads: headCache(),
        now: systemClock.now(),
      }),
    ).not.toThrow();
    expect((await pull(hub, mm)).entries).toEqual([]);
  });

  it('comes in pieces of the size that it asks for', async () => {
    const hub = await open();
    await ask(hub, la, await world.speaker(la).subscribe());
    const speaker = world.speaker(th);
    for (let times = 0; times < 3; times++) await publish(hub, await speaker.release());
    const first = await pull(hub, la, { maxBytes: 1 });
    expect(first.entries.map(({ sequence }) => sequence)).toEqual([1]);
    expect(first.through).toBe(1);
    const second = await pull(hub, la, { after: first.through });
    expect(second.entries.map(({ sequence }) => sequence)).toEqual([2, 3]);
  });
});

describe('what a hub refuses to a subscriber', () => {
  it.each([
    ['HUB_SUBSCRIPTION_BEYOND', { crimeAreas: [CrimeArea.TERRORISM] }],
    ['HUB_SUBSCRIPTION_BEYOND', { corridors: [Corridor.OTHER] }],
    ['HUB_SUBSCRIPTION_BEYOND', { nations: ['VN'] }],
    ['HUB_SUBSCRIPTION_BEYOND', { backfillDays: 31 }],
    ['HUB_REQUEST_INVALID', { office: mm }],
  ])('answers %s to %j', async (code, asked) => {
    const narrow = await makeRegionWorld(
      [th, la, mm],
      [regionArticle({ crimeAreas: [CrimeArea.DRUGS], corridors: [Corridor.GOLDEN_TRIANGLE] })],
    );
    const hub = await open({}, memoryStores(), narrow);
    const speaker = 'office' in asked ? narrow.speaker(mm) : narrow.speaker(la);
    const reply = await ask(hub, la, await speaker.subscribe(asked));
    expect(reply.refused).toBe(code);
    expect(reply.head).toBeNull();
  });

  it('keeps to the newest text of a subscription', async () => {
    const hub = await open();
    const speaker = world.speaker(la);
    const older = await speaker.subscribe({ atMs: systemClock.now() - 1000, ended: true });
    const newer = await speaker.subscribe();
    expect((await ask(hub, la, newer)).refused).toBe('');
    expect((await ask(hub, la, newer)).refused).toBe('');
    expect((await ask(hub, la, older)).refused).toBe('HUB_SUBSCRIPTION_OLD');
  });

  it('lets an office have so many subscriptions and no more', async () => {
    const hub = await open();
    const speaker = world.speaker(la);
    for (let id = 0; id < 32; id++) await ask(hub, la, await speaker.subscribe({ id: `s${id}` }));
    expect((await ask(hub, la, await speaker.subscribe({ id: 'more' }))).refused).toBe('HUB_SUBSCRIPTION_TOO_MANY');
  });

  it('answers what is no request with a code', async () => {
    const hub = await open();
    expect((await ask(hub, la, new Uint8Array([255, 255]))).refused).toBe('HUB_REQUEST_INVALID');
    expect((await ask(hub, la, new Uint8Array())).refused).toBe('HUB_REQUEST_INVALID');
  });

  it('answers an office of no agreement with a code', async () => {
    const hub = await open();
    const stranger = parseOfficeId('vn-mong-cai');
    const elsewhere = await makeRegionWorld([stranger, la]);
    expect((await ask(hub, stranger, await elsewhere.speaker(stranger).subscribe())).refused).toBe(
      'HUB_OFFICE_UNKNOWN',
    );
  });
});

describe('directories and statuses at a hub', () => {
  it('hands the newest directory on, and never takes an older one or one of another root', async () => {
    const own = await makeRegionWorld([th, la]);
    const stores = memoryStores();
    const hub = await open({}, stores, own);
    const first = own.directories.get('TH' as never) as Uint8Array;
    const next = await own.nextDirectory('TH' as never);
    const waiting = pull(hub, la, {
      waitMs: 20_000,
      directories: [
        { nation: 'TH', sequence: 1 },
        { nation: 'LA', sequence: 1 },
      ],
    });
    expect((await ask(hub, th, hubRequestCodec.encode({ directory: { document: next } }))).refused).toBe('');
    expect((await waiting).directories.map((bytes) => Buffer.from(bytes).equals(Buffer.from(next)))).toEqual([true]);
    expect((await ask(hub, th, hubRequestCodec.encode({ directory: { document: first } }))).refused).toBe(
      'TRUST_DIRECTORY_ROLLBACK',
    );
    const forged = await (await makeRegionWorld([th, la])).nextDirectory('TH' as never);
    expect((await ask(hub, th, hubRequestCodec.encode({ directory: { document: forged } }))).refused).toBe(
      'TRUST_DIRECTORY_ROOT_MISMATCH',
    );
    // A hub that starts again over its stores still has it, though its folder has the older one.
    const again = await open({}, stores, own);
    const held = [
      { nation: 'TH', sequence: 1 },
      { nation: 'LA', sequence: 1 },
    ];
    expect((await pull(again, la, { directories: held })).directories).toHaveLength(1);
  });

  it('trusts no agreement that does not name it with its key', async () => {
    const hub = await open();
    const foreign = await makeRegionWorld([th, la]);
    await writeFile(join(hub.folder, 'agreements', 'foreign.json'), foreign.agreement);
    await expect(hub.trust.refresh()).rejects.toMatchObject({ code: 'HUB_AGREEMENT_FOREIGN' });
    expect([...hub.trust.agreements().values()].map(({ document }) => Buffer.from(document.bytes))).toEqual([
      Buffer.from(world.agreement),
    ]);
  });

  it("hands an office's newest word on itself to the others, once", async () => {
    const hub = await open();
    await ask(hub, la, await world.speaker(la).subscribe());
    const speaker = world.speaker(th);
    await speaker.release();
    expect((await ask(hub, th, await speaker.status(7))).refused).toBe('');
    expect((await pull(hub, la)).statuses).toHaveLength(1);
    expect((await pull(hub, la)).statuses).toEqual([]);
    expect((await pull(hub, mm)).statuses).toEqual([]);
    expect((await ask(hub, la, await speaker.status(7))).refused).toBe('HUB_REQUEST_INVALID');
  });
});

describe('openMemoryHub', () => {
  it('lets a test change what offices are told', async () => {
    const hub = await open();
    await ask(hub, la, await world.speaker(la).subscribe());
    await publish(hub, await world.speaker(th).release({ urgency: Urgency.IMMEDIATE }));
    hub.tamper((reply, office) => (office === la ? { ...reply, entries: [] } : reply));
    expect((await pull(hub, la)).entries).toEqual([]);
  });
});
