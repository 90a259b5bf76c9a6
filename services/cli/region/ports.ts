import { createServer, type Server } from 'node:net';
import { RegionError } from './errors.ts';

const LOOPBACK = '127.0.0.1';
/** Above it systems hand out ports to whoever dials, so a remembered port would not stay free. */
const HIGHEST_PORT = 32_000;

/** `count` different ports that are free on loopback, the lowest from `from` on. @throws RegionError REGION_NO_FREE_PORTS. */
export async function findFreePorts(count: number, from: number): Promise<readonly number[]> {
  const held: Server[] = [];
  const found: number[] = [];
  try {
    for (let port = from; found.length < count; port += 1) {
      if (port > HIGHEST_PORT) throw new RegionError('REGION_NO_FREE_PORTS', { context: { from, wanted: count } });
      const server = await listenOn(port);
      if (server === undefined) continue;
      held.push(server);
      found.push(port);
    }
  } finally {
    await Promise.all(held.map(closeServer));
  }
  return found;
}

/** @throws RegionError REGION_PORT_IN_USE for the first of them that somebody listens on, with its use. */
export async function assertPortsFree(uses: readonly { readonly port: number; readonly use: string }[]): Promise<void> {
  for (const { port, use } of uses) {
    const server = await listenOn(port);
    if (server === undefined) throw new RegionError('REGION_PORT_IN_USE', { context: { port, use } });
    await closeServer(server);
  }
}

function listenOn(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => resolve(server));
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
