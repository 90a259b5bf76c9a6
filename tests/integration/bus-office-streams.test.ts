import type { StreamConfig } from '@nats-io/jetstream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { request } from '../../services/core/bus/ask-server.ts';
import { internalsOf } from '../../services/core/bus/connect-bus.ts';
import {
  type BusConnection,
  createAppendLog,
  ensureOfficeStreams,
  type OfficeStreamsOptions,
} from '../../services/core/bus/index.ts';
import { officeStreams } from '../../services/core/bus/stream-settings.ts';
import { byteCount, seconds, utf8 } from '../../services/core/foundation/index.ts';
import { startLink, type TestLink } from '../support/nats/start-link.ts';
import { officeId, TEST_BOUNDS } from '../support/nats/start-office-server.ts';

const th = officeId('th-chiang-khong');
const la = officeId('la-houayxay');
const options: OfficeStreamsOptions = { office: th, inboundPeers: [la], bounds: TEST_BOUNDS };
let link: TestLink;
let node: BusConnection;

beforeEach(async () => {
  link = await startLink({ accepting: th, dialling: la });
  node = await link.accepting.connect(link.accepting.nodeKey);
}, 30_000);
afterEach(async () => {
  await node?.close();
  await link?.stop();
});

async function configOf(stream: string): Promise<StreamConfig> {
  return (await internalsOf(node).jsm.streams.info(stream)).config;
}

/** What JetStream answers to a request of our making, by the number of its error. */
async function askJetStream(what: string, body: object): Promise<number | undefined> {
  const reply = await request(node, `$JS.API.${what}`, utf8(JSON.stringify(body)), { timeoutMs: seconds(5) });
  return reply.json<{ error?: { err_code: number } }>().error?.err_code;
}

describe('ensureOfficeStreams', () => {
  it('makes the streams once, and leaves them alone afterwards', async () => {
    expect(await ensureOfficeStreams(node, options)).toEqual({
      created: ['LEDGER', 'CONTENT', 'INBOUND_LA_HOUAYXAY'],
      resized: [],
    });
    await createAppendLog(node).append(utf8('kept'), 0);
    expect(await ensureOfficeStreams(node, options)).toEqual({ created: [], resized: [] });
    expect(await createAppendLog(node).lastSeq()).toBe(1);
  }, 30_000);

  it('makes a ledger from which nothing can be deleted', async () => {
    await ensureOfficeStreams(node, options);
    await createAppendLog(node).append(utf8('for ever'), 0);
    const others = { deny_delete: false, deny_purge: false, max_msgs: 1, discard: 'old' };
    expect(
      await askJetStream('STREAM.UPDATE.LEDGER', { ...(await configOf('LEDGER')), deny_delete: false }),
    ).toBeGreaterThan(0);
    expect(await configOf('LEDGER')).toMatchObject({ deny_delete: true });
    for (const what of [
      'STREAM.PURGE.LEDGER',
      'STREAM.DELETE.LEDGER',
      'STREAM.MSG.DELETE.LEDGER',
      'STREAM.SNAPSHOT.LEDGER',
    ]) {
      await expect(askJetStream(what, { seq: 1, ...others })).rejects.toMatchObject({
        code: 'BUS_REQUEST_REFUSED',
        context: { reason: 'permission' },
      });
    }
    expect(await createAppendLog(node).lastSeq()).toBe(1);
  }, 30_000);

  it('follows the bound on bytes of an existing stream, and nothing else', async () => {
    await ensureOfficeStreams(node, options);
    const larger = { ...options, bounds: { ...TEST_BOUNDS, ledgerBytes: byteCount(TEST_BOUNDS.ledgerBytes + 1024) } };
    const before = await configOf('LEDGER');
    expect(await ensureOfficeStreams(node, larger)).toEqual({ created: [], resized: ['LEDGER'] });
    expect(await configOf('LEDGER')).toEqual({ ...before, max_bytes: larger.bounds.ledgerBytes });
  }, 30_000);

  it.each([
    ['LEDGER', 'deny_purge', { deny_purge: false }],
    ['LEDGER', 'deny_delete', { deny_delete: false }],
    ['LEDGER', 'discard', { discard: 'old' }],
    ['LEDGER', 'storage', { storage: 'memory', max_bytes: 1024 }],
    ['LEDGER', 'persist_mode', { persist_mode: 'async' }],
    ['LEDGER', 'allow_batched', { allow_batched: true }],
    ['LEDGER', 'max_age', { max_age: 60_000_000_000 }],
    ['LEDGER', 'max_msgs', { max_msgs: 10 }],
    ['LEDGER', 'republish', { republish: { src: 'ledger.record', dest: 'elsewhere.record' } }],
    ['CONTENT', 'allow_msg_ttl', { allow_msg_ttl: false }],
    ['INBOUND_LA_HOUAYXAY', 'retention', { retention: 'limits' }],
    ['INBOUND_LA_HOUAYXAY', 'duplicate_window', { duplicate_window: 1_000_000_000 }],
    ['INBOUND_LA_HOUAYXAY', 'subjects', { subjects: ['cross.*.la-houayxay.th-chiang-khong.>'] }],
  ])(
    'refuses a %s whose %s is not as it must be, and leaves it as it is',
    async (stream, setting, difference) => {
      const wanted = officeStreams(options).find((each) => each.name === stream);
      expect(await askJetStream(`STREAM.CREATE.${stream}`, { ...wanted, ...difference })).toBeUndefined();
      const before = await configOf(stream);
      await expect(ensureOfficeStreams(node, options)).rejects.toMatchObject({
        code: 'BUS_STREAM_UNSAFE',
        context: { stream, settings: setting },
      });
      expect(await configOf(stream)).toEqual(before);
    },
    30_000,
  );

  it('refuses bounds that together exceed the store', async () => {
    const bounds = { ...TEST_BOUNDS, contentBytes: byteCount(1024 ** 4) };
    await expect(ensureOfficeStreams(node, { ...options, bounds })).rejects.toMatchObject({ code: 'BUS_STORE_FULL' });
  }, 30_000);
});
