import type { StreamConfig } from '@nats-io/jetstream';
import { type OfficeId, pairScope } from '../foundation/index.ts';
import { inboundStreamOf } from '../subjects/index.ts';
import { askServer, askServerIfThere } from './ask-server.ts';
import { BusError } from './errors.ts';
import {
  inboundSubjects,
  officeStreams,
  type StreamSettings,
  scopesOfInbound,
  unsafeSettings,
} from './stream-settings.ts';
import type { BusConnection, OfficeStreamsOptions } from './types.ts';

/** What was done to make the streams as they must be. */
export interface EnsuredStreams {
  readonly created: readonly string[];
  readonly resized: readonly string[];
}

/**
 * The office's streams exist with safe settings: LEDGER, CONTENT, and one INBOUND per peer. An existing stream is
 * never rewritten, except that its bound on bytes follows the options, and that an inbound stream takes the pair's scope;
 * the channels that it takes besides stay until `setInboundScopes` says otherwise.
 *
 * @throws BusError BUS_STREAM_UNSAFE when an existing stream differs in any other way, BUS_STORE_FULL when the bounds
 * together exceed the server's store, BUS_NO_RESPONDERS when the server has no JetStream.
 */
export async function ensureOfficeStreams(
  connection: BusConnection,
  options: OfficeStreamsOptions,
): Promise<EnsuredStreams> {
  const inbound = await Promise.all(options.inboundPeers.map((peer) => readInbound(connection, options.office, peer)));
  const kept = new Map(inbound.flatMap((found) => (found === undefined ? [] : [[found.stream, found] as const])));
  const streams = officeStreams(options).map((wanted) => ({
    ...wanted,
    subjects: [...(kept.get(wanted.name)?.subjects ?? wanted.subjects ?? [])],
  }));
  const ensured = await ensureStreams(connection, streams);
  for (const { stream, subjects, wanted } of kept.values())
    if (!isSameSet(subjects, wanted))
      await askServer(connection, ({ jsm }) => jsm.streams.update(stream, { subjects: wanted }));
  return ensured;
}

/** An inbound stream that is there and lets in nothing that it may not: its subjects as they are, and as they are to be. */
interface FoundInbound {
  readonly stream: string;
  readonly subjects: readonly string[];
  readonly wanted: string[];
}

async function readInbound(
  connection: BusConnection,
  office: OfficeId,
  peer: OfficeId,
): Promise<FoundInbound | undefined> {
  const stream = inboundStreamOf(peer);
  const found = await askServerIfThere(connection, ({ jsm }) => jsm.streams.info(stream));
  const subjects = found?.config.subjects;
  const scopes = subjects === undefined ? undefined : scopesOfInbound(office, peer, subjects);
  if (scopes === undefined || subjects === undefined) return undefined;
  return { stream, subjects, wanted: inboundSubjects(office, peer, [pairScope(office, peer), ...scopes]) };
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each) => other.includes(each));
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
