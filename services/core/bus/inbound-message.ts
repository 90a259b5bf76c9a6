import type { JsMsg } from '@nats-io/jetstream';
import { seconds } from '../foundation/index.ts';
import type { Precedence } from '../subjects/index.ts';
import { askServer } from './ask-server.ts';
import { internalsOf } from './connect-bus.ts';
import { BusError } from './errors.ts';
import type { BusConnection, InboundMessage } from './types.ts';

const ACK_TIMEOUT_MS = seconds(5);

/** A delivered message with the means to answer for it, as long as the consumer that delivered it is there. */
export function inboundMessage(
  connection: BusConnection,
  message: JsMsg,
  precedence: Precedence,
  isStillDelivered: () => boolean,
): InboundMessage {
  const { nats } = internalsOf(connection);
  return {
    subject: message.subject,
    precedence,
    bytes: new Uint8Array(message.data),
    deliveries: message.info.deliveryCount,
    ack: async () => {
      // A consumer that was made anew does not know this delivery and would not answer; it hands the message out again.
      if (!isStillDelivered()) throw new BusError('BUS_DISCONNECTED');
      const acknowledged = await askServer(connection, () => message.ackAck({ timeout: ACK_TIMEOUT_MS }));
      // The library asks once; what became of it is not known, and the message will be handed out again if need be.
      if (!acknowledged) throw new BusError('BUS_TIMEOUT');
    },
    nak: (delayMs) => {
      if (!nats.isClosed()) message.nak(delayMs);
    },
    term: () => {
      if (!nats.isClosed()) message.term();
    },
  };
}
