import { type Digest, parseDigest, seconds } from '../foundation/index.ts';
import { HUB_CONTENT_STREAM, HUB_LOG_STREAM, HUB_LOG_SUBJECT, hubContentSubject } from '../subjects/index.ts';
import { createAppendLog } from './append-log.ts';
import { askServer, assertFits } from './ask-server.ts';
import { ensureStreams } from './ensure-office-streams.ts';
import { BusError } from './errors.ts';
import { hubStreams } from './hub-stream-settings.ts';
import { readFirstOfSubject, readLastOfSubject, readStream } from './read-stream.ts';
import type { AppendLog, BusConnection, HubContent, HubStreamBounds, NewestOfSubject } from './types.ts';

const PUT_TIMEOUT_MS = seconds(5);

/** The hub's streams exist with safe settings. @throws BusError as `ensureOfficeStreams`. */
export async function ensureHubStreams(connection: BusConnection, bounds: HubStreamBounds): Promise<void> {
  await ensureStreams(connection, hubStreams(bounds));
}

/** The store of a hub's log: append-only, one writer. */
export function createHubLogStore(connection: BusConnection): AppendLog {
  return createAppendLog(connection, { place: { stream: HUB_LOG_STREAM, subject: HUB_LOG_SUBJECT } });
}

/** The store of what was released, one piece for each digest. */
export function createHubContent(connection: BusConnection): HubContent {
  return {
    put: async (item, bytes) => {
      const subject = hubContentSubject(item);
      assertFits(connection, bytes);
      try {
        await publish(connection, subject, bytes, 0);
      } catch (error) {
        // It is there: named by its digest, it is the same.
        if (!(error instanceof BusError) || error.code !== 'BUS_FENCE_LOST') throw error;
      }
    },
    get: async (item) => (await readLastOfSubject(connection, HUB_CONTENT_STREAM, hubContentSubject(item)))?.bytes,
    erase: (item) => erase(connection, hubContentSubject(item)),
    newest: (count) => newestContent(connection, count),
  };
}

/** The newest text of each subject of a stream that keeps no older one. */
export function createNewestOfSubject(connection: BusConnection, stream: string): NewestOfSubject {
  return {
    put: async (subject, bytes) => {
      assertFits(connection, bytes);
      await publish(connection, subject, bytes);
    },
    readAll: async function* () {
      for await (const { subject, bytes } of readStream(connection, stream, 1)) yield { subject, bytes };
    },
  };
}

async function publish(
  connection: BusConnection,
  subject: string,
  bytes: Uint8Array,
  lastSubjectSequence?: number,
): Promise<void> {
  await askServer(connection, ({ js }) =>
    js.publish(subject, bytes, {
      ...(lastSubjectSequence === undefined ? {} : { expect: { lastSubjectSequence } }),
      timeout: PUT_TIMEOUT_MS,
      retries: 1,
    }),
  );
}

/** Overwrites and removes every message of the subject. */
async function erase(connection: BusConnection, subject: string): Promise<void> {
  for (;;) {
    const first = await readFirstOfSubject(connection, HUB_CONTENT_STREAM, subject);
    if (first === undefined) return;
    await askServer(connection, ({ jsm }) => jsm.streams.deleteMessage(HUB_CONTENT_STREAM, first.seq, true));
  }
}

async function* newestContent(connection: BusConnection, count: number): AsyncGenerator<Digest> {
  const { state } = await askServer(connection, ({ jsm }) => jsm.streams.info(HUB_CONTENT_STREAM));
  for await (const { subject } of readStream(connection, HUB_CONTENT_STREAM, state.last_seq - count + 1))
    yield parseDigest(subject.split('.')[2] ?? '');
}
