import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BusConnection,
  createAppendLog,
  createContentBatches,
  ensureOfficeStreams,
} from '../../services/core/bus/index.ts';
import { byteCount, days, later, systemClock } from '../../services/core/foundation/index.ts';
import { type LedgerEvent, openContentStore, openLedger, verifyLedger } from '../../services/core/ledger/index.ts';
import type { ContentRef } from '../../services/core/wire/index.ts';
import { officeId, startOfficeServer, TEST_BOUNDS, type TestOffice } from '../support/nats/start-office-server.ts';

const office = officeId('th-chiang-khong');
const random = (size: number): Uint8Array => new Uint8Array(randomBytes(size));
const MIB = 1024 * 1024;
let running: TestOffice;
let connection: BusConnection;

beforeAll(async () => {
  running = await startOfficeServer({ office });
  connection = await running.connect(running.nodeKey);
  const bounds = { ...TEST_BOUNDS, ledgerBytes: byteCount(4 * MIB), contentBytes: byteCount(4 * MIB) };
  await ensureOfficeStreams(connection, { office, inboundPeers: [], bounds });
});
afterAll(async () => {
  await connection.close();
  await running.server.stop();
});

describe('a full store', () => {
  it('closes the ledger with a coded error; nothing is half written, and all that was acknowledged is there', async () => {
    const store = createAppendLog(connection);
    const ledger = await openLedger({ store, clock: systemClock, office, random, onRecord: () => undefined });
    const large: LedgerEvent = {
      messageRetrieved: { origin: 'la-houayxay', envelopeId: 'x', by: 'y'.repeat(100_000) },
    };
    let acknowledged = 1;
    let failure: { code?: string; cause?: { code?: string } } = {};
    for (let at = 0; at < 40 && failure.code === undefined; at++) {
      await ledger.append([large, large, large]).then(
        () => {
          acknowledged += 3;
        },
        (error: typeof failure) => {
          failure = error;
        },
      );
    }
    expect([failure.code, failure.cause?.code]).toEqual(['LEDGER_APPEND_FAILED', 'BUS_STORE_FULL']);
    expect(acknowledged).toBeGreaterThan(10);
    await expect(ledger.append([large])).rejects.toMatchObject({ code: 'LEDGER_CLOSED' });
    async function* batches(): AsyncGenerator<Uint8Array> {
      for await (const { bytes } of store.readAll(1)) yield bytes;
    }
    expect(await verifyLedger(batches(), { office, signatures: 'not checked', witnessed: [] })).toMatchObject({
      intact: true,
      head: { number: acknowledged },
    });
  });

  it('refuses content with a coded error and keeps what it has', async () => {
    const content = openContentStore({ store: createContentBatches(connection), clock: systemClock, cacheBytes: 0 });
    const expiresAt = later(systemClock.now(), days(3));
    const kept: { ref: ContentRef | undefined; bytes: Uint8Array }[] = [];
    let failure: { code?: string; cause?: { code?: string } } = {};
    for (let at = 0; at < 40 && failure.code === undefined; at++) {
      const bytes = random(400_000);
      await content.put([{ bytes, expiresAt }]).then(
        ([ref]) => {
          kept.push({ ref, bytes });
        },
        (error: typeof failure) => {
          failure = error;
        },
      );
    }
    expect([failure.code, failure.cause?.code]).toEqual(['LEDGER_CONTENT_PUT_FAILED', 'BUS_STORE_FULL']);
    expect(kept.length).toBeGreaterThan(4);
    for (const { ref, bytes } of kept) {
      if (ref === undefined) throw new Error('no reference');
      expect(Buffer.from(bytes).equals((await content.get(ref)) ?? new Uint8Array())).toBe(true);
    }
    expect((await content.scrubAll()).findings).toEqual([]);
  });
});
