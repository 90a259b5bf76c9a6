import type { StreamConfig } from '@nats-io/jetstream';
import { askServer, askServerIfThere } from './ask-server.ts';
import { BusError } from './errors.ts';
import { officeStreams, type StreamSettings, unsafeSettings } from './stream-settings.ts';
import type { BusConnection, OfficeStreamsOptions } from './types.ts';

/** What was done to make the streams as they must be. */
export interface EnsuredStreams {
  readonly created: readonly string[];
  readonly resized: readonly string[];
}

/**
 * The office's streams exist with safe settings: LEDGER, CONTENT, and one INBOUND per peer. An existing stream is
 * never rewritten, except that its bound on bytes follows the options.
 *
 * @throws BusError BUS_STREAM_UNSAFE when an existing stream differs in any other way, BUS_STORE_FULL when the bounds
 * together exceed the server's store, BUS_NO_RESPONDERS when the server has no JetStream.
 */
export async function ensureOfficeStreams(
  connection: BusConnection,
  options: OfficeStreamsOptions,
): Promise<EnsuredStreams> {
  return ensureStreams(connection, officeStreams(options));
}

/** The streams exist with exactly these settings. @throws BusError as `ensureOfficeStreams`. */
export async function ensureStreams(
  connection: BusConnection,
  streams: readonly StreamSettings[],
): Promise<EnsuredStreams> {
  const created: string[] = [];
  const resized: string[] = [];
  for (const wanted of streams) {
    const outcome = await ensureStream(connection, wanted);
    if (outcome === 'created') created.push(wanted.name);
    if (outcome === 'resized') resized.push(wanted.name);
  }
  return { created, resized };
}

async function ensureStream(
  connection: BusConnection,
  wanted: StreamSettings,
): Promise<'created' | 'resized' | 'unchanged'> {
  const found = await askServerIfThere(connection, ({ jsm }) => jsm.streams.info(wanted.name));
  if (found === undefined) {
    const made = await askServer(connection, ({ jsm }) => jsm.streams.add({ ...wanted }));
    assertSafe(wanted, made.config);
    return 'created';
  }
  assertSafe(wanted, found.config);
  if (found.config.max_bytes === wanted.max_bytes) return 'unchanged';
  await askServer(connection, ({ jsm }) => jsm.streams.update(wanted.name, { max_bytes: wanted.max_bytes }));
  return 'resized';
}

function assertSafe(wanted: StreamSettings, actual: StreamConfig): void {
  const settings = unsafeSettings(wanted, actual);
  if (settings.length > 0)
    throw new BusError('BUS_STREAM_UNSAFE', { context: { stream: wanted.name, settings: settings.join(' ') } });
}
