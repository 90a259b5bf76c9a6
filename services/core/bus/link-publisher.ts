import { headers } from 'nats';
import { newOpaqueId } from '../foundation/index.ts';
import { internalsOf } from './connect-bus.ts';
import { BusError } from './errors.ts';
import { parsePubAck } from './jetstream-api.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import type { BusConnection, LinkPublisher } from './types.ts';

/** Publishes over a link. `connection` is signed in with the publisher's key of the neighbour's account, and closed with it. */
export function createLinkPublisher(connection: BusConnection): LinkPublisher {
  const { mux } = internalsOf(connection);
  return {
    publish: async (subject, bytes, { timeoutMs }) => {
      if (bytes.length > MAX_BODY_BYTES) throw new BusError('BUS_TOO_LARGE', { context: { bytes: bytes.length } });
      const transport = headers();
      // Fresh at every try: the far side's window must never take a second, different payload for a duplicate.
      transport.set('Nats-Msg-Id', newOpaqueId());
      const reply = await mux.request(subject, bytes, { timeoutMs, headers: transport });
      try {
        parsePubAck(reply);
      } catch (error) {
        throw asPeersAnswer(error);
      }
    },
    pending: mux.pending,
    close: connection.close,
  };
}

/** Nothing that a peer answers may count as a fault of our own server, or as more than a reason to try again. */
function asPeersAnswer(error: unknown): unknown {
  if (!(error instanceof BusError) || error.code === 'BUS_ANSWER_INVALID') return error;
  return new BusError('BUS_PEER_REFUSED', { context: error.context });
}
