import { describe, expect, it } from 'vitest';
import { framedSize, MAX_BATCH_BYTES, MAX_ITEM_BYTES } from '../../../services/core/ledger/limits.ts';
import { sizedQueue } from '../../../services/core/ledger/sized-queue.ts';
import { contentBatchCodec, ledgerBatchCodec } from '../../../services/core/wire/index.ts';

describe('sizedQueue', () => {
  it('gives the oldest items that fit, and one that is too large alone', () => {
    const queue = sizedQueue<string>();
    for (const [item, size] of [
      ['a', 4],
      ['b', 4],
      ['c', 20],
      ['d', 2],
      ['e', 8],
    ] as const)
      queue.push(item, size);
    expect([queue.take(10), queue.take(10), queue.take(10), queue.take(10)]).toEqual([
      ['a', 'b'],
      ['c'],
      ['d', 'e'],
      [],
    ]);
    expect([queue.size(), queue.isEmpty()]).toEqual([0, true]);
  });

  it('keeps order and sizes over many thousands of items', () => {
    const queue = sizedQueue<number>();
    const taken: number[] = [];
    for (let item = 0; item < 20_000; item++) {
      queue.push(item, 3);
      if (item % 3 === 0) taken.push(...queue.take(6));
    }
    expect(queue.size()).toBe((20_000 - taken.length) * 3);
    taken.push(...queue.drain());
    expect(taken).toEqual(Array.from({ length: 20_000 }, (_, item) => item));
  });

  it('tells when less waits than a mark', async () => {
    const queue = sizedQueue<string>();
    queue.push('a', 10);
    queue.push('b', 10);
    let told = false;
    const below = queue.below(15).then(() => {
      told = true;
    });
    await Promise.resolve();
    expect(told).toBe(false);
    queue.take(10);
    await below;
    await queue.below(15);
  });
});

describe('framedSize', () => {
  it.each([0, 1, 125, 126, 127, 128, 129, 200, 16_383, 16_384, MAX_ITEM_BYTES])(
    'is not less than %i bytes take in a batch',
    (length) => {
      const two = [new Uint8Array(length), new Uint8Array(length)];
      expect(ledgerBatchCodec.encode({ records: two }).length).toBeLessThanOrEqual(2 * framedSize(length));
      expect(contentBatchCodec.encode({ items: two }).length).toBeLessThanOrEqual(2 * framedSize(length));
    },
  );

  it('lets no more items into a batch than its reader takes', () => {
    const most = Math.floor(MAX_BATCH_BYTES / framedSize(1));
    const bytes = ledgerBatchCodec.encode({ records: Array.from({ length: most }, () => new Uint8Array(1)) });
    expect(ledgerBatchCodec.decode(bytes).records).toHaveLength(most);
  });
});
