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
import { readLastOfSubject } from './read-stream.ts';
import type { BusConnection, ContentBatches } from './types.ts';

const PUT_TIMEOUT_MS = seconds(5);

/** The content store on the CONTENT stream, which `ensureOfficeStreams` has made. */
export function createContentBatches(connection: BusConnection): ContentBatches {
  return {
    put: (batch, bytes, ttlMs) => putOnce(connection, batch, bytes, ttlMs),
    get: async (batch) => (await readLastOfSubject(connection, CONTENT_STREAM, contentSubject(batch)))?.bytes,
    list: () => listBatches(connection),
    remove: (batch) => removeOnce(connection, batch),
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
    await askServer(connection, ({ js }) =>
      js.publish(subject, bytes, {
        expect: { lastSubjectSequence: 0 },
        ttl: `${Math.max(1, Math.ceil(ttlMs / 1000))}s`,
        timeout: PUT_TIMEOUT_MS,
        retries: 1,
      }),
    );
  } catch (error) {
    if (!(error instanceof BusError) || error.code !== 'BUS_FENCE_LOST') throw error;
    const stored = await readLastOfSubject(connection, CONTENT_STREAM, subject);
    if (stored === undefined || !sameBytes(stored.bytes, bytes))
      throw new BusError('BUS_CONTENT_DIFFERS', { context: { subject } });
  }
}

async function removeOnce(connection: BusConnection, batch: ContentParts): Promise<void> {
  const found = await readLastOfSubject(connection, CONTENT_STREAM, contentSubject(batch));
  if (found === undefined) return;
  try {
    await askServer(connection, ({ jsm }) => jsm.streams.deleteMessage(CONTENT_STREAM, found.seq, true));
  } catch (error) {
    // It may have ended by itself in between.
    if (!(error instanceof BusError) || error.code !== 'BUS_REQUEST_REFUSED') throw error;
    if ((await readLastOfSubject(connection, CONTENT_STREAM, contentSubject(batch))) !== undefined) throw error;
  }
}

async function* listBatches(connection: BusConnection): AsyncGenerator<ContentParts> {
  const info = await askServer(connection, ({ jsm }) =>
    jsm.streams.info(CONTENT_STREAM, { subjects_filter: CONTENT_FILTER }),
  );
  yield* Object.keys(info.state.subjects ?? {}).map(parseContentSubject);
}
