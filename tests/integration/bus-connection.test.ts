import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BusConnectionState,
  connectBus,
  createAppendLog,
  createLinkPublisher,
  newNkeyUser,
} from '../../services/core/bus/index.ts';
import { seconds, utf8 } from '../../services/core/foundation/index.ts';
import { inboxPrefixOf } from '../../services/core/subjects/index.ts';
import { eventually } from '../support/eventually.ts';
import { officeId, startOfficeServer, type TestOffice } from '../support/nats/start-office-server.ts';

const office = officeId('th-chiang-khong');
let running: TestOffice;

beforeAll(async () => {
  running = await startOfficeServer({ office });
});
afterAll(async () => {
  await running?.server.stop();
});

function connectWith(seed: string, servers: readonly string[], signal = new AbortController().signal) {
  return connectBus({
    servers,
    nkeySeed: seed,
    inboxPrefix: inboxPrefixOf(office),
    name: 'test',
    signal,
    connectTimeoutMs: seconds(2),
  });
}

describe('connectBus', () => {
  it("signs in with the key that the server's configuration names", async () => {
    const connection = await connectWith(running.nodeKey.seed, [running.server.clientUrl()]);
    expect(connection.state()).toBe('connected');
    expect(connection.serverVersion()).toMatch(/^\d+\.\d+\.\d+/);
    expect(await connection.roundTripMs()).toBeGreaterThanOrEqual(0);
    await connection.close();
    expect(connection.state()).toBe('closed');
  });
  it('says that a key was refused', async () => {
    await expect(connectWith(newNkeyUser().seed, [running.server.clientUrl()])).rejects.toMatchObject({
      code: 'BUS_CONNECT_FAILED',
      context: { refused: true },
    });
  });
  it('says that there is no server', async () => {
    await expect(connectWith(running.nodeKey.seed, ['nats://127.0.0.1:1'])).rejects.toMatchObject({
      code: 'BUS_CONNECT_FAILED',
      context: { refused: false },
    });
  });
  it('refuses a seed that is none', async () => {
    await expect(connectWith('guest', [running.server.clientUrl()])).rejects.toMatchObject({
      code: 'BUS_CONFIG_INVALID',
    });
  });
  it('does not begin after it was told to stop', async () => {
    await expect(
      connectWith(running.nodeKey.seed, [running.server.clientUrl()], AbortSignal.abort()),
    ).rejects.toMatchObject({ code: 'BUS_CLOSED' });
  });
  it('ends when its signal aborts, and what waits with it', async () => {
    const stopping = new AbortController();
    const connection = await connectWith(running.nodeKey.seed, [running.server.clientUrl()], stopping.signal);
    await running.server.freeze();
    const waiting = createAppendLog(connection).lastSeq();
    waiting.catch(() => undefined);
    stopping.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'BUS_CLOSED' });
    running.server.thaw();
    await eventually(() => expect(connection.state()).toBe('closed'));
  }, 30_000);
  it('connects again by itself, to another instance of the server, and says so', async () => {
    const connection = await connectWith(running.nodeKey.seed, [running.server.clientUrl()]);
    const states: BusConnectionState[] = [];
    connection.onState((state) => states.push(state));
    const before = connection.serverId();
    await running.server.kill9();
    await eventually(() => expect(connection.state()).toBe('disconnected'));
    await expect(createAppendLog(connection).lastSeq()).rejects.toMatchObject({ code: 'BUS_DISCONNECTED' });
    await running.server.start();
    await eventually(() => expect(connection.state()).toBe('connected'));
    expect(connection.serverId()).not.toBe(before);
    await connection.close();
    expect(states).toEqual(['disconnected', 'connected', 'closed']);
  }, 30_000);
  it('is closed in peace while its server goes away, whatever it was saying', async () => {
    const faults: unknown[] = [];
    const noted = (fault: unknown): void => void faults.push(fault);
    process.on('uncaughtExceptionMonitor', noted);
    try {
      const connections = await Promise.all(
        Array.from({ length: 24 }, () => connectWith(running.nodeKey.seed, [running.server.clientUrl()])),
      );
      const killed = running.server.kill9();
      await Promise.all(
        connections.map(async (connection, at) => {
          for (let turn = 0; turn < at; turn += 1) {
            createAppendLog(connection)
              .lastSeq()
              .catch(() => undefined);
            await new Promise((resolve) => setImmediate(resolve));
          }
          await connection.close();
          await connection.close();
        }),
      );
      await killed;
      expect(connections.map((connection) => connection.state())).toEqual(connections.map(() => 'closed'));
      expect(faults).toEqual([]);
    } finally {
      process.off('uncaughtExceptionMonitor', noted);
      await running.server.start();
    }
  }, 30_000);
  it('gives the node nothing beyond its own subjects', async () => {
    const connection = await connectWith(running.nodeKey.seed, [running.server.clientUrl()]);
    const publisher = createLinkPublisher(connection);
    for (const subject of [
      '$JS.API.STREAM.DELETE.LEDGER',
      '$JS.API.STREAM.PURGE.LEDGER',
      '$SYS.REQ.SERVER.PING',
      'cross.op-x.th-chiang-khong.la-houayxay.flash',
      '_INBOX_la-houayxay.x',
    ]) {
      await expect(publisher.publish(subject as never, utf8('{}'), { timeoutMs: seconds(2) })).rejects.toMatchObject({
        code: 'BUS_REQUEST_REFUSED',
      });
    }
    await connection.close();
  }, 30_000);
});
