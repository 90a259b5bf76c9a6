import { describe, expect, it } from 'vitest';
import { sha256, toHex } from '../../../services/core/foundation/index.ts';
import { contentBatchCodec } from '../../../services/core/wire/index.ts';
import { writeProbe } from '../../../services/office/write-probe.ts';
import { testClock } from './document-fixtures.ts';

function probeOver(put: (day: string, batchId: string, bytes: Uint8Array, ttlMs: number) => Promise<void>) {
  const time = testClock();
  let counter = 0;
  const random = (size: number): Uint8Array => new Uint8Array(size).fill(++counter);
  return {
    time,
    probe: writeProbe({ put: ({ day, batchId }, bytes, ttlMs) => put(day, batchId, bytes, ttlMs) }, time.clock, random),
  };
}

describe('writeProbe', () => {
  it('writes a sound batch that ends after a minute', async () => {
    const puts: unknown[][] = [];
    const { probe } = probeOver(async (...put) => void puts.push(put));
    expect(await probe.passes()).toBe(true);
    const [[day, batchId, bytes, ttlMs]] = puts as [[string, string, Uint8Array, number]];
    expect([day, ttlMs]).toEqual(['20260301', 60_000]);
    const { items } = contentBatchCodec.decode(bytes);
    expect(items).toHaveLength(1);
    expect(batchId).toBe(toHex(sha256(sha256(items[0] as Uint8Array)).subarray(0, 16)));
  });

  it('writes once in five seconds, and never twice at once', async () => {
    let puts = 0;
    const { probe, time } = probeOver(async () => void puts++);
    await Promise.all([probe.passes(), probe.passes()]);
    time.move(4999);
    await probe.passes();
    expect(puts).toBe(1);
    time.move(1);
    await probe.passes();
    expect(puts).toBe(2);
  });

  it('fails when the write fails, and tries again at the next time', async () => {
    let full = true;
    const { probe } = probeOver(async () => {
      if (full) throw new TypeError('full');
    });
    expect(await probe.passes()).toBe(false);
    full = false;
    expect(await probe.passes()).toBe(true);
  });
});
