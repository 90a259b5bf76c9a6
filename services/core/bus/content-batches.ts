import { headers } from 'nats';
import { type DurationMs, sameBytes, seconds } from '../foundation/index.ts';
import {
  CONTENT_FILTER,
  CONTENT_STREAM,
  type ContentParts,
  contentSubject,
  parseContentSubject,
} from '../subjects/index.ts';
import { internalsOf } from './connect-bus.ts';
import { BusError } from './errors.ts';
import { askJetStream, isRecord, parsePubAck } from './jetstream-api.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import { readLastOfSubject } from './read-stream.ts';
import type { BusConnection, ContentBatches } from './types.ts';

const PUT_TIMEOUT_MS = seconds(5);

/** The content store on the CONTENT stream, which `ensureOfficeStreams` has made. */
export function createContentBatches(connection: BusConnection): ContentBatches {
  return {
    put: (batch, bytes, ttlMs) => putOnce(connection, batch, bytes, ttlMs),
    get: async (batch) => (await readLastOfSubject(connection, CONTENT_STREAM, contentSubject(batch)))?.bytes,
    list: () => listBatches(connection),
    remove: async (batch) => {
      const found = await readLastOfSubject(connection, CONTENT_STREAM, contentSubject(batch));
      if (found === undefined) return;
      await askJetStream(connection, `STREAM.MSG.DELETE.${CONTENT_STREAM}`, { seq: found.seq, no_erase: false });
    },
  };
}

async function putOnce(
  connection: BusConnection,
  batch: ContentParts,
  bytes: Uint8Array,
  ttlMs: DurationMs,
): Promise<void> {
  if (bytes.length > MAX_BODY_BYTES) throw new BusError('BUS_TOO_LARGE', { context: { bytes: bytes.length } });
  const subject = contentSubject(batch);
  const conditions = headers();
  conditions.set('Nats-Expected-Last-Subject-Sequence', '0');
  conditions.set('Nats-TTL', `${Math.max(1, Math.ceil(ttlMs / 1000))}s`);
  try {
    parsePubAck(
      await internalsOf(connection).mux.request(subject, bytes, { timeoutMs: PUT_TIMEOUT_MS, headers: conditions }),
    );
  } catch (error) {
    if (!(error instanceof BusError) || error.code !== 'BUS_FENCE_LOST') throw error;
    const stored = await readLastOfSubject(connection, CONTENT_STREAM, subject);
    if (stored === undefined || !sameBytes(stored.bytes, bytes))
      throw new BusError('BUS_CONTENT_DIFFERS', { context: { subject } });
  }
}

async function* listBatches(connection: BusConnection): AsyncGenerator<ContentParts> {
  let offset = 0;
  for (;;) {
    const info = await askJetStream(connection, `STREAM.INFO.${CONTENT_STREAM}`, {
      subjects_filter: CONTENT_FILTER,
      offset,
    });
    const state = info?.['state'];
    const subjects = isRecord(state) && isRecord(state['subjects']) ? Object.keys(state['subjects']) : [];
    yield* subjects.map(parseContentSubject);
    offset += subjects.length;
    const total = typeof info?.['total'] === 'number' ? info['total'] : 0;
    if (subjects.length === 0 || offset >= total) return;
  }
}
