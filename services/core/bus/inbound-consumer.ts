import type { Msg } from 'nats';
import { type DurationMs, type OfficeId, seconds, utf8 } from '../foundation/index.ts';
import { crossLaneFilter, inboundStreamOf, PRECEDENCES, type Precedence } from '../subjects/index.ts';
import { internalsOf } from './connect-bus.ts';
import { BusError } from './errors.ts';
import { type InboundLane, openInboundLane } from './inbound-lane.ts';
import { askJetStream, isRecord } from './jetstream-api.ts';
import type { BusConnection, InboundConsumer, InboundMessage } from './types.ts';

/** Whose messages are taken, and how long one may be worked on. */
export interface InboundConsumerOptions {
  readonly office: OfficeId;
  readonly peer: OfficeId;
  /** After this the server hands an unacknowledged message out again. Default 60 s. */
  readonly ackWaitMs?: DurationMs;
}

const NANOS_PER_MS = 1_000_000;
const ACK_TIMEOUT_MS = seconds(5);
const MAX_UNACKNOWLEDGED = 256;
/** Tokens of a delivered message's reply subject in the server's older layout; the newer has two more before the stream. */
const ACK_TOKENS = 9;

/**
 * Takes from the peer's INBOUND stream through one durable consumer per precedence, so that a flash overtakes
 * whatever waits.
 *
 * @throws BusError BUS_REQUEST_REFUSED when the stream is missing or the consumers exist with other settings.
 */
export async function openInboundConsumer(connection: BusConnection, options: InboundConsumerOptions): Promise<InboundConsumer> {
  const stream = inboundStreamOf(options.peer);
  await Promise.all(PRECEDENCES.map((precedence) => ensureLaneConsumer(connection, stream, precedence, options)));
  let wake: (() => void) | undefined;
  let closed = false;
  const onMessage = (): void => wake?.();
  const lanes = PRECEDENCES.map((precedence) => ({ precedence, lane: openInboundLane(connection, stream, precedence, onMessage) }));
  const close = async (): Promise<void> => {
    closed = true;
    for (const { lane } of lanes) lane.close();
    wake?.();
  };
  connection.onState((state) => {
    if (state === 'closed') void close();
  });
  return {
    next: async () => {
      while (!closed) {
        const message = takeMostUrgent(connection, lanes);
        if (message !== undefined) return message;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      return undefined;
    },
    waiting: async () => {
      const state = (await askJetStream(connection, `STREAM.INFO.${stream}`, undefined))?.['state'];
      if (!isRecord(state) || typeof state['messages'] !== 'number') throw new BusError('BUS_ANSWER_INVALID', { context: { stream } });
      return state['messages'];
    },
    close,
  };
}

async function ensureLaneConsumer(connection: BusConnection, stream: string, precedence: Precedence, options: InboundConsumerOptions): Promise<void> {
  const config = {
    durable_name: precedence,
    name: precedence,
    filter_subject: crossLaneFilter(options.peer, options.office, precedence),
    ack_policy: 'explicit',
    ack_wait: (options.ackWaitMs ?? seconds(60)) * NANOS_PER_MS,
    deliver_policy: 'all',
    replay_policy: 'instant',
    max_deliver: -1,
    max_ack_pending: MAX_UNACKNOWLEDGED,
  };
  const made = await askJetStream(connection, `CONSUMER.CREATE.${stream}.${precedence}`, { stream_name: stream, config });
  if (made === undefined) throw new BusError('BUS_REQUEST_REFUSED', { context: { stream, reason: 'missing' } });
}

function takeMostUrgent(
  connection: BusConnection,
  lanes: readonly { readonly precedence: Precedence; readonly lane: InboundLane }[],
): InboundMessage | undefined {
  for (const { precedence, lane } of lanes) {
    const message = lane.take();
    if (message !== undefined) return inboundMessage(connection, message, precedence);
  }
  return undefined;
}

function inboundMessage(connection: BusConnection, message: Msg, precedence: Precedence): InboundMessage {
  const { nats, mux } = internalsOf(connection);
  const ackSubject = message.reply ?? '';
  const tell = (what: string): void => {
    if (!nats.isClosed()) nats.publish(ackSubject, utf8(what));
  };
  return {
    subject: message.subject,
    precedence,
    bytes: new Uint8Array(message.data),
    deliveries: deliveriesOf(ackSubject),
    ack: async () => {
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
