import { type Msg, nuid } from 'nats';
import { seconds, utf8 } from '../foundation/index.ts';
import { internalsOf } from './connect-bus.ts';
import type { BusConnection } from './types.ts';

/** The messages of one precedence that were pulled and not yet taken. */
export interface InboundLane {
  readonly take: () => Msg | undefined;
  /** Forgets what was pulled, and pulls nothing until `resume`. */
  readonly suspend: () => void;
  readonly isSuspended: () => boolean;
  /** Pulls, whatever became of earlier pulls. */
  readonly resume: () => void;
  readonly close: () => void;
}

const NANOS_PER_MS = 1_000_000;
const PULL_EXPIRES_MS = seconds(10);
/** A pull whose end was never told is made again after this. */
const PULL_LOST_MS = seconds(13);
const PAUSE_AFTER_REFUSAL_MS = 250;
const BUFFERED_MESSAGES = 4;
/** The pull ended without enough messages, as it does every ten seconds on a quiet lane. */
const STATUS_EXPIRED = 408;

/** Keeps up to four messages of a consumer at hand; `onMessage` is called as each arrives. It begins suspended. */
export function openInboundLane(
  connection: BusConnection,
  stream: string,
  consumer: string,
  onMessage: () => void,
): InboundLane {
  const { nats, inboxPrefix } = internalsOf(connection);
  const base = `${inboxPrefix}.${nuid.next()}`;
  let buffered: Msg[] = [];
  let epoch = 0;
  let outstanding = 0;
  let suspended = true;
  let timer: NodeJS.Timeout | undefined;

  const pull = (): void => {
    const wanted = BUFFERED_MESSAGES - buffered.length;
    if (suspended || outstanding > 0 || wanted <= 0 || connection.state() !== 'connected') return;
    outstanding = wanted;
    pullAgainAfter(PULL_LOST_MS);
    const request = { batch: wanted, expires: PULL_EXPIRES_MS * NANOS_PER_MS };
    nats.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`, utf8(JSON.stringify(request)), {
      reply: `${base}.${epoch}`,
    });
  };
  const pullAgain = (): void => {
    outstanding = 0;
    pull();
  };
  const pullAgainAfter = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(pullAgain, ms);
  };

  // Messages come under their own subject; what comes under the inbox's tells how a pull ended.
  const subscription = nats.subscribe(`${base}.*`, {
    callback: (error, message) => {
      if (suspended || error !== null) return;
      if (message.subject.startsWith(base)) {
        if (message.subject !== `${base}.${epoch}`) return;
        return message.headers?.code === STATUS_EXPIRED ? pullAgain() : pullAgainAfter(PAUSE_AFTER_REFUSAL_MS);
      }
      buffered.push(message);
      outstanding = Math.max(0, outstanding - 1);
      onMessage();
    },
  });

  const suspend = (): void => {
    suspended = true;
    epoch += 1;
    buffered = [];
    clearTimeout(timer);
  };
  return {
    take: () => {
      const message = buffered.shift();
      if (outstanding === 0 && buffered.length <= BUFFERED_MESSAGES / 2) pull();
      return message;
    },
    suspend,
    isSuspended: () => suspended,
    resume: () => {
      suspended = false;
      pullAgain();
    },
    close: () => {
      suspend();
      if (!nats.isClosed()) subscription.unsubscribe();
    },
  };
}
