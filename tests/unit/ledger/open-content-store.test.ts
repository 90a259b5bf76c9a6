import { describe, expect, it } from 'vitest';
import { type EpochMs, sha256, utf8 } from '../../../services/core/foundation/index.ts';
import { openContentStore } from '../../../services/core/ledger/index.ts';
import type { ContentRef } from '../../../services/core/wire/index.ts';
import { codeOf, fakeClock, NOON } from './fixtures.ts';
import { memoryBatches } from './memory-stores.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

function opened(options: { maxBatchBytes?: number; maxQueuedBytes?: number; cacheBytes?: number } = {}) {
  const { cacheBytes = 1 << 20, ...limits } = options;
  const store = memoryBatches();
  const clock = fakeClock();
  return { store, clock, content: openContentStore({ store, clock, limits, cacheBytes }) };
}

const item = (text: string, days = 1) => ({ bytes: utf8(text), expiresAt: (NOON + days * DAY) as EpochMs });
const one = async (refs: Promise<readonly ContentRef[]>): Promise<ContentRef> => (await refs)[0] as ContentRef;

function flip(store: ReturnType<typeof memoryBatches>, find: string): void {
  for (const batch of store.batches.values()) {
    const at = Buffer.from(batch.bytes).indexOf(find);
    if (at >= 0) batch.bytes[at] = (batch.bytes[at] ?? 0) ^ 1;
  }
}

describe('ContentStore.put', () => {
  it('gives a reference by day, place, digest and size', async () => {
    const { content, store } = opened();
    const [a, b] = await content.put([item('first'), item('second')]);
    expect(a).toMatchObject({ day: '20260302', index: 0, size: 5, digest: sha256(utf8('first')) });
    expect(b).toMatchObject({ day: '20260302', index: 1, size: 6, batch: a?.batch });
    expect(a?.batch).toMatch(/^[0-9a-f]{32}$/);
    expect(store.puts()).toBe(1);
  });

  it('keeps a batch to one hour after the end of its day', async () => {
    const { content, store } = opened();
    await content.put([item('a', 0)]);
    expect([...store.batches.values()][0]?.ttlMs).toBe(12 * HOUR + HOUR);
  });

  it('keeps bodies of different days apart, in the order of the items', async () => {
    const { content, store } = opened();
    const refs = await content.put([item('a', 1), item('b', 2), item('c', 1)]);
    expect(refs.map(({ day }) => day)).toEqual(['20260302', '20260303', '20260302']);
    expect(await Promise.all(refs.map((ref) => content.get(ref)))).toEqual(['a', 'b', 'c'].map(utf8));
    expect(store.puts()).toBe(2);
  });

  it('sends what waits while the disk is busy in one message', async () => {
    const { content, store } = opened();
    const gate = store.hold();
    const first = content.put([item('first')]);
    await new Promise(setImmediate);
    const others = Array.from({ length: 50 }, (_, at) => content.put([item(`${at}`)]));
    gate.release();
    await Promise.all([first, ...others]);
    expect(store.puts()).toBe(2);
    for (const [at, put] of others.entries()) expect(await content.get(await one(put))).toEqual(utf8(`${at}`));
  });

  it('keeps each message to the store below its bound', async () => {
    const { content, store } = opened({ maxBatchBytes: 1000 });
    await content.put(Array.from({ length: 40 }, (_, at) => item(`${at}`.padEnd(130, '.'))));
    const sizes = [...store.batches.values()].map(({ bytes }) => bytes.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1000);
    expect(sizes.length).toBe(6);
  });

  it('takes a body of 768 KiB and refuses one byte more', async () => {
    const { content } = opened();
    const expiresAt = (NOON + DAY) as EpochMs;
    const ref = await one(content.put([{ bytes: new Uint8Array(768 * 1024), expiresAt }]));
    expect(ref.size).toBe(786_432);
    expect(await codeOf(content.put([{ bytes: new Uint8Array(768 * 1024 + 1), expiresAt }]))).toBe(
      'LEDGER_CONTENT_TOO_LARGE',
    );
  });

  it('refuses a body whose retention is over, and all that was put with it', async () => {
    const { content, store } = opened();
    expect(await codeOf(content.put([item('a'), item('b', -2)]))).toBe('LEDGER_CONTENT_EXPIRED');
    expect(store.puts()).toBe(0);
  });

  it('refuses a body whose retention ended while it waited', async () => {
    const { content, clock, store } = opened();
    const put = content.put([item('a', 0)]);
    clock.set(NOON + 2 * DAY);
    expect(await codeOf(put)).toBe('LEDGER_CONTENT_EXPIRED');
    expect(store.puts()).toBe(0);
  });

  it('rejects what could not be written, and writes again afterwards', async () => {
    const { content, store } = opened();
    store.failPuts(true);
    expect(await codeOf(content.put([item('a')]))).toBe('LEDGER_CONTENT_PUT_FAILED');
    store.failPuts(false);
    expect(await content.get(await one(content.put([item('b')])))).toEqual(utf8('b'));
  });

  it('turns bodies away when too much waits, until there is room', async () => {
    const { content, store } = opened({ maxQueuedBytes: 1000 });
    const gate = store.hold();
    const first = content.put([item('first')]);
    await new Promise(setImmediate);
    const waiting = content.put([item('x'.repeat(1200))]);
    expect(await codeOf(content.put([item('b')]))).toBe('LEDGER_OVERLOADED');
    let room = false;
    const whenRoom = content.whenRoom().then(() => {
      room = true;
    });
    await new Promise(setImmediate);
    expect(room).toBe(false);
    gate.release();
    await Promise.all([first, waiting, whenRoom]);
    expect(await codeOf(content.put([item('b')]))).toBe('resolved');
  });

  it('keeps what was given, not what the caller makes of it afterwards', async () => {
    const { content } = opened();
    const bytes = utf8('as it was');
    const put = content.put([{ bytes, expiresAt: (NOON + DAY) as EpochMs }]);
    bytes.fill(0);
    expect(await content.get(await one(put))).toEqual(utf8('as it was'));
  });
});

