import type { Msg } from 'nats';
import { seconds, utf8 } from '../foundation/index.ts';
import type { Precedence } from '../subjects/index.ts';
import { internalsOf } from './connect-bus.ts';
import { BusError } from './errors.ts';
import type { BusConnection, InboundMessage } from './types.ts';

const NANOS_PER_MS = 1_000_000;
const ACK_TIMEOUT_MS = seconds(5);
/** Tokens of a delivered message's reply subject in the server's older layout; the newer has two more before the stream. */
const ACK_TOKENS = 9;

/** A delivered message with the means to answer for it. */
export function inboundMessage(connection: BusConnection, message: Msg, precedence: Precedence): InboundMessage {
  const { nats, mux } = internalsOf(connection);
  const ackSubject = message.reply ?? '';
  const serverId = connection.serverId();
  const tell = (what: string): void => {
    if (!nats.isClosed()) nats.publish(ackSubject, utf8(what));
  };
  return {
    subject: message.subject,
    precedence,
    bytes: new Uint8Array(message.data),
    deliveries: deliveriesOf(ackSubject),
    ack: async () => {
      // A server that was restarted no longer knows this delivery and would not answer; it hands the message out anew.
      if (connection.serverId() !== serverId) throw new BusError('BUS_DISCONNECTED');
      await mux.request(ackSubject, utf8('+ACK'), { timeoutMs: ACK_TIMEOUT_MS });
    },
    nak: (delayMs) => tell(`-NAK ${JSON.stringify({ delay: delayMs * NANOS_PER_MS })}`),
    term: () => tell('+TERM'),
  };
}

function deliveriesOf(ackSubject: string): number {
  const tokens = ackSubject.split('.');
  return Number(tokens[tokens.length > ACK_TOKENS ? 6 : 4] ?? 1);
}
