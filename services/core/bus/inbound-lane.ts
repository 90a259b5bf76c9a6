import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { seconds } from '../foundation/index.ts';

/** The messages of one precedence that were pulled and not yet taken. */
export interface InboundLane {
  readonly take: () => JsMsg | undefined;
  /** Forgets what was pulled, and pulls nothing until `resume`. */
  readonly suspend: () => void;
  /** Pulls from this consumer, whatever became of earlier pulls. */
  readonly resume: (consumer: Consumer) => void;
}

const PULL_EXPIRES_MS = seconds(10);
const PAUSE_AFTER_FAILURE_MS = 250;
const BUFFERED_MESSAGES = 4;

/**
 * Keeps up to four messages of a consumer at hand; `onMessage` is called as each arrives. It begins suspended.
 *
 * It fetches: the library's endless `consume` asks for more as soon as messages arrive, not as they are taken, and
 * would hold as many as the consumer lets go unacknowledged, hundreds of megabytes of a peer's making.
 */
export function openInboundLane(onMessage: () => void): InboundLane {
  let buffered: JsMsg[] = [];
  let epoch = 0;
  let messages: ConsumerMessages | undefined;
  let wakeRoom: (() => void) | undefined;

  const hasRoom = (): boolean => buffered.length <= BUFFERED_MESSAGES / 2;
  const fetchOnce = async (consumer: Consumer, isCurrent: () => boolean): Promise<boolean> => {
    const fetched = await consumer.fetch({
      max_messages: BUFFERED_MESSAGES - buffered.length,
      expires: PULL_EXPIRES_MS,
      // Consumers are made anew after every loss of the connection: there is nothing to look up.
      bind: true,
    });
    if (!isCurrent()) {
      fetched.stop();
      return false;
    }
    messages = fetched;
    let arrived = false;
    for await (const message of fetched) {
      if (!isCurrent()) break;
      arrived = true;
      buffered.push(message);
      onMessage();
    }
    return arrived;
  };
  const run = async (consumer: Consumer): Promise<void> => {
    const own = epoch;
    const isCurrent = (): boolean => own === epoch;
    while (isCurrent()) {
      if (!hasRoom()) {
        await new Promise<void>((resolve) => {
          wakeRoom = resolve;
        });
        continue;
      }
      const began = performance.now();
      // Refused, or not heard of any more: the next pull makes up for it.
      const arrived = await fetchOnce(consumer, isCurrent).catch(() => false);
      if (!arrived && isCurrent() && performance.now() - began < PULL_EXPIRES_MS / 2) await pause();
    }
  };
  const suspend = (): void => {
    epoch += 1;
    buffered = [];
    messages?.stop();
    messages = undefined;
    wakeRoom?.();
  };
  return {
    take: () => {
      const message = buffered.shift();
      if (hasRoom()) wakeRoom?.();
      return message;
    },
    suspend,
    resume: (consumer) => {
      suspend();
      void run(consumer);
    },
  };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_AFTER_FAILURE_MS));
}
