import type { Digest, DurationMs, EnvelopeId, EpochMs, OfficeId, Scope } from '../foundation/index.ts';
import type { DecisionView, OfficeProjection } from '../ledger/index.ts';
import type { DataCategory, HandlingCode, Lane, MessageKind, Outcome, Precedence, Purpose } from '../wire/index.ts';
import type { ConsentDesk } from './consents/index.ts';
import type { HoldQueue } from './hold/index.ts';
import type { AttachmentDesk } from './operations/attachments/index.ts';
import type { ChannelDesk } from './operations/channel/index.ts';
import type { OperationDesk } from './operations/index.ts';
import type { ReportDesk } from './operations/report/index.ts';
import type { OwnHead } from './peer-history.ts';
import type { RecallDesk } from './recall/index.ts';
import type { RegionDesk } from './region/index.ts';
import type { RequestDesk } from './requests/index.ts';
import type { ReviewDesk } from './review/index.ts';
import type { SearchDesk } from './searches/index.ts';
import type { TriageDesk } from './triage/index.ts';

/** How urgent a subject is; the same words as the last token of a subject. */
export type PrecedenceWord = 'flash' | 'immediate' | 'priority' | 'routine';

/** Something that arrived on a neighbour's link, not yet looked into. */
export interface Arrival {
  readonly subject: string;
  readonly precedence: PrecedenceWord;
  readonly bytes: Uint8Array;
  /** How often it was handed out, 1 the first time. */
  readonly deliveries: number;
  readonly ack: () => Promise<void>;
  readonly nak: (delayMs: DurationMs) => void;
  readonly term: () => void;
}

/** Arrivals from one neighbour, the most urgent first. */
export interface ArrivalPort {
  /** `undefined` once closed. One caller at a time. */
  readonly next: () => Promise<Arrival | undefined>;
  /**
   * From now on what the neighbour publishes in the pair's scope and in these channels is kept for this office, and
   * nothing else of it. Rejects with a coded error while the office's own server is away.
   */
  readonly setChannels: (channels: readonly Scope[]) => Promise<void>;
}

/**
 * How something goes that was published before, or has to be heard: `once` over the best way there is; `again` over
 * another one where there is one, since the neighbour lacks by its own signed word what was said to be stored there;
 * `everywhere` over every way, for what may arrive more than once.
 */
export type PublishHow = 'once' | 'again' | 'everywhere';

/** The way to one neighbour, or the ways. */
export interface LinkPort {
  /** Resolves when the neighbour's server says it stored the bytes: a hint, no proof. Rejects with a coded error. */
  readonly publish: (
    scope: Scope,
    precedence: PrecedenceWord,
    bytes: Uint8Array,
    timeoutMs: DurationMs,
    how?: PublishHow,
  ) => Promise<void>;
}

/** One neighbour with the ports to it. */
export interface Neighbour {
  readonly office: OfficeId;
  /** Of the border pair; status, receipts and documents travel in no other. */
  readonly scope: Scope;
  readonly link: LinkPort;
  readonly arrivals: ArrivalPort;
}

/** What an officer or a system submits, checked against the contract but not yet against anything else. */
export interface SubmissionInput {
  /** Who submits: an officer's or system's name with this office. */
  readonly submittedBy: string;
  readonly kind: MessageKind;
  readonly recipients: readonly OfficeId[];
  readonly precedence: Precedence;
  readonly purpose: Purpose;
  readonly handling: HandlingCode;
  readonly caveat: string;
  readonly caseReference: string;
  /** Left out: 24 hours from now. */
  readonly expiresMs: EpochMs | null;
  readonly inReplyTo: string;
  readonly supersedes: string;
  readonly drill: boolean;
  /** Why it cannot wait for a release; left out or empty, it waits where policy holds it. */
  readonly emergency?: string;
  /** The body's message: an Alert for MessageKind.ALERT. */
  readonly body: unknown;
  readonly idempotencyKey: string;
  /** SHA-256 of what was submitted, to recognise the same submission under the same key. */
  readonly submissionDigest: Digest;
}

/** What the export gate decided for one recipient. */
export interface RecipientResult {
  readonly to: OfficeId;
  readonly outcome: Outcome;
  /** Each once, in order of the contract. */
  readonly withheld: readonly DataCategory[];
  readonly decision: DecisionView;
}

/** The answer to a submission; by then it is on disk. */
export interface SubmissionResult {
  readonly id: EnvelopeId;
  readonly origin: OfficeId;
  readonly envelopeDigest: Digest;
  readonly acceptedMs: EpochMs;
  readonly recipients: readonly RecipientResult[];
  /** It went past a hold; the oversight of both offices reviews it. */
  readonly emergency: boolean;
  /** The same submission was accepted before under this idempotency key; nothing new was sent. */
  readonly repeated: boolean;
}

/** What one recipient would get of a message. */
export interface PreviewResult extends RecipientResult {
  /** The body as the recipient would read it: joined from the very parts that would cross. Null when refused. */
  readonly body: unknown;
  /** Under which text and article it would cross; null where none covers it. */
  readonly agreement: { readonly id: string; readonly version: number; readonly article: string } | null;
}

/** Names one held crossing. */
export interface HeldKey {
  readonly direction: 'outbound' | 'inbound';
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  /** The recipient of an outbound, the exporter of an inbound crossing. */
  readonly peer: OfficeId;
}

