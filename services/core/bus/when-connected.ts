import { BusError } from './errors.ts';
import type { BusConnection } from './types.ts';

const POLL_MS = 20;

/** Resolves when the connection is up, or at `giveUpAt` (by `performance.now()`). @throws BusError BUS_CLOSED. */
export async function whenConnected(connection: BusConnection, giveUpAt: number): Promise<void> {
  while (connection.state() !== 'connected' && performance.now() < giveUpAt) {
    if (connection.state() === 'closed') throw new BusError('BUS_CLOSED');
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
