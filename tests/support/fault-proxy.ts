import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What the line does with everything that goes over it, both ways. */
export type LineState =
  | { readonly line: 'pass' }
  /** Connections are reset, new ones refused as soon as they come. */
  | { readonly line: 'cut' }
  /** Connections stay, nothing comes through: what a dead router looks like. */
  | { readonly line: 'blackhole' }
  | { readonly line: 'delay'; readonly oneWayMs: number }
  | { readonly line: 'rate'; readonly bytesPerSecond: number };

/** A line between a dialler and a listener that a test can spoil. */
export interface FaultProxy {
  /** Where the dialler dials instead. */
  readonly port: number;
  /** From now on; connections that are open follow. */
  readonly set: (state: LineState) => void;
  readonly state: () => LineState;
  readonly connections: () => number;
  readonly bytes: () => number;
  /** Everything that went over it, both ways, where that is kept. */
  readonly kept: () => Buffer;
  readonly close: () => Promise<void>;
}

const HOST = '127.0.0.1';
/** Chunks that are on the line at one time; beyond it the sender waits. */
const MAX_WAITING = 64;

/** A line to a port of this machine, passing everything at first. */
export async function startFaultProxy(
  targetPort: number | (() => number),
  { keep = false }: { readonly keep?: boolean } = {},
): Promise<FaultProxy> {
  const kept: Buffer[] = [];
  let state: LineState = { line: 'pass' };
  let bytes = 0;
  const open = new Set<Socket>();
  const wakers = new Set<() => void>();

  const changed = (): Promise<void> =>
    new Promise((resolve) => {
      wakers.add(resolve);
    });
  const carry = async (from: Socket, to: Socket): Promise<void> => {
    const waiting: { readonly chunk: Buffer; readonly readAt: number }[] = [];
    let ended = false;
    let wakeWriter = (): void => undefined;
    const write = async (): Promise<void> => {
      for (;;) {
        const next = waiting.shift();
        if (next === undefined) {
          if (ended) break;
          await new Promise<void>((resolve) => {
            wakeWriter = resolve;
          });
          continue;
        }
        await untilDue(next);
        bytes += next.chunk.length;
        if (keep) kept.push(next.chunk);
        if (!to.write(next.chunk)) await new Promise((resolve) => to.once('drain', resolve).once('close', resolve));
        if (from.isPaused() && waiting.length < MAX_WAITING) from.resume();
      }
      to.end();
    };
    from.on('data', (chunk: Buffer) => {
      waiting.push({ chunk, readAt: performance.now() });
      if (waiting.length >= MAX_WAITING) from.pause();
      wakeWriter();
    });
    from.once('end', () => {
      ended = true;
      wakeWriter();
    });
    await write();
  };
  /** Chunks are on the line together, as on a real one, but none overtakes another. */
  const untilDue = async ({ chunk, readAt }: { readonly chunk: Buffer; readonly readAt: number }): Promise<void> => {
    while (state.line === 'blackhole') await changed();
    if (state.line === 'delay') await pause(readAt + state.oneWayMs - performance.now());
    if (state.line === 'rate') await pause((chunk.length / state.bytesPerSecond) * 1000);
  };

  const server = createServer((near) => {
    if (state.line === 'cut') {
      near.resetAndDestroy();
      return;
    }
    const far = connect({ host: HOST, port: typeof targetPort === 'number' ? targetPort : targetPort() });
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      open.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    const lost = (): void => {
      near.destroy();
      far.destroy();
    };
    carry(near, far).catch(lost);
    carry(far, near).catch(lost);
  });
  await new Promise<void>((resolve) => server.listen({ host: HOST, port: 0 }, resolve));
  const wake = (): void => {
    for (const waker of wakers) waker();
    wakers.clear();
  };
  return {
    port: (server.address() as AddressInfo).port,
    state: () => state,
    set: (next) => {
      state = next;
      if (next.line === 'cut') for (const socket of open) socket.resetAndDestroy();
      wake();
    },
    connections: () => open.size / 2,
    bytes: () => bytes,
    kept: () => Buffer.concat(kept),
    close: async () => {
      state = { line: 'cut' };
      for (const socket of open) socket.destroy();
      wake();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pause(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