/** What a message says, as this office may show it. */
export interface MessageContent {
  readonly kind: MessageKind;
  readonly header: {
    readonly officer: string;
    readonly purpose: Purpose;
    readonly handling: HandlingCode;
    readonly caveat: string;
    readonly caseReference: string;
    readonly inReplyTo: string;
    readonly supersedes: string;
  };
  readonly body: unknown;
  /** Categories of parts of the envelope that are not here, with the policies that withheld them. */
  readonly withheld: readonly {
    readonly category: DataCategory;
    readonly policies: readonly string[];
    readonly by: OfficeId;
  }[];
}

/** How a link to one neighbour stands, as the relay sees it. */
export interface LinkView {
  readonly office: OfficeId;
  readonly scope: Scope;
  /** When something signed by the neighbour was last verified; null before the first. */
  readonly heardMs: EpochMs | null;
  /** Nothing was heard for three heartbeats. */
  readonly silent: boolean;
  /** Codes of what does not fit between this ledger and the neighbour's, as signed heads show it. */
  readonly historyFaults: readonly string[];
  /** What the neighbour last said of this office's ledger; null where it said nothing since this node started. */
  readonly ownHead: OwnHead | null;
  readonly lanes: readonly LinkLaneView[];
}

/** One lane of a link, both ways. */
export interface LinkLaneView {
  readonly lane: Lane;
  /** Numbered items that the neighbour is not known to have. */
  readonly waiting: number;
  /** Age in milliseconds of the oldest of them, 0 when none waits. */
  readonly oldestMs: number;
  readonly sentThrough: number;
  readonly confirmedThrough: number;
  readonly receivedThrough: number;
  readonly missing: number;
}

/** The relay of one office: everything that may change its state goes through here. */
export interface Relay {
  readonly projection: OfficeProjection;
  readonly reviews: Omit<ReviewDesk, 'sweep'>;
  readonly requests: RequestDesk;
  readonly searches: SearchDesk;
  readonly recalls: RecallDesk;
  readonly reports: ReportDesk;
  readonly operations: Omit<OperationDesk, 'sweep' | 'arrived'>;
  readonly consents: ConsentDesk;
  readonly region: Omit<RegionDesk, 'sweep' | 'close'>;
  readonly channel: ChannelDesk;
  readonly attachments: AttachmentDesk;
  readonly triage: TriageDesk;
  /**
   * The message is signed, decided and on disk when it resolves. @throws RelayError RELAY_RECIPIENT_UNKNOWN,
   * RELAY_EXPIRY_INVALID, RELAY_REFERENCE_UNKNOWN, RELAY_IDEMPOTENCY_CONFLICT, RELAY_STOPPED, RELAY_BUSY.
   */
  readonly submit: (input: SubmissionInput) => Promise<SubmissionResult>;
  /** What `submit` would decide now, with each recipient's exact copy; nothing is kept or sent. @throws RelayError as `submit`. */
  readonly preview: (input: SubmissionInput) => Promise<readonly PreviewResult[]>;
  /** A named person lets a held crossing pass, exactly as it was shown, or is the first of two. @throws RelayError RELAY_STOPPED; as `HoldQueue`. */
  readonly release: HoldQueue['release'];
  /** A named person ends a held crossing. @throws RelayError RELAY_NOT_HELD, RELAY_STOPPED. */
  readonly reject: (key: HeldKey, by: string, reason: string) => Promise<void>;
  /** An officer opened a delivered message: the exporter gets a signed receipt, once per message. @throws RelayError RELAY_MESSAGE_UNKNOWN, RELAY_STOPPED. */
  readonly retrieve: (origin: OfficeId, id: EnvelopeId, by: string) => Promise<void>;
  /** What the message says. @throws RelayError RELAY_MESSAGE_UNKNOWN, RELAY_CONTENT_GONE. */
  readonly read: (origin: OfficeId, id: EnvelopeId) => Promise<MessageContent>;
  /** What a release would let pass now: outbound the recipient's copy, inbound what officers here would see. @throws as `HoldQueue`. */
  readonly readHeld: HoldQueue['show'];
  readonly links: () => readonly LinkView[];
  /** A neighbour's link came up or went down, as the transport sees it: retries start at once, or wait. */
  readonly linkChanged: (office: OfficeId, up: boolean) => void;
  /** Whether submissions are taken: the ledger is open and the node is not stopping. */
  readonly ready: () => boolean;
  /** Stops pulling, finishes what is under way, and leaves the rest to the next start. */
  readonly close: () => Promise<void>;
}

/** Times and bounds of the relay; every one has a default that suits a real office. */
export interface RelaySettings {
  /** A status goes to every neighbour at least this often. Default 10 s. */
  readonly heartbeatMs: DurationMs;
  /** How wrong clocks may be without changing a decision. Default 5 minutes. */
  readonly clockToleranceMs: DurationMs;
  /** How long the acknowledgement of one publication may take. Default 20 s. */
  readonly publishTimeoutMs: DurationMs;
  /** The most crossings in one frame. Default 256. */
  readonly maxFrameItems: number;
  /** A message that says nothing else expires after this. Default 24 hours. */
  readonly defaultExpiryMs: DurationMs;
  /** The furthest expiry. Default 30 days. */
  readonly maxExpiryMs: DurationMs;
  /** The most bytes of files of operations that lie here: of own ones, and again of what others sent. Default 1 GiB. */
  readonly maxFileStoreBytes: number;
}
