import { DiscardPolicy, RetentionPolicy, StorageType, type StreamConfig } from '@nats-io/jetstream';
import { nanos } from 'nats';
import { isLiaisonError, type OfficeId, pairScope, type Scope } from '../foundation/index.ts';
import {
  CONTENT_FILTER,
  CONTENT_STREAM,
  crossSubject,
  inboundStreamOf,
  LEDGER_STREAM,
  LEDGER_SUBJECT,
  PRECEDENCES,
  parseCrossSubject,
} from '../subjects/index.ts';
import { MAX_MESSAGE_BYTES } from './limits.ts';
import type { OfficeStreamsOptions } from './types.ts';

const DUPLICATE_WINDOW_MS = 60 * 60 * 1000;
const SHORTEST_DUPLICATE_WINDOW_MS = 100;

/** A stream's settings: exactly these, besides `max_bytes`, which may grow. */
export type StreamSettings = Partial<StreamConfig> & Pick<StreamConfig, 'name' | 'max_bytes'>;

/** What would let a stream lose, alter or leak what it holds; none of our streams has any of it. */
const NEVER_SET = [
  'mirror',
  'sources',
  'republish',
  'subject_transform',
  'placement',
  'persist_mode',
  'allow_batched',
  'pedantic',
] as const;

/** What all our streams have in common: on disk, never shortened by the server itself. */
export const COMMON_SETTINGS = {
  storage: StorageType.File,
  num_replicas: 1,
  discard: DiscardPolicy.New,
  discard_new_per_subject: false,
  max_msgs: -1,
  max_age: 0,
  no_ack: false,
  sealed: false,
  allow_rollup_hdrs: false,
  mirror_direct: false,
  allow_msg_counter: false,
  allow_atomic: false,
  allow_msg_schedules: false,
} as const;

/** The streams that an office has. */
export function officeStreams({ office, inboundPeers, bounds }: OfficeStreamsOptions): readonly StreamSettings[] {
  return [
    ledgerStream(bounds.ledgerBytes),
    contentStream(bounds.contentBytes),
    ...inboundPeers.map((peer) => inboundStream(office, peer, bounds.inboundBytes)),
  ];
}

/** The subjects of a peer's inbound stream: what it publishes for the office in these scopes, and in no other. */
export function inboundSubjects(office: OfficeId, peer: OfficeId, scopes: readonly Scope[]): string[] {
  return [...new Set(scopes)].flatMap((scope) =>
    PRECEDENCES.map((precedence) => crossSubject({ scope, from: peer, to: office, precedence })),
  );
}

/**
 * The scopes that the subjects of a peer's inbound stream let in, each once; undefined for subjects that let in anything
 * else. A stream that an earlier version made takes every scope: it is narrowed, so it counts as one that takes none.
 */
export function scopesOfInbound(
  office: OfficeId,
  peer: OfficeId,
  subjects: readonly string[],
): readonly Scope[] | undefined {
  const scopes = new Set<Scope>();
  const every = new Set(PRECEDENCES.map((precedence) => `cross.*.${peer}.${office}.${precedence}`));
  for (const subject of subjects) {
    if (every.has(subject)) continue;
    try {
      const parts = parseCrossSubject(subject);
      if (parts.from !== peer || parts.to !== office) return undefined;
      scopes.add(parts.scope);
    } catch (error) {
      if (!isLiaisonError(error)) throw error;
      return undefined;
    }
  }
  return [...scopes];
}

/** The settings that differ from what they must be, by name; `max_bytes` is not among them. */
export function unsafeSettings(wanted: StreamSettings, actual: StreamConfig): readonly string[] {
  const settings = new Map<string, unknown>(Object.entries(actual));
  const differing = Object.entries(wanted).filter(
    ([name, value]) => name !== 'max_bytes' && !sameSetting(value, settings.get(name)),
  );
  const forbidden = NEVER_SET.filter((name) => isSet(settings.get(name)));
  return [...differing.map(([name]) => name), ...forbidden];
}

function ledgerStream(maxBytes: number): StreamSettings {
  return {
    ...COMMON_SETTINGS,
    name: LEDGER_STREAM,
    subjects: [LEDGER_SUBJECT],
    retention: RetentionPolicy.Limits,
    max_bytes: maxBytes,
    max_msgs_per_subject: -1,
    max_msg_size: MAX_MESSAGE_BYTES,
    deny_delete: true,
    deny_purge: true,
    allow_direct: true,
    allow_msg_ttl: false,
    // The fence by expected last sequence does this work; the window only costs memory.
    duplicate_window: nanos(SHORTEST_DUPLICATE_WINDOW_MS),
  };
}

function contentStream(maxBytes: number): StreamSettings {
  return {
    ...COMMON_SETTINGS,
    name: CONTENT_STREAM,
    subjects: [CONTENT_FILTER],
    retention: RetentionPolicy.Limits,
    max_bytes: maxBytes,
    max_msgs_per_subject: -1,
    max_msg_size: MAX_MESSAGE_BYTES,
    deny_delete: false,
    deny_purge: true,
    allow_direct: true,
    allow_msg_ttl: true,
    duplicate_window: nanos(SHORTEST_DUPLICATE_WINDOW_MS),
  };
}

function inboundStream(office: OfficeId, peer: OfficeId, maxBytes: number): StreamSettings {
  return {
    ...COMMON_SETTINGS,
    name: inboundStreamOf(peer),
    subjects: inboundSubjects(office, peer, [pairScope(office, peer)]),
    // Only under this retention does the server remember an acknowledgement through a crash.
    retention: RetentionPolicy.Workqueue,
    max_bytes: maxBytes,
    max_msgs_per_subject: -1,
    max_msg_size: MAX_MESSAGE_BYTES,
    // Acknowledging removes a message anyway; deleting one is for strays, which no consumer takes.
    deny_delete: false,
    deny_purge: true,
    allow_direct: true,
    allow_msg_ttl: false,
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
  };
}

/** A setting that is off is often left out by the server. */
function sameSetting(wanted: unknown, actual: unknown): boolean {
  if (wanted === false || wanted === 0) return !isSet(actual);
  if (Array.isArray(wanted))
    return Array.isArray(actual) && wanted.length === actual.length && wanted.every((item) => actual.includes(item));
  return wanted === actual;
}

function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== '' && value !== 'default';
}