describe('ContentStore.get', () => {
  it('reads from the disk what another process put, once for all bodies of a batch', async () => {
    const { content, store, clock } = opened();
    const refs = await content.put([item('a'), item('b')]);
    const again = openContentStore({ store, clock });
    expect(await Promise.all(refs.map((ref) => again.get(ref)))).toEqual([utf8('a'), utf8('b')]);
    expect(store.gets()).toBe(1);
  });

  it('gives nothing once the day is over, whether the store still has it or not', async () => {
    const { content, clock, store } = opened();
    const ref = await one(content.put([item('a', 0)]));
    clock.set(NOON + 12 * HOUR - 1);
    expect(await content.get(ref)).toEqual(utf8('a'));
    clock.set(NOON + 12 * HOUR);
    expect(await content.get(ref)).toBeUndefined();
    expect(store.gets()).toBe(0);
  });

  it('says so when a body is gone before its time', async () => {
    const { content, store } = opened({ cacheBytes: 0 });
    const ref = await one(content.put([item('a')]));
    store.batches.clear();
    expect(await codeOf(content.get(ref))).toBe('LEDGER_CONTENT_MISSING');
  });

  it('says so when the store does not answer, and asks again the next time', async () => {
    const { content, store } = opened({ cacheBytes: 0 });
    const ref = await one(content.put([item('a')]));
    store.failGets(true);
    expect(await codeOf(content.get(ref))).toBe('LEDGER_CONTENT_UNREADABLE');
    store.failGets(false);
    expect(await content.get(ref)).toEqual(utf8('a'));
  });

  it.each([
    ['another digest', (ref: ContentRef) => ({ ...ref, digest: sha256(utf8('b')) })],
    ['no digest', (ref: ContentRef) => ({ ...ref, digest: new Uint8Array() })],
    ['another size', (ref: ContentRef) => ({ ...ref, size: 2 })],
    ['a place that the batch does not have', (ref: ContentRef) => ({ ...ref, index: 7 })],
  ])('refuses a reference with %s', async (_what, alter) => {
    const { content } = opened();
    const ref = await one(content.put([item('a')]));
    expect(await codeOf(content.get(alter(ref)))).toBe('LEDGER_CONTENT_DAMAGED');
  });

  it('refuses a batch in which a bit of another body has flipped', async () => {
    const { content, store } = opened({ cacheBytes: 0 });
    const refs = await content.put([item('whole'), item('damaged')]);
    flip(store, 'damaged');
    expect(await Promise.all(refs.map((ref) => codeOf(content.get(ref))))).toEqual([
      'LEDGER_CONTENT_DAMAGED',
      'LEDGER_CONTENT_DAMAGED',
    ]);
  });

  it('keeps no more in memory than it may', async () => {
    const { content, store } = opened({ cacheBytes: 250 });
    const refs = [];
    for (const text of ['a', 'b', 'c']) refs.push(await one(content.put([item(text.repeat(100))])));
    for (const ref of refs.slice(1)) await content.get(ref);
    expect(store.gets()).toBe(0);
    await content.get(refs[0] as ContentRef);
    expect(store.gets()).toBe(1);
  });

  it('gives a copy of its own to every reader', async () => {
    const { content } = opened();
    const ref = await one(content.put([item('a')]));
    (await content.get(ref))?.fill(0);
    expect(await content.get(ref)).toEqual(utf8('a'));
  });
});

