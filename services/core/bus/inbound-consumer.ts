import { type DurationMs, type OfficeId, seconds } from '../foundation/index.ts';
import { crossLaneFilter, inboundStreamOf, PRECEDENCES, type Precedence } from '../subjects/index.ts';
import { BusError } from './errors.ts';
import { openInboundLane } from './inbound-lane.ts';
import { inboundMessage } from './inbound-message.ts';
import { removeStrays } from './inbound-strays.ts';
import { askJetStream, isRecord } from './jetstream-api.ts';
import type { BusConnection, InboundConsumer } from './types.ts';

/** Whose messages are taken, and how long one may be worked on. */
export interface InboundConsumerOptions {
  readonly office: OfficeId;
  readonly peer: OfficeId;
  /** After this the server hands an unacknowledged message out again. Default 30 s. */
  readonly ackWaitMs?: DurationMs;
  /** How often strays are looked for. Default 30 s. */
  readonly sweepEveryMs?: DurationMs;
}

const NANOS_PER_MS = 1_000_000;
const MAX_UNACKNOWLEDGED = 256;
const PAUSE_MS = 100;
const SWEEP_EVERY_MS = seconds(30);

/**
 * Takes from the peer's INBOUND stream through one consumer per precedence, so that a flash overtakes whatever waits.
 * Everything unacknowledged is handed out anew at once after an opening and after a restart of the server: the
 * consumers are made afresh, since nothing but the stream itself decides what is still to be done.
 *
 * @throws BusError BUS_REQUEST_REFUSED when the stream is missing, BUS_TIMEOUT, BUS_NO_RESPONDERS, BUS_CLOSED.
 */
export async function openInboundConsumer(
  connection: BusConnection,
  options: InboundConsumerOptions,
): Promise<InboundConsumer> {
  const stream = inboundStreamOf(options.peer);
  let serverId = connection.serverId();
  let closed = false;
  let wake: (() => void) | undefined;
  await makeConsumers(connection, stream, options);
  const lanes = PRECEDENCES.map((precedence) => ({
    precedence,
    lane: openInboundLane(connection, stream, precedence, () => wake?.()),
  }));
  for (const { lane } of lanes) lane.resume();

  let strays = 0;
  const sweep = async (): Promise<void> => {
    strays += await removeStrays(connection, options.office, options.peer);
  };
  // A sweep that fails, because the server is away, is made up for by the next.
  const sweeping = setInterval(() => void sweep().catch(() => undefined), options.sweepEveryMs ?? SWEEP_EVERY_MS);
  await sweep();

  const close = async (): Promise<void> => {
    closed = true;
    clearInterval(sweeping);
    for (const { lane } of lanes) lane.close();
    wake?.();
  };
  const afterRestart = async (restarted: string): Promise<void> => {
    for (const { lane } of lanes) lane.suspend();
    while (!closed && serverId === restarted && connection.state() === 'connected') {
      try {
        await makeConsumers(connection, stream, options);
        if (!closed && serverId === restarted) for (const { lane } of lanes) lane.resume();
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  };
  connection.onState((state) => {
    if (closed) return;
    if (state === 'closed') void close();
    if (state !== 'connected') return;
    const sameServer = serverId === connection.serverId() && !lanes.some(({ lane }) => lane.isSuspended());
    serverId = connection.serverId();
    if (sameServer) for (const { lane } of lanes) lane.resume();
    else void afterRestart(serverId);
  });

  return {
    next: async () => {
      while (!closed) {
        for (const { precedence, lane } of lanes) {
          const message = lane.take();
          if (message !== undefined) return inboundMessage(connection, message, precedence);
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      return undefined;
    },
    waiting: async () => {
      const state = (await askJetStream(connection, `STREAM.INFO.${stream}`, undefined))?.['state'];
      if (!isRecord(state) || typeof state['messages'] !== 'number')
        throw new BusError('BUS_ANSWER_INVALID', { context: { stream } });
      return state['messages'];
    },
    strays: () => strays,
    close,
  };
}

async function makeConsumers(
  connection: BusConnection,
  stream: string,
  options: InboundConsumerOptions,
): Promise<void> {
  await Promise.all(PRECEDENCES.map((precedence) => makeConsumer(connection, stream, precedence, options)));
}

async function makeConsumer(
  connection: BusConnection,
  stream: string,
  precedence: Precedence,
  options: InboundConsumerOptions,
): Promise<void> {
  const config = {
    durable_name: precedence,
    name: precedence,
    filter_subject: crossLaneFilter(options.peer, options.office, precedence),
    ack_policy: 'explicit',
    ack_wait: (options.ackWaitMs ?? seconds(30)) * NANOS_PER_MS,
    deliver_policy: 'all',
    replay_policy: 'instant',
    max_deliver: -1,
    max_ack_pending: MAX_UNACKNOWLEDGED,
  };
  // Pulls of whoever used the consumer before would otherwise still be served for two seconds, into the void.
  await askJetStream(connection, `CONSUMER.DELETE.${stream}.${precedence}`, undefined);
  const made = await askJetStream(connection, `CONSUMER.CREATE.${stream}.${precedence}`, {
    stream_name: stream,
    config,
  });
  if (made === undefined) throw new BusError('BUS_REQUEST_REFUSED', { context: { stream, reason: 'missing' } });
}
