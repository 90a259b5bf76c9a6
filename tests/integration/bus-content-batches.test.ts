import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askServer } from '../../services/core/bus/ask-server.ts';
import {
  type BusConnection,
  type ContentBatches,
  createContentBatches,
  ensureOfficeStreams,
  MAX_BODY_BYTES,
} from '../../services/core/bus/index.ts';
import { readLastOfSubject } from '../../services/core/bus/read-stream.ts';
import { days, fromUtf8, newOpaqueId, seconds, utf8 } from '../../services/core/foundation/index.ts';
import { CONTENT_STREAM, type ContentParts, contentSubject } from '../../services/core/subjects/index.ts';
import { eventually } from '../support/eventually.ts';
import { officeId, startOfficeServer, TEST_BOUNDS, type TestOffice } from '../support/nats/start-office-server.ts';

const office = officeId('th-chiang-khong');
let running: TestOffice;
let connection: BusConnection;
let content: ContentBatches;

function newBatch(day = '20271122'): ContentParts {
  return { day, batchId: newOpaqueId() };
}

async function listed(): Promise<string[]> {
  const ids: string[] = [];
  for await (const batch of content.list()) ids.push(batch.batchId);
  return ids;
}

beforeAll(async () => {
  running = await startOfficeServer({ office });
  connection = await running.connect(running.nodeKey);
  await ensureOfficeStreams(connection, { office, inboundPeers: [], bounds: TEST_BOUNDS });
  content = createContentBatches(connection);
});
afterAll(async () => {
  await connection?.close();
  await running?.server.stop();
});

