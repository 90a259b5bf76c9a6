import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AppendLog,
  type BusConnection,
  createAppendLog,
  ensureOfficeStreams,
  MAX_BODY_BYTES,
} from '../../services/core/bus/index.ts';
import { fromUtf8, seconds, utf8 } from '../../services/core/foundation/index.ts';
import { eventually } from '../support/eventually.ts';
import { officeId, startOfficeServer, TEST_BOUNDS, type TestOffice } from '../support/nats/start-office-server.ts';

const office = officeId('th-chiang-khong');
let running: TestOffice;
let connection: BusConnection;
let log: AppendLog;
let last: number;

beforeAll(async () => {
  running = await startOfficeServer({ office });
  connection = await running.connect(running.nodeKey);
  await ensureOfficeStreams(connection, { office, inboundPeers: [], bounds: TEST_BOUNDS });
});
afterAll(async () => {
  await connection.close();
  await running.server.stop();
});
beforeEach(async () => {
  log = createAppendLog(connection, { answerTimeoutMs: seconds(1) });
  last = await eventually(() => log.lastSeq());
});

async function readTexts(from: number): Promise<string[]> {
  const texts: string[] = [];
  for await (const entry of log.readAll(from)) texts.push(fromUtf8(entry.bytes));
  return texts;
}

describe('AppendLog', () => {
  it('is empty at first', async () => {
    expect(last).toBe(0);
    expect(await readTexts(1)).toEqual([]);
  });

  it('stores one after the other and reads them back in order', async () => {
    for (const text of ['a', 'b', 'c']) last = (await log.append(utf8(text), last)).seq;
    expect(await log.lastSeq()).toBe(last);
    expect(await readTexts(last - 2)).toEqual(['a', 'b', 'c']);
    expect(await readTexts(last)).toEqual(['c']);
    expect(await readTexts(last + 1)).toEqual([]);
  });

  it("refuses an append after another writer's, and stores nothing", async () => {
    const { seq } = await log.append(utf8('first'), last);
    await expect(log.append(utf8('second'), last)).rejects.toMatchObject({ code: 'BUS_FENCE_LOST' });
    expect(await log.lastSeq()).toBe(seq);
  });

  it('refuses what no message of the stream can hold', async () => {
    await expect(log.append(new Uint8Array(MAX_BODY_BYTES + 1), last)).rejects.toMatchObject({ code: 'BUS_TOO_LARGE' });
    await log.append(new Uint8Array(MAX_BODY_BYTES), last);
    expect(await log.lastSeq()).toBe(last + 1);
  });

  it('reads more than one batch', async () => {
    const first = last + 1;
    for (let at = 0; at < 1200; at += 1) last = (await log.append(utf8(String(at)), last)).seq;
    const texts = await readTexts(first);
    expect(texts).toHaveLength(1200);
    expect(texts.every((text, at) => text === String(at))).toBe(true);
  }, 30_000);

  it('carries an append over a crash of the server, and keeps what it had acknowledged', async () => {
    last = (await log.append(utf8('before the crash'), last)).seq;
    await running.server.kill9();
    const appended = log.append(utf8('during the crash'), last);
    await running.server.start();
    expect(await appended).toEqual({ seq: last + 1 });
    expect(await readTexts(last)).toEqual(['before the crash', 'during the crash']);
  }, 30_000);

  it('finds an append whose answer was lost, instead of storing it twice', async () => {
    await running.server.freeze();
    const impatient = createAppendLog(connection, { answerTimeoutMs: seconds(0.2) });
    const appended = impatient.append(utf8('answered late'), last);
    await new Promise((resolve) => setTimeout(resolve, 600));
    running.server.thaw();
    expect(await appended).toEqual({ seq: last + 1 });
    await eventually(async () => expect(await readTexts(last + 1)).toEqual(['answered late']));
  }, 30_000);

  it('gives up as undecided when the server stays away after it may have stored the append', async () => {
    await running.server.freeze();
    const impatient = createAppendLog(connection, { answerTimeoutMs: seconds(0.1), giveUpAfterMs: seconds(0.3) });
    await expect(impatient.append(utf8('never told'), last)).rejects.toMatchObject({ code: 'BUS_APPEND_UNDECIDED' });
    running.server.thaw();
    await eventually(async () => expect(await readTexts(last + 1)).toContain('never told'));
  }, 30_000);

  it('tells a full stream from other failures', async () => {
    const small = await startOfficeServer({ office: officeId('la-houayxay') });
    const other = await small.connect(small.nodeKey);
    try {
      await ensureOfficeStreams(other, {
        office: small.office,
        inboundPeers: [],
        bounds: { ...TEST_BOUNDS, ledgerBytes: 4096 as never },
      });
      const full = createAppendLog(other);
      await full.append(new Uint8Array(3000), 0);
      await expect(full.append(new Uint8Array(3000), 1)).rejects.toMatchObject({ code: 'BUS_STORE_FULL' });
    } finally {
      await other.close();
      await small.server.stop();
    }
  }, 30_000);
});
