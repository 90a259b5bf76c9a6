import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BusConnection, createAppendLog, ensureOfficeStreams } from '../../services/core/bus/index.ts';
import { type Digest, seconds, systemClock } from '../../services/core/foundation/index.ts';
import { type Ledger, type LedgerEvent, openLedger, verifyLedger } from '../../services/core/ledger/index.ts';
import type { LedgerRecord } from '../../services/core/wire/index.ts';
import { eventually } from '../support/eventually.ts';
import { officeId, startOfficeServer, TEST_BOUNDS, type TestOffice } from '../support/nats/start-office-server.ts';

const office = officeId('th-chiang-khong');
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

const retrieved = (by: string): LedgerEvent => ({ messageRetrieved: { origin: 'la-houayxay', envelopeId: 'x', by } });
const storeOf = (bus = connection) => createAppendLog(bus, { answerTimeoutMs: seconds(1) });

interface Opened {
  readonly ledger: Ledger;
  readonly seen: Map<number, { readonly by: string | undefined; readonly digest: Digest }>;
}

async function open(bus?: BusConnection): Promise<Opened> {
  const seen: Opened['seen'] = new Map();
  const onRecord = (record: LedgerRecord, digest: Digest): void => {
    if (seen.has(record.number)) throw new Error('given twice');
    seen.set(record.number, { by: record.messageRetrieved?.by, digest });
  };
  const ledger = await openLedger({
    store: storeOf(bus),
    clock: systemClock,
    office,
    random: (size) => new Uint8Array(randomBytes(size)),
    onRecord,
  });
  return { ledger, seen };
}

async function* batches(): AsyncGenerator<Uint8Array> {
  for await (const { bytes } of storeOf().readAll(1)) yield bytes;
}
const verify = () => verifyLedger(batches(), { office, signatures: 'not checked', witnessed: [] });

/** Appends one record after the other until told to stop; what was acknowledged, by its name. */
function appender(
  ledger: Ledger,
  name: string,
  acknowledged: Map<string, { readonly number: number; readonly digest: Digest }>,
  stop: () => boolean,
): Promise<void> {
  const one = async (at: number): Promise<void> => {
    if (stop()) return;
    const by = `${name}-${at}`;
    const [appended] = await ledger.append([retrieved(by)]);
    if (appended !== undefined) acknowledged.set(by, { number: appended.record.number, digest: appended.digest });
    await one(at + 1);
  };
  return one(0);
}

describe('a ledger on a real server', () => {
  let current: Opened;
  beforeEach(async () => {
    current = await eventually(() => open());
  });

  it('is founded once, and goes on over restarts of the node', async () => {
    const { ledger } = current;
    await ledger.append([retrieved('a'), retrieved('b')]);
    const chain = ledger.chainId;
    await ledger.close();
    const again = await open();
    expect(again.ledger.chainId).toEqual(chain);
    expect(again.seen).toEqual(current.seen);
    await again.ledger.append([retrieved('c')]);
    expect((await verify()).intact).toBe(true);
  });

  it('loses no acknowledged record and reuses no number when the server is killed during appends', async () => {
    const { ledger, seen } = current;
    const acknowledged = new Map<string, { readonly number: number; readonly digest: Digest }>();
    let stopping = false;
    const appenders = Array.from({ length: 16 }, (_, at) =>
      appender(ledger, `appender-${at}`, acknowledged, () => stopping),
    );
    for (let kill = 0; kill < 3; kill++) {
      const before = acknowledged.size;
      await eventually(() => expect(acknowledged.size).toBeGreaterThan(before + 200), { withinMs: 20_000 });
      await running.server.kill9();
      await running.server.start();
    }
    stopping = true;
    await Promise.all(appenders);
    expect(ledger.failure()).toBeUndefined();
    const again = await open();
    for (const [by, { number, digest }] of acknowledged) {
      expect(seen.get(number)).toEqual({ by, digest });
      expect(again.seen.get(number)).toEqual({ by, digest });
    }
    expect(again.seen).toEqual(seen);
    expect(new Set([...acknowledged.values()].map(({ number }) => number)).size).toBe(acknowledged.size);
    const { intact, head } = await verify();
    expect([intact, head.number]).toEqual([true, seen.size]);
  }, 60_000);

  it('closes when nobody can say what became of an append, and the next start finds what was stored and goes on', async () => {
    await current.ledger.close();
    const own = await running.connect(running.nodeKey);
    const { ledger } = await open(own);
    const [before] = await ledger.append([retrieved('before')]);
    await running.server.kill9();
    const appends = ['while it was away', 'behind it'].map((by) => ledger.append([retrieved(by)]));
    const codes = appends.map((append) =>
      append.then(
        () => 'resolved',
        ({ code }: { code: string }) => code,
      ),
    );
    await own.close();
    expect(await Promise.all(codes)).toEqual(['LEDGER_APPEND_UNDECIDED', 'LEDGER_APPEND_UNDECIDED']);
    expect(ledger.failure()?.code).toBe('LEDGER_APPEND_UNDECIDED');
    await expect(ledger.append([retrieved('too late')])).rejects.toMatchObject({ code: 'LEDGER_CLOSED' });
    await running.server.start();
    const again = await eventually(() => open());
    expect(again.seen.get(before?.record.number ?? 0)).toEqual({ by: 'before', digest: before?.digest });
    await again.ledger.append([retrieved('after')]);
    const { intact, head } = await verify();
    expect([intact, head.number]).toEqual([true, again.ledger.head().number]);
  }, 60_000);

  it('closes the older of two writers, whose append is not stored', async () => {
    const older = current.ledger;
    const newer = await open();
    await newer.ledger.append([retrieved('newer')]);
    await expect(older.append([retrieved('older')])).rejects.toMatchObject({ code: 'LEDGER_FENCE_LOST' });
    await newer.ledger.append([retrieved('newer still')]);
    const again = await open();
    expect(again.seen).toEqual(newer.seen);
    expect([...again.seen.values()].map(({ by }) => by)).not.toContain('older');
  });

  it('reads and compares what is on disk', async () => {
    const { ledger, seen } = current;
    const head = ledger.head();
    await Promise.all(Array.from({ length: 600 }, (_, at) => ledger.append([retrieved(`more-${at}`)])));
    const numbers: number[] = [];
    for await (const { record, digest } of ledger.records(head.number)) {
      numbers.push(record.number);
      expect(seen.get(record.number)?.digest).toBe(digest);
    }
    expect(numbers).toEqual(Array.from({ length: 601 }, (_, at) => head.number + at));
    expect(await ledger.compareHead(head)).toBe('same');
    expect(await ledger.compareHead({ ...head, number: head.number + 1 })).toBe('different');
    expect(await ledger.compareHead({ ...head, number: head.number + 601 })).toBe('ahead');
  });
});