describe('ContentBatches', () => {
  it('gives back what was put, and nothing for what never was', async () => {
    const batch = newBatch();
    await content.put(batch, utf8('bodies'), days(1));
    expect(fromUtf8((await content.get(batch)) ?? new Uint8Array())).toBe('bodies');
    expect(await content.get(newBatch())).toBeUndefined();
    expect(await content.get({ ...batch, day: '20271123' })).toBeUndefined();
  });

  it('takes the same batch again, and refuses other bytes under its id', async () => {
    const batch = newBatch();
    await content.put(batch, utf8('bodies'), days(1));
    await content.put(batch, utf8('bodies'), days(1));
    await expect(content.put(batch, utf8('others'), days(1))).rejects.toMatchObject({ code: 'BUS_CONTENT_DIFFERS' });
    expect(fromUtf8((await content.get(batch)) ?? new Uint8Array())).toBe('bodies');
  });

  it('ends a batch after its time', async () => {
    const batch = newBatch();
    await content.put(batch, utf8('short-lived'), seconds(1));
    expect(await content.get(batch)).toBeDefined();
    await eventually(async () => expect(await content.get(batch)).toBeUndefined(), { withinMs: 8000 });
  }, 15_000);

  it('removes a batch before its time, once or twice, and leaves no trace of its bytes on disk', async () => {
    const batch = newBatch();
    const bytes = Buffer.from(createHash('sha512').update(batch.batchId).digest('hex'));
    await content.put(batch, bytes, days(1));
    expect(await storeHolds(bytes)).toBe(true);
    await content.remove(batch);
    await content.remove(batch);
    expect(await content.get(batch)).toBeUndefined();
    expect(await storeHolds(bytes)).toBe(false);
  });

  it('replaces a batch, and leaves no trace of what was there on disk', async () => {
    const batch = newBatch();
    const secret = markOf(batch, 'before');
    await content.put(batch, secret, days(1));
    await content.replace(batch, utf8('after'), days(1));
    await content.replace(batch, utf8('after'), days(1));
    expect(fromUtf8((await content.get(batch)) ?? new Uint8Array())).toBe('after');
    expect(await storeHolds(secret)).toBe(false);
  });

  it('ends a replacement that was killed before the old bytes were overwritten', async () => {
    const batch = newBatch();
    const secret = markOf(batch, 'before');
    await content.put(batch, secret, days(1));
    await running.server.kill9();
    await running.server.start();
    await eventually(() => content.get(batch));
    await leaveBoth(batch, utf8('after'));
    expect(fromUtf8((await content.get(batch)) ?? new Uint8Array())).toBe('after');
    expect(await storeHolds(secret)).toBe(true);
    await content.replace(batch, utf8('after'), days(1));
    expect(fromUtf8((await content.get(batch)) ?? new Uint8Array())).toBe('after');
    expect(await storeHolds(secret)).toBe(false);
    await running.server.kill9();
    await running.server.start();
    expect(fromUtf8((await eventually(() => content.get(batch))) ?? new Uint8Array())).toBe('after');
    expect(await storeHolds(secret)).toBe(false);
  }, 30_000);

  it('removes both where a replacement was interrupted', async () => {
    const batch = newBatch();
    const secret = markOf(batch, 'before');
    await content.put(batch, secret, days(1));
    await leaveBoth(batch, markOf(batch, 'after'));
    await content.remove(batch);
    expect(await content.get(batch)).toBeUndefined();
    expect(await storeHolds(secret)).toBe(false);
    expect(await storeHolds(markOf(batch, 'after'))).toBe(false);
  });

  it('lists what is there', async () => {
    const batches = Array.from({ length: 25 }, () => newBatch('20280101'));
    for (const batch of batches) await content.put(batch, utf8('x'), days(1));
    await content.remove(batches[0] as ContentParts);
    const ids = await listed();
    expect(ids).toEqual(expect.arrayContaining(batches.slice(1).map((batch) => batch.batchId)));
    expect(ids).not.toContain(batches[0]?.batchId);
  });

  it('refuses what no message can hold, and takes the largest that one can', async () => {
    await expect(content.put(newBatch(), new Uint8Array(MAX_BODY_BYTES + 1), days(1))).rejects.toMatchObject({
      code: 'BUS_TOO_LARGE',
    });
    const batch = newBatch();
    await content.put(batch, new Uint8Array(MAX_BODY_BYTES), days(1));
    expect((await content.get(batch))?.length).toBe(MAX_BODY_BYTES);
  });

  it('refuses a batch id that is not of the grammar', async () => {
    await expect(content.put({ day: '20271122', batchId: '>' }, utf8('x'), days(1))).rejects.toMatchObject({
      code: 'SUBJECTS_TOKEN_INVALID',
    });
  });

  it('keeps what it had acknowledged over a crash of the server', async () => {
    const batch = newBatch();
    await content.put(batch, utf8('before the crash'), days(1));
    await running.server.kill9();
    await expect(content.put(newBatch(), utf8('x'), days(1))).rejects.toMatchObject({ disposition: 'retry' });
    await running.server.start();
    expect(fromUtf8((await eventually(() => content.get(batch))) ?? new Uint8Array())).toBe('before the crash');
  }, 30_000);
});

function markOf(batch: ContentParts, text: string): Buffer {
  return Buffer.from(`${text} ${createHash('sha512').update(`${batch.batchId} ${text}`).digest('hex')}`);
}

/** The store as a kill leaves it between the two steps of a replacement. */
async function leaveBoth(batch: ContentParts, bytes: Uint8Array): Promise<void> {
  const before = await readLastOfSubject(connection, CONTENT_STREAM, contentSubject(batch));
  await askServer(connection, ({ js }) =>
    js.publish(contentSubject(batch), bytes, { expect: { lastSubjectSequence: before?.seq ?? 0 }, ttl: '86400s' }),
  );
}

async function storeHolds(bytes: Buffer): Promise<boolean> {
  const { readdir, readFile } = await import('node:fs/promises');
  const names = await readdir(running.server.folder, { recursive: true });
  for (const name of names.filter((each) => each.endsWith('.blk'))) {
    if ((await readFile(`${running.server.folder}/${name}`)).includes(bytes)) return true;
  }
  return false;
}
