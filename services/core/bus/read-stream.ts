import { type Msg, nuid } from 'nats';
import { seconds, utf8 } from '../foundation/index.ts';
import { internalsOf } from './connect-bus.ts';
import { BusError } from './errors.ts';
import type { BusConnection } from './types.ts';
import { whenConnected } from './when-connected.ts';

/** A message as a stream of ours stores it. */
export interface StoredMessage {
  readonly seq: number;
  readonly subject: string;
  readonly bytes: Uint8Array;
}

const READ_TIMEOUT_MS = seconds(5);
const PATIENCE_MS = seconds(30);
const BATCH_MESSAGES = 1000;
const BATCH_BYTES = 8 * 1024 * 1024;
const STATUS_END_OF_BATCH = 204;
const STATUS_NOT_FOUND = 404;

/** One message by sequence; `undefined` when the stream has none there. @throws BusError. */
export async function readStreamMessage(
  connection: BusConnection,
  stream: string,
  seq: number,
): Promise<StoredMessage | undefined> {
  return direct(connection, `$JS.API.DIRECT.GET.${stream}`, utf8(JSON.stringify({ seq })));
}

/** The last message of a subject; `undefined` when the stream has none. @throws BusError. */
export async function readLastOfSubject(
  connection: BusConnection,
  stream: string,
  subject: string,
): Promise<StoredMessage | undefined> {
  return direct(connection, `$JS.API.DIRECT.GET.${stream}.${subject}`, new Uint8Array());
}

/**
 * Every message of a stream from `fromSeq` on, in order, to the last one there was when its last batch was read.
 * Batches that a lost connection cut short are asked for again from where they ended.
 *
 * @throws BusError BUS_TIMEOUT, BUS_DISCONNECTED, BUS_NO_RESPONDERS when the server stays away, BUS_CLOSED.
 */
export async function* readStream(
  connection: BusConnection,
  stream: string,
  fromSeq: number,
): AsyncGenerator<StoredMessage> {
  let next = Math.max(1, fromSeq);
  let failingSince: number | undefined;
  for (;;) {
    const batch = await readBatch(connection, stream, next);
    yield* batch.messages;
    next = (batch.messages.at(-1)?.seq ?? next - 1) + 1;
    if (batch.failure === undefined) failingSince = undefined;
    else failingSince = await pauseAfter(connection, batch.failure, failingSince);
    if (batch.failure === undefined && batch.left === 0) return;
  }
}

async function pauseAfter(
  connection: BusConnection,
  failure: BusError,
  failingSince: number | undefined,
): Promise<number> {
  const since = failingSince ?? performance.now();
  if (failure.disposition !== 'retry' || failure.code === 'BUS_CLOSED' || performance.now() - since > PATIENCE_MS)
    throw failure;
  await whenConnected(connection, since + PATIENCE_MS);
  await new Promise((resolve) => setTimeout(resolve, 50));
  return since;
}

interface Batch {
  readonly messages: readonly StoredMessage[];
  /** How many more the stream has. */
  readonly left: number;
  readonly failure: BusError | undefined;
}

function readBatch(connection: BusConnection, stream: string, seq: number): Promise<Batch> {
  const { nats, inboxPrefix } = internalsOf(connection);
  const messages: StoredMessage[] = [];
  return new Promise((resolve) => {
    const inbox = `${inboxPrefix}.${nuid.next()}`;
    const finish = (left: number, failure?: BusError): void => {
      clearTimeout(timer);
      if (!nats.isClosed()) subscription.unsubscribe();
      resolve({ messages, left, failure });
    };
    let timer = setTimeout(() => finish(0, unanswered(connection)), READ_TIMEOUT_MS);
    const subscription = nats.subscribe(inbox, {
      callback: (error, reply) => {
        if (error !== null)
          return finish(0, new BusError('BUS_REQUEST_REFUSED', { cause: error, context: { stream } }));
        const status = reply.headers?.code ?? 0;
        if (status === STATUS_END_OF_BATCH) return finish(Number(reply.headers?.get('Nats-Num-Pending') ?? 0));
        if (status === STATUS_NOT_FOUND) return finish(0);
        if (status !== 0)
          return finish(
            0,
            new BusError(status === 503 ? 'BUS_NO_RESPONDERS' : 'BUS_REQUEST_REFUSED', { context: { stream, status } }),
          );
        messages.push(storedMessage(reply));
        clearTimeout(timer);
        timer = setTimeout(() => finish(0, unanswered(connection)), READ_TIMEOUT_MS);
      },
    });
    if (nats.isClosed()) return finish(0, new BusError('BUS_CLOSED'));
    nats.publish(
      `$JS.API.DIRECT.GET.${stream}`,
      JSON.stringify({ seq, batch: BATCH_MESSAGES, max_bytes: BATCH_BYTES }),
      { reply: inbox },
    );
  });
}

function unanswered(connection: BusConnection): BusError {
  if (connection.state() === 'closed') return new BusError('BUS_CLOSED');
  return new BusError(connection.state() === 'connected' ? 'BUS_TIMEOUT' : 'BUS_DISCONNECTED');
}

async function direct(
  connection: BusConnection,
  subject: string,
  body: Uint8Array,
): Promise<StoredMessage | undefined> {
  const reply = await internalsOf(connection).mux.request(subject, body, { timeoutMs: READ_TIMEOUT_MS });
  const status = reply.headers?.code ?? 0;
  if (status === STATUS_NOT_FOUND) return undefined;
  if (status !== 0) throw new BusError('BUS_REQUEST_REFUSED', { context: { status } });
  return storedMessage(reply);
}

function storedMessage(reply: Msg): StoredMessage {
  const seq = Number(reply.headers?.get('Nats-Sequence'));
  if (!Number.isSafeInteger(seq) || seq < 1) throw new BusError('BUS_ANSWER_INVALID');
  return { seq, subject: reply.headers?.get('Nats-Subject') ?? '', bytes: new Uint8Array(reply.data) };
}
