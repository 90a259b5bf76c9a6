import type { ByteCount, Closable, Digest, DurationMs, EpochMs, HubId, OfficeId } from '../foundation/index.ts';
import type { ContentParts, CrossSubject, Precedence } from '../subjects/index.ts';

/** What a connection needs. The key never leaves the process: it signs the server's challenge. */
export interface BusConnectOptions {
  readonly servers: readonly string[];
  /** The user's nkey seed (`SU...`); there are no passwords. */
  readonly nkeySeed: string;
  /** `inboxPrefixOf(office)`; the server lets this user subscribe nowhere else. */
  readonly inboxPrefix: string;
  /** What the server's monitoring shows for this connection. */
  readonly name: string;
  /** Ends the connection when it aborts. */
  readonly signal: AbortSignal;
  /** How long the first connection may take; later ones are tried for ever. Default 20 s. */
  readonly connectTimeoutMs?: DurationMs;
}

/** Whether the connection to the node's own server is up. */
export type BusConnectionState = 'connected' | 'disconnected' | 'closed';

/** A connection to the office's own server: reconnects for ever until closed. */
export interface BusConnection extends Closable {
  readonly state: () => BusConnectionState;
  readonly onState: (listener: (state: BusConnectionState) => void) => void;
  /** Identity of the server instance connected to; another one after each of its restarts. */
  readonly serverId: () => string;
  readonly serverVersion: () => string;
  readonly roundTripMs: () => Promise<number>;
}

/** The most that each of an office's streams may hold; together they stay below the server's `max_file`. */
export interface StreamBounds {
  readonly ledgerBytes: ByteCount;
  readonly contentBytes: ByteCount;
  /** For each neighbour's inbound stream. */
  readonly inboundBytes: ByteCount;
}

/** What an office's streams are made from. */
export interface OfficeStreamsOptions {
  readonly office: OfficeId;
  readonly inboundPeers: readonly OfficeId[];
  readonly bounds: StreamBounds;
}

