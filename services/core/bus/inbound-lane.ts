import { type Msg, nuid } from 'nats';
import { seconds, utf8 } from '../foundation/index.ts';
import { internalsOf } from './connect-bus.ts';
import type { BusConnection } from './types.ts';

/** The messages of one precedence that were pulled and not yet taken. */
export interface InboundLane {
  readonly take: () => Msg | undefined;
  readonly close: () => void;
}

const NANOS_PER_MS = 1_000_000;
const PULL_EXPIRES_MS = seconds(10);
/** A pull that was lost with the connection, or with the server, is made again after this. */
const PULL_LOST_MS = seconds(13);
const BUFFERED_MESSAGES = 4;

/** Keeps up to four messages of a durable consumer at hand; `onMessage` is called as each arrives. */
export function openInboundLane(connection: BusConnection, stream: string, consumer: string, onMessage: () => void): InboundLane {
  const { nats, inboxPrefix } = internalsOf(connection);
  const inbox = `${inboxPrefix}.${nuid.next()}`;
  const buffered: Msg[] = [];
  let outstanding = 0;
  let closed = false;
  let lostTimer: NodeJS.Timeout | undefined;

  const pull = (): void => {
    const wanted = BUFFERED_MESSAGES - buffered.length;
    if (closed || outstanding > 0 || wanted <= 0 || connection.state() !== 'connected') return;
    outstanding = wanted;
    clearTimeout(lostTimer);
    lostTimer = setTimeout(pullAgain, PULL_LOST_MS);
    const request = { batch: wanted, expires: PULL_EXPIRES_MS * NANOS_PER_MS };
    nats.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`, utf8(JSON.stringify(request)), { reply: inbox });
  };
  const pullAgain = (): void => {
    outstanding = 0;
    pull();
  };
  const pullAfterPause = (): void => {
    clearTimeout(lostTimer);
    lostTimer = setTimeout(pullAgain, 250);
  };

  const subscription = nats.subscribe(inbox, {
    callback: (error, message) => {
      if (closed || error !== null) return;
      if (message.subject === inbox) return message.headers?.code === STATUS_EXPIRED ? pullAgain() : pullAfterPause();
      buffered.push(message);
      outstanding = Math.max(0, outstanding - 1);
      onMessage();
    },
  });
  connection.onState((state) => {
    if (state === 'connected') pullAgain();
  });
  pull();

  return {
    take: () => {
      const message = buffered.shift();
      if (outstanding === 0 && buffered.length <= BUFFERED_MESSAGES / 2) pull();
      return message;
    },
    close: () => {
      closed = true;
      clearTimeout(lostTimer);
      if (!nats.isClosed()) subscription.unsubscribe();
    },
  };
}

/** The pull ended without enough messages, as it does every ten seconds on a quiet lane. */
const STATUS_EXPIRED = 408;
