import type { Digest, EnvelopeId, EpochMs, OfficeId, Scope } from '../../foundation/index.ts';
import type {
  ContentRef,
  CrimeArea,
  CrossingOccasion,
  DataCategory,
  ErasureCause,
  HoldResolution,
  Lane,
  MessageKind,
  MessageRef,
  MessageTerms,
  Outcome,
  Precedence,
  Purpose,
  ReceiptKind,
} from '../../wire/index.ts';

/** Parts that did not pass a gate. */
export interface WithheldView {
  readonly category: DataCategory;
  readonly policies: readonly string[];
  readonly parts: readonly number[];
}

/** A gate's decision as the ledger has it. */
export interface DecisionView {
  readonly outcome: Outcome;
  readonly policies: readonly string[];
  readonly reason: string;
  readonly withheld: readonly WithheldView[];
  readonly bundles: readonly { readonly name: string; readonly version: number; readonly digest: string }[];
  readonly decidedMs: EpochMs;
  readonly releasedBy: string;
  /** Where it is held: how many named persons a release takes. */
  readonly releasesNeeded: number;
  /** Who approved its release first, where two persons did. */
  readonly approvedBy: string;
}

/** The agreement and article a crossing relies on. */
export interface AgreementView {
  readonly id: string;
  readonly version: number;
  readonly digest: string;
  readonly article: string;
}

/** A receipt in the ledger; `record` is the number of the record that holds it, signature included. */
export interface ReceiptView {
  readonly kind: ReceiptKind;
  readonly issuer: OfficeId;
  readonly atMs: EpochMs;
  readonly relayedMs: number;
  readonly reason: string;
  readonly recordedMs: EpochMs;
  readonly record: number;
}

/** How a held crossing left the queue. */
export interface HoldView {
  /** The decision that held it; a release puts another one in its place. */
  readonly decision: DecisionView;
  readonly resolution: HoldResolution;
  readonly by: string;
  /** The role in which they released it; empty for every other end. */
  readonly role: string;
  readonly reason: string;
  readonly atMs: EpochMs;
}

/** The first of two persons agreed that it passes; it stays held until the second did. */
export interface ApprovalView {
  readonly by: string;
  readonly role: string;
  readonly reason: string;
  /** SHA-256 over exactly what was shown, in hexadecimal. */
  readonly shown: string;
  readonly atMs: EpochMs;
}

/** The body of a message was erased before its time. */
export interface ErasureView {
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly cause: ErasureCause;
  /** The recall that ordered it, or the search whose result needs it no longer. */
  readonly orderedBy: MessageRef | null;
  /** Who did it; empty for the node itself. */
  readonly by: string;
  readonly atMs: EpochMs;
  readonly record: number;
  /** Where the bodies lay: nothing may be there any more. */
  readonly contents: readonly ContentRef[];
}

/** Where a crossing stands: with a gate, on its way, or at its end. */
export type CopyState =
  | 'refused'
  | 'held'
  | 'rejected'
  | 'expired'
  | 'queued'
  | 'sent'
  | 'accepted'
  | 'delivered'
  | 'retrieved'
  | 'failed';

/** What one recipient gets, or not, of a message of this office. */
export interface OutboundCopy {
  readonly to: OfficeId;
  readonly scope: Scope;
  readonly agreement: AgreementView | null;
  decision: DecisionView;
  hold: HoldView | null;
  /** Of the first of two persons, the newest last. */
  approvals: readonly ApprovalView[];
  /** The encoded Crossing; null while it has not been released. */
  crossing: ContentRef | null;
  lane: Lane;
  number: number;
  releasedMs: EpochMs | null;
  /** Of a request: when this recipient is to have answered, under the article that its copy relies on. */
  answerByMs: EpochMs | null;
  framedMs: EpochMs | null;
  /** When the neighbour's server stored it; a transport acknowledgement, not evidence. */
  relayedMs: EpochMs | null;
  readonly receipts: ReceiptView[];
}

/** One more crossing of an envelope that this office holds: passed on to a third office, or with parts opened later. */
export interface AddedCopy extends OutboundCopy {
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly envelopeDigest: Digest;
  readonly kind: MessageKind;
  readonly precedence: Precedence;
  readonly createdMs: EpochMs;
  readonly expiresMs: EpochMs;
  readonly drill: boolean;
  readonly occasion: CrossingOccasion;
  /** Who decided it, and why. */
  readonly by: string;
  readonly reason: string;
  /** The consent or the request for parts that it relies on; null where none was needed. */
  readonly reliesOn: MessageRef | null;
  /** What the recipient may use it for; unspecified where it is the origin's own. */
  readonly purpose: Purpose;
  readonly addedMs: EpochMs;
  readonly record: number;
}

