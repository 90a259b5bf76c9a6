import { type DurationMs, sameBytes, seconds } from '../foundation/index.ts';
import {
  CONTENT_FILTER,
  CONTENT_STREAM,
  type ContentParts,
  contentSubject,
  parseContentSubject,
} from '../subjects/index.ts';
import { askServer, assertFits } from './ask-server.ts';
import { BusError } from './errors.ts';
import { readFirstOfSubject, readLastOfSubject } from './read-stream.ts';
import type { BusConnection, ContentBatches } from './types.ts';

const PUT_TIMEOUT_MS = seconds(5);

/** The content store on the CONTENT stream, which `ensureOfficeStreams` has made. */
export function createContentBatches(connection: BusConnection): ContentBatches {
  return {
    put: (batch, bytes, ttlMs) => putOnce(connection, batch, bytes, ttlMs),
    get: async (batch) => (await readLastOfSubject(connection, CONTENT_STREAM, contentSubject(batch)))?.bytes,
    list: () => listBatches(connection),
    remove: (batch) => removeAll(connection, contentSubject(batch)),
    replace: (batch, bytes, ttlMs) => replaceOnce(connection, contentSubject(batch), bytes, ttlMs),
  };
}

async function putOnce(
  connection: BusConnection,
  batch: ContentParts,
  bytes: Uint8Array,
  ttlMs: DurationMs,
): Promise<void> {
  assertFits(connection, bytes);
  const subject = contentSubject(batch);
  try {
    await publish(connection, subject, bytes, ttlMs, 0);
  } catch (error) {
    if (!(error instanceof BusError) || error.code !== 'BUS_FENCE_LOST') throw error;
    const stored = await readLastOfSubject(connection, CONTENT_STREAM, subject);
    if (stored === undefined || !sameBytes(stored.bytes, bytes))
      throw new BusError('BUS_CONTENT_DIFFERS', { context: { subject } });
  }
}

/** Stored behind that message of the subject and no other. */
async function publish(
  connection: BusConnection,
  subject: string,
  bytes: Uint8Array,
  ttlMs: DurationMs,
  lastSubjectSequence: number,
): Promise<void> {
  await askServer(connection, ({ js }) =>
    js.publish(subject, bytes, {
      expect: { lastSubjectSequence },
      ttl: `${Math.max(1, Math.ceil(ttlMs / 1000))}s`,
      timeout: PUT_TIMEOUT_MS,
      retries: 1,
    }),
  );
}

async function replaceOnce(
  connection: BusConnection,
  subject: string,
  bytes: Uint8Array,
  ttlMs: DurationMs,
): Promise<void> {
  assertFits(connection, bytes);
  const before = await readLastOfSubject(connection, CONTENT_STREAM, subject);
  if (before === undefined || !sameBytes(before.bytes, bytes))
    await publish(connection, subject, bytes, ttlMs, before?.seq ?? 0);
  const last = await readLastOfSubject(connection, CONTENT_STREAM, subject);
  if (last !== undefined) await removeBefore(connection, subject, last.seq);
}

async function removeAll(connection: BusConnection, subject: string): Promise<void> {
  await removeBefore(connection, subject, Number.POSITIVE_INFINITY);
}

/** Overwrites and removes every message of the subject before that one; there are two where a replacement was interrupted. */
async function removeBefore(connection: BusConnection, subject: string, seq: number): Promise<void> {
  for (;;) {
    const first = await readFirstOfSubject(connection, CONTENT_STREAM, subject);
    if (first === undefined || first.seq >= seq) return;
    try {
      await askServer(connection, ({ jsm }) => jsm.streams.deleteMessage(CONTENT_STREAM, first.seq, true));
    } catch (error) {
      // It may have ended by itself in between.
      if (!(error instanceof BusError) || error.code !== 'BUS_REQUEST_REFUSED') throw error;
      if ((await readFirstOfSubject(connection, CONTENT_STREAM, subject))?.seq === first.seq) throw error;
    }
  }
}

async function* listBatches(connection: BusConnection): AsyncGenerator<ContentParts> {
  const info = await askServer(connection, ({ jsm }) =>
    jsm.streams.info(CONTENT_STREAM, { subjects_filter: CONTENT_FILTER }),
  );
  yield* Object.keys(info.state.subjects ?? {}).map(parseContentSubject);
}
