import { headers, type Msg } from 'nats';
import { fromUtf8, newOpaqueId } from '../foundation/index.ts';
import { assertFits, request } from './ask-server.ts';
import { BusError } from './errors.ts';
import { isRecord } from './is-record.ts';
import type { BusConnection, LinkPublisher } from './types.ts';

/** An answer that a peer's server may have written is not parsed beyond this size. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Publishes over a link. `connection` is signed in with the publisher's key of the neighbour's account, and closed with it. */
export function createLinkPublisher(connection: BusConnection): LinkPublisher {
  let pending = 0;
  return {
    publish: async (subject, bytes, { timeoutMs }) => {
      assertFits(connection, bytes);
      const transport = headers();
      // Fresh at every try: the far side's window must never take a second, different payload for a duplicate.
      transport.set('Nats-Msg-Id', newOpaqueId());
      pending += 1;
      try {
        assertStored(await request(connection, subject, bytes, { timeoutMs, headers: transport }));
      } finally {
        pending -= 1;
      }
    },
    pending: () => pending,
    close: connection.close,
  };
}

/**
 * The peer's answer says that it stored the message. Whoever is at the far end writes what he likes, so nothing in it
 * may count as a fault of our own server, or as more than a reason to try again; the library's own publish, made for a
 * server that is trusted, would pass its error on as our server's.
 */
function assertStored(reply: Msg): void {
  const answer = parseAnswer(reply.data);
  if (answer['error'] !== undefined)
    throw new BusError('BUS_PEER_REFUSED', { context: { jetstreamError: numberOf(answer['error']) } });
  if (typeof answer['stream'] !== 'string' || !Number.isSafeInteger(answer['seq']))
    throw new BusError('BUS_ANSWER_INVALID');
}

function numberOf(error: unknown): number {
  return isRecord(error) && typeof error['err_code'] === 'number' ? error['err_code'] : 0;
}

function parseAnswer(data: Uint8Array): Record<string, unknown> {
  if (data.length > MAX_ANSWER_BYTES) throw new BusError('BUS_ANSWER_INVALID');
  let parsed: unknown;
  try {
    parsed = JSON.parse(fromUtf8(data));
  } catch (cause) {
    throw new BusError('BUS_ANSWER_INVALID', { cause });
  }
  if (!isRecord(parsed)) throw new BusError('BUS_ANSWER_INVALID');
  return parsed;
}
