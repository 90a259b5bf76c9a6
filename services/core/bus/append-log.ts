import { type DurationMs, sameBytes, seconds } from '../foundation/index.ts';
import { LEDGER_STREAM, LEDGER_SUBJECT } from '../subjects/index.ts';
import { askServer, assertFits } from './ask-server.ts';
import { BusError, type BusErrorCode } from './errors.ts';
import { readStream, readStreamMessage } from './read-stream.ts';
import type { AppendLog, BusConnection } from './types.ts';
import { whenConnected } from './when-connected.ts';

/** How patient an append is. */
export interface AppendLogOptions {
  /** How long the server may take for one append before it is asked what became of it. Default 5 s. */
  readonly answerTimeoutMs?: DurationMs;
  /** How long an append is pursued over a restart of the server. Default 60 s. */
  readonly giveUpAfterMs?: DurationMs;
  /** Where it lies. Default: the ledger of an office. */
  readonly place?: LogPlace;
}

/** The stream of a log, and its one subject. */
export interface LogPlace {
  readonly stream: string;
  readonly subject: string;
}

const LEDGER: LogPlace = { stream: LEDGER_STREAM, subject: LEDGER_SUBJECT };

const PAUSE_MS = 50;
const WORTH_ANOTHER_TRY: readonly BusErrorCode[] = [
  'BUS_TIMEOUT',
  'BUS_DISCONNECTED',
  'BUS_NO_RESPONDERS',
  'BUS_ANSWER_INVALID',
];
/** After these the append may have been stored all the same. */
const LEAVES_DOUBT: readonly BusErrorCode[] = ['BUS_TIMEOUT', 'BUS_DISCONNECTED', 'BUS_ANSWER_INVALID'];

/** The store of a log on its stream, which `ensureOfficeStreams` or `ensureHubStreams` has made. */
export function createAppendLog(connection: BusConnection, options: AppendLogOptions = {}): AppendLog {
  const answerTimeoutMs = options.answerTimeoutMs ?? seconds(5);
  const giveUpAfterMs = options.giveUpAfterMs ?? seconds(60);
  const place = options.place ?? LEDGER;
  return {
    append: async (bytes, expectedLastSeq) => {
      assertFits(connection, bytes);
      return { seq: await pursueAppend(connection, place, bytes, expectedLastSeq, answerTimeoutMs, giveUpAfterMs) };
    },
    readAll: async function* (fromSeq) {
      for await (const { seq, bytes } of readStream(connection, place.stream, fromSeq)) yield { seq, bytes };
    },
    lastSeq: async () => (await askServer(connection, ({ jsm }) => jsm.streams.info(place.stream))).state.last_seq,
  };
}

async function pursueAppend(
  connection: BusConnection,
  place: LogPlace,
  bytes: Uint8Array,
  expected: number,
  answerTimeoutMs: DurationMs,
  giveUpAfterMs: DurationMs,
): Promise<number> {
  const giveUpAt = performance.now() + giveUpAfterMs;
  let inDoubt = false;
  for (;;) {
    try {
      if (inDoubt) {
        const stored = await storedAfter(connection, place, bytes, expected);
        if (stored !== undefined) return stored;
      }
      return await appendOnce(connection, place, bytes, expected, answerTimeoutMs);
    } catch (error) {
      if (!(error instanceof BusError)) throw error;
      inDoubt ||= LEAVES_DOUBT.includes(error.code);
      // The append that is in doubt may be what moved the sequence on: look, before the fence is called lost.
      const lookAgain =
        WORTH_ANOTHER_TRY.includes(error.code) ||
        (inDoubt && error.code === 'BUS_FENCE_LOST' && error.context['found'] === undefined);
      if (!lookAgain) throw error;
      if (performance.now() >= giveUpAt) throw inDoubt ? new BusError('BUS_APPEND_UNDECIDED', { cause: error }) : error;
      await whenConnected(connection, giveUpAt);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

async function appendOnce(
  connection: BusConnection,
  { subject }: LogPlace,
  bytes: Uint8Array,
  expected: number,
  timeoutMs: DurationMs,
): Promise<number> {
  // One try, not the library's several: only the look-up in between makes another try safe.
  const stored = await askServer(connection, ({ js }) =>
    js.publish(subject, bytes, { expect: { lastSequence: expected }, timeout: timeoutMs, retries: 1 }),
  );
  return stored.seq;
}

/** The sequence under which `bytes` lie directly after `expected`; `undefined` when nothing does. @throws BusError BUS_FENCE_LOST when something else does. */
async function storedAfter(
  connection: BusConnection,
  { stream }: LogPlace,
  bytes: Uint8Array,
  expected: number,
): Promise<number | undefined> {
  const found = await readStreamMessage(connection, stream, expected + 1);
  if (found === undefined) return undefined;
  if (!sameBytes(found.bytes, bytes)) throw new BusError('BUS_FENCE_LOST', { context: { found: found.seq } });
  return found.seq;
}
