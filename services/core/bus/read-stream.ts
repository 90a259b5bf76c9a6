import type { DirectMsgRequest, StoredMsg } from '@nats-io/jetstream';
import { seconds } from '../foundation/index.ts';
import { askServer } from './ask-server.ts';
import { internalsOf } from './connect-bus.ts';
import { BusError } from './errors.ts';
import { asBusError, statusOf } from './library-errors.ts';
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
const STATUS_NOT_FOUND = 404;

/** One message by sequence; `undefined` when the stream has none there. @throws BusError. */
export async function readStreamMessage(
  connection: BusConnection,
  stream: string,
  seq: number,
): Promise<StoredMessage | undefined> {
  return direct(connection, stream, { seq });
}

/** The last message of a subject; `undefined` when the stream has none. @throws BusError. */
export async function readLastOfSubject(
  connection: BusConnection,
  stream: string,
  subject: string,
): Promise<StoredMessage | undefined> {
  return direct(connection, stream, { last_by_subj: subject });
}

/** The first message of a subject; `undefined` when the stream has none. @throws BusError. */
export async function readFirstOfSubject(
  connection: BusConnection,
  stream: string,
  subject: string,
): Promise<StoredMessage | undefined> {
  return direct(connection, stream, { seq: 1, next_by_subj: subject });
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

async function readBatch(connection: BusConnection, stream: string, seq: number): Promise<Batch> {
  const messages: StoredMessage[] = [];
  let left = 0;
  const arrived = (message: StoredMsg): void => {
    messages.push(storedMessage(message));
    left = message.pending;
  };
  try {
    await askServer(connection, () => batchEnded(connection, stream, seq, arrived));
    return { messages, left, failure: undefined };
  } catch (error) {
    if (!(error instanceof BusError)) throw error;
    return { messages, left, failure: error };
  }
}

/** Resolves at the end of the batch. The library waits for ever between two messages; this does not. */
function batchEnded(
  connection: BusConnection,
  stream: string,
  seq: number,
  arrived: (message: StoredMsg) => void,
): Promise<void> {
  const { jsm } = internalsOf(connection);
  return new Promise((resolve, reject) => {
    let ended = false;
    const end = (error?: unknown): void => {
      ended = true;
      clearTimeout(timer);
      if (error === undefined || statusOf(error) === STATUS_NOT_FOUND) resolve();
      else reject(asBusError(error));
      // Ends the subscription as well.
      void reading.then((batch) => batch.stop()).catch(() => undefined);
    };
    const late = (): void => end(new BusError('BUS_TIMEOUT', { context: { stream } }));
    let timer = setTimeout(late, READ_TIMEOUT_MS);
    const reading = jsm.direct.getBatch(stream, {
      seq,
      batch: BATCH_MESSAGES,
      max_bytes: BATCH_BYTES,
      // With a callback, since only so the library gives up its subscription at the end.
      callback: (done, message) => {
        if (ended) return;
        if (done !== null) return end(done.err);
        clearTimeout(timer);
        timer = setTimeout(late, READ_TIMEOUT_MS);
        try {
          arrived(message);
        } catch (error) {
          end(error);
        }
      },
    });
    reading.catch(end);
  });
}

async function direct(
  connection: BusConnection,
  stream: string,
  query: DirectMsgRequest,
): Promise<StoredMessage | undefined> {
  const found = await askServer(connection, ({ jsm }) => jsm.direct.getMessage(stream, query));
  return found === null ? undefined : storedMessage(found);
}

function storedMessage({ seq, subject, data }: StoredMsg): StoredMessage {
  if (!Number.isSafeInteger(seq) || seq < 1) throw new BusError('BUS_ANSWER_INVALID');
  return { seq, subject, bytes: new Uint8Array(data) };
}
