import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BusConnection, createContentBatches, ensureOfficeStreams } from '../../services/core/bus/index.ts';
import {
  type Clock,
  days,
  digestOf,
  type EpochMs,
  later,
  systemClock,
  utf8,
} from '../../services/core/foundation/index.ts';
import { openContentStore } from '../../services/core/ledger/index.ts';
import type { ContentRef } from '../../services/core/wire/index.ts';
import { eventually } from '../support/eventually.ts';
import { officeId, startOfficeServer, TEST_BOUNDS, type TestOffice } from '../support/nats/start-office-server.ts';

const office = officeId('th-chiang-khong');
const DAY = 86_400_000;
let running: TestOffice;
let connection: BusConnection;

beforeAll(async () => {
  running = await startOfficeServer({ office });
  connection = await running.connect(running.nodeKey);
  await ensureOfficeStreams(connection, { office, inboundPeers: [], bounds: TEST_BOUNDS });
});
afterAll(async () => {
  await connection.close();
  await running.server.stop();
});

const opened = (clock: Clock = systemClock) =>
  openContentStore({ store: createContentBatches(connection), clock, cacheBytes: 0 });
const body = (size: number): Uint8Array => new Uint8Array(randomBytes(size));
const tomorrow = () => later(systemClock.now(), days(1));

/** The files of the server's store that hold these bytes. */
async function filesHolding(bytes: Uint8Array): Promise<string[]> {
  const store = join(running.server.folder, 'store');
  const entries = await readdir(store, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const held = await Promise.all(paths.map(async (path) => (await readFile(path)).includes(Buffer.from(bytes))));
  return paths.filter((_, at) => held[at]);
}

describe('content on a real server', () => {
  it('is read back by another process, also after a crash of the server', async () => {
    const items = [1, 1000, 786_432].map((size) => ({ bytes: body(size), expiresAt: tomorrow() }));
    const refs = await opened().put(items);
    await running.server.kill9();
    await running.server.start();
    const content = opened();
    for (const [at, ref] of refs.entries())
      expect(digestOf((await eventually(() => content.get(ref))) ?? new Uint8Array())).toBe(
        digestOf(items[at]?.bytes ?? new Uint8Array()),
      );
    expect(await content.scrub(refs)).toMatchObject({ checked: 3, ended: 0, findings: [] });
    expect((await content.scrubAll()).findings).toEqual([]);
  });

  it('leaves no trace of one erased body on the disk, and all the others of its batch', async () => {
    const texts = ['one', 'two', 'three'].map((name) => `${name} ${digestOf(body(32))}`);
    const refs = await opened().put(texts.map((text) => ({ bytes: utf8(text), expiresAt: tomorrow() })));
    expect(new Set(refs.map(({ batch }) => batch)).size).toBe(1);
    expect(await filesHolding(utf8(texts[1] ?? ''))).not.toEqual([]);
    const content = opened();
    await content.erase([refs[1] as ContentRef]);
    await content.removeEnded();
    expect(await filesHolding(utf8(texts[1] ?? ''))).toEqual([]);
    await running.server.kill9();
    await running.server.start();
    expect(await filesHolding(utf8(texts[1] ?? ''))).toEqual([]);
    const again = opened();
    await expect(eventually(() => again.get(refs[0] as ContentRef))).resolves.toEqual(utf8(texts[0] ?? ''));
    await expect(again.get(refs[1] as ContentRef)).rejects.toMatchObject({ code: 'LEDGER_CONTENT_ERASED' });
    await expect(again.get(refs[2] as ContentRef)).resolves.toEqual(utf8(texts[2] ?? ''));
  }, 30_000);

  it('is gone from the disk when its day is over', async () => {
    // An hour after midnight the batch ends; this clock stands one and a half seconds before that.
    const midnight = Math.floor(systemClock.now() / DAY) * DAY;
    const clock = { now: () => (midnight + 3_600_000 - 1500) as EpochMs };
    const yesterday = (midnight - 1000) as EpochMs;
    const [ref] = (await opened(clock).put([{ bytes: body(100), expiresAt: yesterday }])) as [ContentRef];
    const store = createContentBatches(connection);
    const name = { day: ref.day, batchId: ref.batch };
    expect(await store.get(name)).toBeDefined();
    expect(await opened(clock).get(ref)).toBeUndefined();
    await eventually(async () => expect(await store.get(name)).toBeUndefined(), { withinMs: 10_000, everyMs: 100 });
  });

  it('leaves no trace on the disk when its retention was ended', async () => {
    const midnight = Math.floor(systemClock.now() / DAY) * DAY;
    const at = (ms: number): Clock => ({ now: () => (midnight + ms) as EpochMs });
    const marker = (name: string): Uint8Array => utf8(`${name} ${digestOf(body(32))}`);
    const ended = marker('ended');
    const kept = marker('kept');
    const content = opened(at(-1000));
    await content.put([
      { bytes: kept, expiresAt: (midnight + DAY) as EpochMs },
      { bytes: ended, expiresAt: (midnight - 1000) as EpochMs },
    ]);
    expect([await filesHolding(ended), await filesHolding(kept)].map((files) => files.length > 0)).toEqual([
      true,
      true,
    ]);
    expect(await opened(at(1_800_000)).removeEnded()).toBe(1);
    expect(await filesHolding(ended)).toEqual([]);
    await running.server.kill9();
    await running.server.start();
    expect(await eventually(() => opened(at(1_800_000)).removeEnded())).toBe(0);
    expect(await filesHolding(ended)).toEqual([]);
    expect(await filesHolding(kept)).not.toEqual([]);
  });

  it('says so when a batch was removed before its time', async () => {
    const [ref] = (await opened().put([{ bytes: body(100), expiresAt: tomorrow() }])) as [ContentRef];
    await createContentBatches(connection).remove({ day: ref.day, batchId: ref.batch });
    await expect(opened().get(ref)).rejects.toMatchObject({ code: 'LEDGER_CONTENT_MISSING' });
    expect((await opened().scrub([ref])).findings).toMatchObject([{ code: 'LEDGER_CONTENT_MISSING', index: 0 }]);
  });

  it('takes the same batch twice without harm', async () => {
    const content = opened();
    const item = { bytes: body(50), expiresAt: tomorrow() };
    const [one] = (await content.put([item])) as [ContentRef];
    const [other] = (await content.put([item])) as [ContentRef];
    expect(other).toEqual(one);
    expect(await content.get(one)).toEqual(item.bytes);
  });
});