/** One record of the ledger as the server keeps it. `seq` is a position for reading on, never an identity. */
export interface AppendLogEntry {
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/** The ledger's store: append-only, one writer. */
export interface AppendLog {
  /**
   * On disk when it resolves, directly after `expectedLastSeq`. An append whose answer was lost is looked up before
   * it is tried again, so it is never stored twice.
   *
   * @throws BusError BUS_FENCE_LOST (not stored; another writer was faster), BUS_STORE_FULL, BUS_TOO_LARGE (not
   * stored), BUS_NO_RESPONDERS, BUS_DISCONNECTED (not sent in time), BUS_APPEND_UNDECIDED (not known), BUS_CLOSED.
   */
  readonly append: (bytes: Uint8Array, expectedLastSeq: number) => Promise<{ readonly seq: number }>;
  /** Every entry from `fromSeq` on to the end as it was when reading began, in order; gaps in `seq` are not hidden. */
  readonly readAll: (fromSeq: number) => AsyncIterable<AppendLogEntry>;
  /** The sequence of the last entry, 0 while there is none. */
  readonly lastSeq: () => Promise<number>;
}

/** Bodies, in batches that end on one day. */
export interface ContentBatches {
  /**
   * On disk when it resolves; after `ttlMs` (rounded up to whole seconds) nobody can read it through the server any
   * more. Its bytes stay on the disk until the server rewrites that part of the file: whoever must be rid of them calls
   * `remove` before that time. Putting the same batch again is harmless.
   *
   * @throws BusError BUS_CONTENT_DIFFERS when the id holds other bytes, BUS_STORE_FULL, BUS_TOO_LARGE, BUS_TIMEOUT,
   * BUS_DISCONNECTED, BUS_NO_RESPONDERS, BUS_CLOSED.
   */
  readonly put: (batch: ContentParts, bytes: Uint8Array, ttlMs: DurationMs) => Promise<void>;
  /** The batch, or `undefined` when it has ended or never was. */
  readonly get: (batch: ContentParts) => Promise<Uint8Array | undefined>;
  /** Every batch that is there. */
  readonly list: () => AsyncIterable<ContentParts>;
  /** Overwrites the batch's bytes on disk and removes it; harmless when it is not there. */
  readonly remove: (batch: ContentParts) => Promise<void>;
  /**
   * Puts these bytes in place of the batch's own, which are overwritten on disk once the new ones are there. Called again
   * after it was interrupted, it does what is left to do.
   *
   * @throws BusError as `put`, but for BUS_CONTENT_DIFFERS; BUS_FENCE_LOST where somebody else replaces it at this moment.
   */
  readonly replace: (batch: ContentParts, bytes: Uint8Array, ttlMs: DurationMs) => Promise<void>;
}

/** Publishes to one neighbour, or to those behind one hub. */
export interface LinkPublisher extends Closable {
  /**
   * Resolves when an acknowledgement of storage came back over the link. That is a hint and no proof: a relay can
   * forge it, so only a signed receipt ends a crossing. Calls may overlap; each carries a fresh transport id.
   *
   * @throws BusError BUS_TIMEOUT, BUS_NO_RESPONDERS, BUS_DISCONNECTED, BUS_PEER_REFUSED, BUS_ANSWER_INVALID (all of
   * them: try again later), BUS_TOO_LARGE, BUS_REQUEST_REFUSED (our own server does not let us), BUS_CLOSED.
   */
  readonly publish: (
    subject: CrossSubject,
    bytes: Uint8Array,
    options: { readonly timeoutMs: DurationMs },
  ) => Promise<void>;
  /** Publications that wait for their acknowledgement. */
  readonly pending: () => number;
}

/** A message that a peer published, not yet looked into. */
export interface InboundMessage {
  /** As the server shows it. A peer can forge its scope and its precedence: only what is signed inside counts. */
  readonly subject: string;
  readonly precedence: Precedence;
  readonly bytes: Uint8Array;
  /** How often the server has handed it out, 1 the first time. */
  readonly deliveries: number;
  /**
   * Resolves when the server has noted it: the message is gone from the stream.
   *
   * @throws BusError BUS_TIMEOUT, BUS_DISCONNECTED (it will be handed out again), BUS_CLOSED.
   */
  readonly ack: () => Promise<void>;
  /** Asks for the message again after `delayMs`. */
  readonly nak: (delayMs: DurationMs) => void;
  /** Gives the message up: gone from the stream, to be used after it was put into quarantine. */
  readonly term: () => void;
}

/** Takes from one peer's inbound stream, the most urgent first. */
export interface InboundConsumer extends Closable {
  /** The next message by precedence, then by order of arrival; `undefined` once closed. One caller at a time. */
  readonly next: () => Promise<InboundMessage | undefined>;
  /** How many messages wait in the stream, unacknowledged ones included. */
  readonly waiting: () => Promise<number>;
  /** How many messages were removed because the peer had them stored under a subject that is none of its own. */
  readonly strays: () => number;
}

/** The most that each of a hub's streams may hold; together they stay below the server's `max_file`. */
export interface HubStreamBounds {
  readonly logBytes: ByteCount;
  readonly contentBytes: ByteCount;
  readonly directoryBytes: ByteCount;
  readonly subscriptionBytes: ByteCount;
}

/** What was released to the region, each under the digest of its item. */
export interface HubContent {
  /** On disk when it resolves; putting the same again is harmless. @throws BusError BUS_STORE_FULL, BUS_TOO_LARGE, BUS_TIMEOUT, BUS_DISCONNECTED, BUS_NO_RESPONDERS, BUS_CLOSED. */
  readonly put: (item: Digest, bytes: Uint8Array) => Promise<void>;
  readonly get: (item: Digest) => Promise<Uint8Array | undefined>;
  /** Overwrites its bytes on disk and removes it; harmless when it is not there. */
  readonly erase: (item: Digest) => Promise<void>;
  /** The last ones that were put down, at most so many. */
  readonly newest: (count: number) => AsyncIterable<Digest>;
}

/** A stream that keeps the newest text of each subject. */
export interface NewestOfSubject {
  /** On disk when it resolves, in place of the one before. @throws BusError as `HubContent.put`. */
  readonly put: (subject: string, bytes: Uint8Array) => Promise<void>;
  readonly readAll: () => AsyncIterable<{ readonly subject: string; readonly bytes: Uint8Array }>;
}

/** A request that came in over the bus. */
export interface ReceivedRequest {
  /** As the server shows it: its last token is the office whose key let it in. */
  readonly subject: string;
  readonly bytes: Uint8Array;
  /** Once; harmless when nobody waits any more. */
  readonly answer: (bytes: Uint8Array) => void;
}

/** An office's way to one hub. What comes back is the hub's word and proves nothing by itself. */
export interface HubClient {
  readonly hub: HubId;
  /**
   * Resolves when the hub says that it stored the encoded RegionItem; the same bytes again are stored once.
   *
   * @throws BusError BUS_PEER_REFUSED with the hub's code as `refused`, BUS_TIMEOUT, BUS_NO_RESPONDERS,
   * BUS_DISCONNECTED, BUS_ANSWER_INVALID (all of them: try again later), BUS_TOO_LARGE, BUS_CLOSED.
   */
  readonly publish: (
    topic: { readonly corridor: string; readonly crimeArea: string },
    item: Uint8Array,
    timeoutMs: DurationMs,
  ) => Promise<void>;
  /** The encoded HubReply to an encoded HubRequest. @throws BusError as `publish`, but for BUS_PEER_REFUSED. */
  readonly request: (request: Uint8Array, timeoutMs: DurationMs) => Promise<Uint8Array>;
}

/** One leaf connection as the server reports it. */
export interface LeafConnection {
  readonly cid: number;
  /** The account it is bound to. */
  readonly account: string;
  readonly remoteName: string;
  readonly dialledByUs: boolean;
  readonly roundTripMs: number;
}

/** Whether a link's leaf connection is up, and since when the answer is this one. */
export interface LinkState<Peer extends string = OfficeId | HubId> {
  readonly peer: Peer;
  readonly up: boolean;
  /** Since when, by this process's clock: at the earliest since its first look. */
  readonly sinceMs: EpochMs;
  readonly roundTripMs?: number;
}

/** One unsafe setting of a server. */
export interface SafetyFinding {
  readonly code: SafetyCode;
  readonly sentence: string;
}

/** The kinds of unsafe settings that a node refuses to start on. */
export type SafetyCode =
  | 'SERVER_TOO_OLD'
  | 'SYNC_NOT_ALWAYS'
  | 'NOT_STRICT'
  | 'STREAM_ASYNC'
  | 'STREAM_REPLICATED_OR_MEMORY'
  | 'DOMAIN_WRONG'
  | 'JETSTREAM_OFF'
  | 'STORE_UNBOUNDED'
  | 'LEAF_IN_OFFICE_ACCOUNT'
  | 'LINK_ACCOUNT_HAS_JETSTREAM'
  | 'LEAF_LISTENER_WITHOUT_TLS'
  | 'LEAF_LISTENER_WITHOUT_CLIENT_CERTIFICATES'
  | 'LEAF_CERTIFICATES_NOT_PINNED'
  | 'LEAF_TLS_TOO_OLD'
  | 'LEAF_VERSION_OPEN'
  | 'LEAF_REMOTE_WITHOUT_TLS'
  | 'LEAF_REMOTE_OPEN'
  | 'MONITORING_NOT_ON_LOOPBACK'
  | 'CLIENTS_NOT_ON_LOOPBACK'
  | 'MQTT_ON'
  | 'WEBSOCKET_ON'
  | 'CLUSTER_ON'
  | 'NO_AUTHENTICATION'
  | 'PASSWORD_IN_CONFIG'
  | 'EXPORT_OPEN'
  | 'LEAF_USER_OPEN'
  | 'CONFIG_UNREADABLE'
  | 'CONFIG_NOT_LOADED';