/** A message of this office. */
export interface OutboundMessage {
  readonly direction: 'outbound';
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly envelopeDigest: Digest;
  readonly kind: MessageKind;
  readonly precedence: Precedence;
  readonly createdMs: EpochMs;
  readonly expiresMs: EpochMs;
  readonly drill: boolean;
  readonly submittedBy: string;
  readonly supersedes: string;
  readonly inReplyTo: string;
  /** Why it went past the hold; empty where it did not. */
  readonly emergency: string;
  /** References, codes and times of the body; null for a kind that has none. */
  readonly terms: MessageTerms | null;
  /** Of the body; unspecified where it has none. */
  readonly crimeArea: CrimeArea;
  readonly acceptedMs: EpochMs;
  readonly record: number;
  /** An encoded OwnMessage; without its parts where they were erased. */
  content: ContentRef;
  erased: ErasureView | null;
  readonly copies: Map<OfficeId, OutboundCopy>;
  readonly receipts: ReceiptView[];
}

/** A message of another office. */
export interface InboundMessageView {
  readonly direction: 'inbound';
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly from: OfficeId;
  readonly scope: Scope;
  readonly lane: Lane;
  readonly number: number;
  readonly envelopeDigest: Digest;
  readonly crossingDigest: Digest;
  readonly kind: MessageKind;
  readonly precedence: Precedence;
  readonly createdMs: EpochMs;
  readonly expiresMs: EpochMs;
  readonly drill: boolean;
  readonly supersedes: string;
  readonly inReplyTo: string;
  /** When its exporter decided that it goes; never before it was made. */
  readonly exportedMs: EpochMs;
  /** Its sender sent it past the hold. */
  readonly emergency: boolean;
  /** Of a search: who asks, as its origin names them; empty for everything else. */
  readonly officer: string;
  /** As in OutboundMessage. */
  readonly terms: MessageTerms | null;
  /** Of the body, as far as it was disclosed; unspecified where it has none. */
  crimeArea: CrimeArea;
  /** Of a request: when this office is to have answered. */
  readonly answerByMs: EpochMs | null;
  /** Of a message that a third office said: what it may be used for here, and the consent it came with. */
  readonly onward: { readonly purpose: Purpose; readonly consent: MessageRef | null } | null;
  readonly agreement: AgreementView | null;
  readonly receivedMs: EpochMs;
  readonly record: number;
  /** An encoded ReceivedCrossing; without its parts where they were erased. */
  content: ContentRef | null;
  erased: ErasureView | null;
  decision: DecisionView;
  hold: HoldView | null;
  /** As in OutboundCopy. */
  approvals: readonly ApprovalView[];
  deliveredMs: EpochMs | null;
  readonly retrievals: { readonly by: string; readonly atMs: EpochMs }[];
  /** What its origin opened of it later. */
  readonly supplements: SupplementView[];
  /** Receipts this office gave. */
  readonly receipts: ReceiptView[];
}

/** Parts of a message that came later than the message. */
export interface SupplementView {
  readonly lane: Lane;
  readonly number: number;
  readonly crossingDigest: Digest;
  readonly receivedMs: EpochMs;
  readonly record: number;
  /** The kinds of data that it opened. */
  readonly opened: readonly DataCategory[];
  /** An encoded ReceivedCrossing; null where the import gate refused it. */
  content: ContentRef | null;
  /** The import gate's, about the parts that came with it. */
  readonly decision: DecisionView;
  /** Receipts this office gave. */
  readonly receipts: ReceiptView[];
}

/** A frame that was made and is not known to have arrived whole. */
export interface OutboundFrame {
  /** Of all its items. */
  readonly scope: Scope;
  readonly first: number;
  readonly last: number;
  readonly header: Uint8Array;
  readonly digest: Digest;
  readonly proof: FrameProof;
  readonly madeMs: EpochMs;
  relayedMs: EpochMs | null;
}

/** The proof of a frame's header, byte for byte. */
export interface FrameProof {
  readonly protected: Uint8Array;
  readonly head: Uint8Array;
  readonly signature: Uint8Array;
  readonly leafIndex: number;
  readonly path: readonly Uint8Array[];
}

/** Something that came in and does not verify. */
export interface QuarantineView {
  readonly from: OfficeId;
  readonly code: string;
  readonly digest: Digest;
  readonly size: number;
  readonly atMs: EpochMs;
  readonly record: number;
  readonly content: ContentRef | null;
}
