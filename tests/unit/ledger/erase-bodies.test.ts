import { describe, expect, it } from 'vitest';
import { type EpochMs, sha256, utf8 } from '../../../services/core/foundation/index.ts';
import { openContentStore } from '../../../services/core/ledger/index.ts';
import { type ContentRef, contentBatchCodec } from '../../../services/core/wire/index.ts';
import { codeOf, fakeClock, NOON } from './fixtures.ts';
import { type MemoryBatches, memoryBatches } from './memory-stores.ts';

const DAY = 86_400_000;

async function stored(...texts: string[]) {
  const store = memoryBatches();
  const clock = fakeClock();
  const content = openContentStore({ store, clock });
  const refs = await content.put(texts.map((text) => ({ bytes: utf8(text), expiresAt: (NOON + DAY) as EpochMs })));
  return { store, clock, content, refs, ref: (at: number) => refs[at] as ContentRef };
}

const holds = (store: MemoryBatches, text: string): boolean =>
  [...store.batches.values()].some(({ bytes }) => Buffer.from(bytes).includes(text));

describe('ContentStore.erase', () => {
  it('takes one body out of its batch and leaves the references to the others valid', async () => {
    const { store, content, refs, ref } = await stored('first', 'second', 'third');
    await content.erase([ref(1)]);
    expect(holds(store, 'second')).toBe(false);
    expect(await codeOf(content.get(ref(1)))).toBe('LEDGER_CONTENT_ERASED');
    expect(await content.get(ref(0))).toEqual(utf8('first'));
    expect(await content.get(ref(2))).toEqual(utf8('third'));
    expect((await content.scrubAll()).findings).toEqual([]);
    expect((await content.scrub(refs)).findings).toMatchObject([{ code: 'LEDGER_CONTENT_MISSING', index: 1 }]);
  });

  it('keeps no copy of it in memory', async () => {
    const { content, ref, store } = await stored('first', 'second');
    await content.get(ref(0));
    await content.erase([ref(0)]);
    store.failGets(true);
    expect(await codeOf(content.get(ref(0)))).toBe('LEDGER_CONTENT_UNREADABLE');
  });

  it('is not undone by a reader that had read the batch before', async () => {
    const { store, clock, ref } = await stored('first', 'second');
    const content = openContentStore({ store, clock });
    const reading = content.get(ref(1));
    await content.erase([ref(0)]);
    await reading;
    expect(await codeOf(content.get(ref(0)))).toBe('LEDGER_CONTENT_ERASED');
  });

  it('may be called again, also for a batch of which more and more is erased', async () => {
    const { store, content, ref } = await stored('first', 'second');
    await Promise.all([content.erase([ref(0)]), content.erase([ref(0)]), content.erase([ref(1), ref(0)])]);
    expect(await codeOf(content.get(ref(0)))).toBe('LEDGER_CONTENT_ERASED');
    expect(await codeOf(content.get(ref(1)))).toBe('LEDGER_CONTENT_ERASED');
    expect(holds(store, 'first') || holds(store, 'second')).toBe(false);
  });

  it('keeps the end of the batch where it was', async () => {
    const { store, content, ref, clock } = await stored('first');
    clock.set(NOON + DAY);
    await content.erase([ref(0)]);
    expect([...store.batches.values()][0]?.ttlMs).toBe(12 * 3_600_000 + 3_600_000);
  });

  it('removes the batch where its day is over', async () => {
    const { store, content, ref, clock } = await stored('first');
    clock.set(NOON + 2 * DAY);
    await content.erase([ref(0)]);
    expect(store.batches.size).toBe(0);
  });

  it('finds nothing to do where the batch has ended', async () => {
    const { store, content, ref } = await stored('first');
    store.batches.clear();
    await content.erase([ref(0)]);
    expect(store.batches.size).toBe(0);
  });

  it('erases nothing on the strength of a reference to other bytes', async () => {
    const { store, content, ref } = await stored('first', 'second');
    const wrong = { ...ref(0), digest: sha256(utf8('other')) };
    expect(await codeOf(content.erase([wrong]))).toBe('LEDGER_CONTENT_DAMAGED');
    expect(holds(store, 'first')).toBe(true);
  });

  it('says when the store did not do it, and tried the others', async () => {
    const { store, content, ref } = await stored('first');
    store.failPuts(true);
    expect(await codeOf(content.erase([ref(0)]))).toBe('LEDGER_CONTENT_NOT_ERASED');
    store.failPuts(false);
    await content.erase([ref(0)]);
    expect(holds(store, 'first')).toBe(false);
  });

  it('takes no batch for whole in which an erased body has another digest', async () => {
    const { store, content, ref } = await stored('first', 'second');
    await content.erase([ref(0)]);
    for (const batch of store.batches.values()) {
      const { items, erased } = contentBatchCodec.decode(batch.bytes);
      batch.bytes = contentBatchCodec.encode({ items, erased: [{ index: 0, digest: sha256(utf8(`not ${erased}`)) }] });
    }
    expect((await content.scrubAll()).findings).toMatchObject([{ code: 'LEDGER_CONTENT_DAMAGED' }]);
  });

  it('takes no batch for whole in which an erased body still has bytes', async () => {
    const { store, content } = await stored('first', 'second');
    for (const batch of store.batches.values()) {
      const { items } = contentBatchCodec.decode(batch.bytes);
      batch.bytes = contentBatchCodec.encode({ items, erased: [{ index: 0, digest: sha256(utf8('first')) }] });
    }
    expect((await content.scrubAll()).findings).toMatchObject([{ code: 'LEDGER_CONTENT_DAMAGED' }]);
  });
});