describe('ContentStore.scrub', () => {
  it('reports what is missing or damaged on disk, although it is in memory, and counts what has ended', async () => {
    const { content, store, clock } = opened();
    const [ended] = await content.put([item('ended', 0)]);
    const [whole, damaged] = [await one(content.put([item('whole')])), await one(content.put([item('damaged')]))];
    const missing = await one(content.put([item('missing', 3)]));
    flip(store, 'damaged');
    store.batches.delete(`${missing.day}.${missing.batch}`);
    clock.set(NOON + DAY);
    const report = await content.scrub([ended, whole, damaged, missing] as ContentRef[]);
    expect(report).toEqual({
      checked: 4,
      ended: 1,
      dropped: 0,
      findings: [
        { code: 'LEDGER_CONTENT_DAMAGED', day: damaged.day, batch: damaged.batch, index: 0 },
        { code: 'LEDGER_CONTENT_MISSING', day: missing.day, batch: missing.batch, index: 0 },
      ],
    });
  });

  it('reads each batch once for references that stand together', async () => {
    const { content, store } = opened();
    const refs = await content.put(Array.from({ length: 20 }, (_, at) => item(`${at}`)));
    expect((await content.scrub(refs)).findings).toEqual([]);
    expect(store.gets()).toBe(1);
  });

  it('lists at most a thousand findings and counts the rest', async () => {
    const { content, store } = opened();
    const refs = await content.put(Array.from({ length: 1003 }, (_, at) => item(`${at}`)));
    store.batches.clear();
    const report = await content.scrub(refs);
    expect([report.checked, report.findings.length, report.dropped]).toEqual([1003, 1000, 3]);
  });
});

describe('ContentStore.scrubAll', () => {
  it('finds a damaged batch without any reference to it', async () => {
    const { content, store } = opened();
    await content.put([item('whole')]);
    const damaged = await one(content.put([item('damaged')]));
    flip(store, 'damaged');
    expect(await content.scrubAll()).toEqual({
      checked: 2,
      ended: 0,
      dropped: 0,
      findings: [{ code: 'LEDGER_CONTENT_DAMAGED', day: damaged.day, batch: damaged.batch, index: -1 }],
    });
  });

  it('goes on past a batch that the store does not give', async () => {
    const { content, store } = opened();
    await content.put([item('a')]);
    store.failGets(true);
    expect((await content.scrubAll()).findings.map(({ code }) => code)).toEqual(['LEDGER_CONTENT_UNREADABLE']);
  });
});

describe('ContentStore.removeEnded', () => {
  const MINUTE = 60_000;
  /** The end of the day that an item for today is kept to. */
  const midnight = NOON + 12 * HOUR;

  it('removes what is over from ten minutes after the end of its day, and nothing else', async () => {
    const { content, store, clock } = opened();
    await content.put([item('today', 0), item('tomorrow', 1)]);
    clock.set(midnight + 10 * MINUTE - 1);
    expect(await content.removeEnded()).toBe(0);
    clock.set(midnight + 10 * MINUTE);
    expect(await content.removeEnded()).toBe(1);
    expect([...store.batches.values()].map(({ bytes }) => Buffer.from(bytes).includes('tomorrow'))).toEqual([true]);
    expect(await content.removeEnded()).toBe(0);
  });

  it('tries every batch, and says when one was left', async () => {
    const { content, store, clock } = opened({ maxBatchBytes: 10 });
    await content.put([item('one', 0), item('two', 0), item('three', 0)]);
    expect(store.batches.size).toBe(3);
    store.failNextRemove();
    clock.set(midnight + HOUR);
    expect(await codeOf(content.removeEnded())).toBe('LEDGER_CONTENT_NOT_REMOVED');
    expect(store.batches.size).toBe(1);
    expect(await content.removeEnded()).toBe(1);
  });
});
