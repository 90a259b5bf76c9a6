import { AckPolicy, type Consumer, DeliverPolicy, ReplayPolicy } from '@nats-io/jetstream';
import { nanos } from 'nats';
import { type DurationMs, type OfficeId, seconds } from '../foundation/index.ts';
import { crossLaneFilter, inboundStreamOf, PRECEDENCES, type Precedence } from '../subjects/index.ts';
import { askServer, askServerIfThere } from './ask-server.ts';
import { BusError } from './errors.ts';
import { openInboundLane } from './inbound-lane.ts';
import { inboundMessage } from './inbound-message.ts';
import { removeStrays } from './inbound-strays.ts';
import type { BusConnection, InboundConsumer } from './types.ts';

/** Whose messages are taken, and how long one may be worked on. */
export interface InboundConsumerOptions {
  readonly office: OfficeId;
  readonly peer: OfficeId;
  /** After this the server hands an unacknowledged message out again. Default 30 s. */
  readonly ackWaitMs?: DurationMs;
  /** How often strays are looked for. Default 30 s. */
  readonly sweepEveryMs?: DurationMs;
  /** Hears BUS_STRAYS_REMOVED after each sweep that found any: only a peer that forges makes them. */
  readonly onStrays?: (finding: BusError) => void;
}

const MAX_UNACKNOWLEDGED = 256;
const PAUSE_MS = 100;
const SWEEP_EVERY_MS = seconds(30);

/**
 * Takes from the peer's INBOUND stream through one consumer per precedence, so that a flash overtakes whatever waits.
 * Everything unacknowledged is handed out anew at once after an opening and after every loss of the connection: the
 * consumers are made afresh, since nothing but the stream itself decides what is still to be done.
 *
 * @throws BusError BUS_REQUEST_REFUSED when the stream is missing, BUS_TIMEOUT, BUS_NO_RESPONDERS, BUS_CLOSED.
 */
export async function openInboundConsumer(
  connection: BusConnection,
  options: InboundConsumerOptions,
): Promise<InboundConsumer> {
  const stream = inboundStreamOf(options.peer);
  let closed = false;
  let wake: (() => void) | undefined;
  // Tells the deliveries of the consumers that are from those of earlier ones.
  let generation = 0;
  const lanes = PRECEDENCES.map((precedence) => ({ precedence, lane: openInboundLane(() => wake?.()) }));
  const start = async (): Promise<void> => {
    const own = generation;
    const consumers = await makeConsumers(connection, stream, options);
    if (closed || own !== generation) return;
    for (const { lane, precedence } of lanes) lane.resume(consumers[precedence]);
  };
  await start();

  let strays = 0;
  const sweep = async (): Promise<void> => {
    const removed = await removeStrays(connection, options.office, options.peer);
    strays += removed;
    if (removed > 0)
      options.onStrays?.(new BusError('BUS_STRAYS_REMOVED', { context: { peer: options.peer, removed } }));
  };
  // A sweep that fails, because the server is away, is made up for by the next.
  const sweeping = setInterval(() => void sweep().catch(() => undefined), options.sweepEveryMs ?? SWEEP_EVERY_MS);
  await sweep();

  const suspend = (): void => {
    generation += 1;
    for (const { lane } of lanes) lane.suspend();
  };
  const close = async (): Promise<void> => {
    closed = true;
    clearInterval(sweeping);
    suspend();
    wake?.();
  };
  const startAgain = async (): Promise<void> => {
    const own = generation;
    while (!closed && own === generation) {
      try {
        return await start();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  };
  connection.onState((state) => {
    if (closed) return;
    if (state === 'closed') return void close();
    suspend();
    if (state === 'connected') void startAgain();
  });

  return {
    next: async () => {
      while (!closed) {
        for (const { precedence, lane } of lanes) {
          const message = lane.take();
          if (message === undefined) continue;
          const own = generation;
          return inboundMessage(connection, message, precedence, () => own === generation);
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      return undefined;
    },
    waiting: async () => (await askServer(connection, ({ jsm }) => jsm.streams.info(stream))).state.messages,
    strays: () => strays,
    close,
  };
}

async function makeConsumers(
  connection: BusConnection,
  stream: string,
  options: InboundConsumerOptions,
): Promise<Readonly<Record<Precedence, Consumer>>> {
  const made = await Promise.all(
    PRECEDENCES.map(
      async (precedence) => [precedence, await makeConsumer(connection, stream, precedence, options)] as const,
    ),
  );
  return Object.fromEntries(made) as Record<Precedence, Consumer>;
}

async function makeConsumer(
  connection: BusConnection,
  stream: string,
  precedence: Precedence,
  options: InboundConsumerOptions,
): Promise<Consumer> {
  // Pulls of whoever used the consumer before would otherwise still be served for two seconds, into the void.
  await askServerIfThere(connection, ({ jsm }) => jsm.consumers.delete(stream, precedence));
  return askServer(connection, async ({ js, jsm }) =>
    js.consumers.getConsumerFromInfo(
      await jsm.consumers.add(stream, {
        durable_name: precedence,
        name: precedence,
        filter_subject: crossLaneFilter(options.peer, options.office, precedence),
        ack_policy: AckPolicy.Explicit,
        ack_wait: nanos(options.ackWaitMs ?? seconds(30)),
        deliver_policy: DeliverPolicy.All,
        replay_policy: ReplayPolicy.Instant,
        max_deliver: -1,
        max_ack_pending: MAX_UNACKNOWLEDGED,
      }),
    ),
  );
}
