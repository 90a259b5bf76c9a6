import type { Brand, Digest, EnvelopeId, EpochMs, OfficeId, Scope } from '../foundation/index.ts';
import type { HeadCache, KeyOf, Unsealer, VerifiedProof } from '../trust/index.ts';
import type {
  AgreementRef,
  Crossing,
  DataCategory,
  Decision,
  DocumentKind,
  Envelope,
  EnvelopeHeader,
  FrameHeader,
  Init,
  Lane,
  LinkStatus,
  MessageKind,
  Proof,
  Receipt,
  Seal,
} from '../wire/index.ts';

/** What is said: one kind of body with the header of its envelope. */
export interface MessageDraft {
  readonly header: Init<Omit<EnvelopeHeader, 'kind'>>;
  readonly kind: MessageKind;
  readonly body: unknown;
}

/** One separately disclosable piece of a body with its digest. */
export interface MessagePart {
  /** The encoded Part: these bytes travel and are digested. */
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`. */
  readonly digest: Uint8Array;
  readonly category: DataCategory;
  readonly path: readonly number[];
  /** The message at `path` with only the fields of `category`. */
  readonly value: Uint8Array;
}

interface MessageShape {
  readonly header: EnvelopeHeader;
  readonly kind: MessageKind;
  readonly body: unknown;
  readonly envelope: Envelope;
  /** The encoded Envelope: the bytes that are signed. */
  readonly envelopeBytes: Uint8Array;
  readonly envelopeDigest: Digest;
  /** All parts, in the order of the envelope. */
  readonly parts: readonly MessagePart[];
}

/** A sound message, split into salted parts; nobody has signed it. Made by `composeMessage`. */
export type UnsignedMessage = Brand<MessageShape, 'UnsignedMessage'>;

/** A message with its origin's signature; no gate has seen it. Made by `signMessages`, or verified again by `readOwnMessage`. */
export type SignedMessage = Brand<
  MessageShape & {
    /** The encoded SignedEnvelope. */
    readonly signedEnvelope: Uint8Array;
    readonly proof: Proof;
  },
  'SignedMessage'
>;

/** A signed message with the export gate's decision for one recipient. Made by the export gate alone. */
export type DecidedCrossing = Brand<
  {
    readonly message: SignedMessage;
    readonly from: OfficeId;
    readonly to: OfficeId;
    readonly scope: Scope;
    readonly agreement: AgreementRef | null;
    readonly decision: Decision;
    /** Indexes of the parts that this recipient gets, in ascending order. */
    readonly disclosed: readonly number[];
  },
  'DecidedCrossing'
>;

/** A crossing that was released: holds disclosed parts only. It leaves once it is on record. Made by `buildCrossing`. */
export type ExportableCrossing = Brand<
  {
    /** The encoded CrossingItem: what a frame carries. */
    readonly bytes: Uint8Array;
    /** The encoded Crossing: what is signed for and receipted; its parts are not in it. */
    readonly crossing: Uint8Array;
    /** SHA-256 of `crossing`. */
    readonly digest: Digest;
    readonly from: OfficeId;
    readonly to: OfficeId;
    readonly scope: Scope;
    readonly lane: Lane;
    readonly number: number;
    readonly origin: OfficeId;
    readonly envelopeId: EnvelopeId;
    readonly envelopeDigest: Digest;
    readonly expiresMs: EpochMs;
  },
  'ExportableCrossing'
>;

/** What a frame is made of: its place on a lane and its items, encoded CrossingItems, SignedReceipts or one LinkStatus. */
export interface FrameDraft {
  readonly scope: Scope;
  readonly from: OfficeId;
  readonly to: OfficeId;
  readonly lane: Lane;
  /** Number of the first item; 0 on the status lane. */
  readonly first: number;
  /** The first 16 bytes of the digest of the first record of the sender's ledger. */
  readonly chain: Uint8Array;
  /** SHA-256 of the encoded header of the frame before on this lane; empty for the first. */
  readonly previous: Uint8Array;
  readonly items: readonly Uint8Array[];
}

/** A signed frame header: to be recorded, and then sent with its content for as long as it takes. */
export interface MadeFrame {
  readonly header: FrameHeader;
  readonly headerBytes: Uint8Array;
  /** SHA-256 of `headerBytes`: what the next frame of the lane names as the one before. */
  readonly headerDigest: Uint8Array;
  readonly proof: Proof;
}

/** A frame that arrived on a link: copied, bounded, in the one encoding that frames have; nothing in it is verified. Made by `receiveTransit`. */
export type ReceivedFrame = Brand<{ readonly transit: 'frame'; readonly header: Uint8Array; readonly proof: Proof; readonly seal: Seal }, 'ReceivedFrame'>;

/** A document notice that arrived on a link: copied, bounded, in the one encoding that notices have; nothing in it is verified. Made by `receiveTransit`. */
export type ReceivedDocument = Brand<
  { readonly transit: 'document'; readonly from: string; readonly to: string; readonly seal: Seal },
  'ReceivedDocument'
>;

/** What the reader of a link needs to verify with. */
export interface VerifyContext {
  readonly keyOf: KeyOf;
  readonly heads: HeadCache;
}

/** What an office needs to open what is addressed to it. */
export interface OpenContext extends VerifyContext {
  readonly self: OfficeId;
  readonly unsealer: Unsealer;
  readonly now: EpochMs;
}

interface OpenedShape {
  readonly header: FrameHeader;
  readonly headerBytes: Uint8Array;
  readonly headerDigest: Uint8Array;
  readonly proof: Proof;
  readonly signed: VerifiedProof;
  readonly from: OfficeId;
  readonly to: OfficeId;
  readonly scope: Scope;
  readonly lane: Lane;
}

/** A frame for this office, signed by the office it comes from, opened, its items those that were signed. The items are not verified. Made by `openFrame`. */
export type OpenedFrame = Brand<
  OpenedShape &
    (
      | { readonly carries: 'crossings'; readonly crossings: readonly UnverifiedCrossing[] }
      | { readonly carries: 'receipts'; readonly receipts: readonly UnverifiedReceipt[] }
      | { readonly carries: 'status'; readonly status: UnverifiedStatus }
    ),
  'OpenedFrame'
>;

/** An item of an opened frame with its place in it. */
export interface FrameItem {
  readonly frame: OpenedShape;
  readonly index: number;
  /** How many items the frame has. */
  readonly count: number;
  /** Its number on the lane. */
  readonly number: number;
  /** The bytes that the frame's root covers: an encoded Crossing, SignedReceipt or LinkStatus. */
  readonly bytes: Uint8Array;
  /** Beside a crossing, the encoded parts that came with it; none beside anything else. */
  readonly parts: readonly Uint8Array[];
  /** Its inclusion path in the frame (RFC 9162). */
  readonly path: readonly Uint8Array[];
}

/** What a frame of a crossing lane holds at one place: exported by the frame's sender, not looked into. */
export type UnverifiedCrossing = Brand<
  FrameItem & {
    /** The encoded Parts that came with it. */
    readonly parts: readonly Uint8Array[];
  },
  'UnverifiedCrossing'
>;

/** What a frame of the receipts lane holds at one place: sent by the frame's sender, not looked into. */
export type UnverifiedReceipt = Brand<FrameItem, 'UnverifiedReceipt'>;

/** What a frame of the status lane holds: sent by the frame's sender, not looked into. */
export type UnverifiedStatus = Brand<FrameItem, 'UnverifiedStatus'>;

/** What an officer may trust of a crossing before any policy has seen it. */
export interface VerifiedCrossingShape {
  /** The encoded Crossing, as it came. */
  readonly bytes: Uint8Array;
  readonly crossingDigest: Digest;
  readonly crossing: Crossing;
  readonly from: OfficeId;
  readonly to: OfficeId;
  readonly scope: Scope;
  readonly lane: Lane;
  readonly number: number;
  readonly agreement: AgreementRef;
  /** The exporter's. */
  readonly decision: Decision;
  readonly header: EnvelopeHeader;
  readonly kind: MessageKind;
  readonly origin: OfficeId;
  readonly envelopeId: EnvelopeId;
  readonly envelope: Envelope;
  readonly envelopeBytes: Uint8Array;
  readonly envelopeDigest: Digest;
  readonly signed: VerifiedProof;
  /** The parts that came, or were kept, with their index in the envelope. */
  readonly parts: readonly ReceivedPart[];
  /** The parts that were not disclosed. */
  readonly withheld: readonly WithheldPart[];
  /** What `parts` make up: a body of `kind` with gaps. */
  readonly body: unknown;
}

/** A part that came, the origin's own. */
export interface ReceivedPart extends MessagePart {
  readonly index: number;
}

/** A part that was not disclosed: its place, its category, and by which of the exporter's policies. */
export interface WithheldPart {
  readonly index: number;
  readonly category: DataCategory;
  readonly policies: readonly string[];
}

/** Said by its origin, exported to this office by its sender, current, every part the origin's own; no policy of this office has seen it. Made by `verifyCrossing`, or verified again by `readReceivedCrossing`. */
export type VerifiedCrossing = Brand<VerifiedCrossingShape, 'VerifiedCrossing'>;

/** A verified crossing that this office's import gate let in. Made by the import gate alone. */
export type AdmittedCrossing = Brand<
  {
    readonly crossing: VerifiedCrossing;
    /** The import gate's. */
    readonly decision: Decision;
    /** Indexes in the envelope of the parts that officers may see, in ascending order. */
    readonly accepted: readonly number[];
  },
  'AdmittedCrossing'
>;

/** Who may pass on what another office said. */
export type OnwardPermission = (origin: OfficeId, exporter: OfficeId) => boolean;

/** What an office needs to verify a crossing with. */
export interface CrossingContext extends VerifyContext {
  readonly now: EpochMs;
  /** Without it only the origin itself may export. */
  readonly onward?: OnwardPermission;
}

/** A receipt that its issuer signed; whether it answers anything of this office's is not judged. */
export type VerifiedReceipt = Brand<
  {
    readonly receipt: Receipt;
    readonly receiptBytes: Uint8Array;
    readonly signedReceipt: Uint8Array;
    readonly proof: Proof;
    readonly issuer: OfficeId;
    readonly addressee: OfficeId;
    readonly origin: OfficeId;
    readonly envelopeId: EnvelopeId;
    readonly signed: VerifiedProof;
  },
  'VerifiedReceipt'
>;

/** A receipt with its issuer's signature. */
export interface SignedReceiptBytes {
  readonly receipt: Receipt;
  /** The encoded SignedReceipt. */
  readonly bytes: Uint8Array;
}

/** A link's state as its other end signed it. */
export type VerifiedStatus = Brand<{ readonly from: OfficeId; readonly status: LinkStatus }, 'VerifiedStatus'>;

/** A document that was sealed to this office; who sent it is not proved, the document proves itself. */
export interface OpenedDocument {
  readonly kind: DocumentKind;
  readonly claimedFrom: OfficeId;
  readonly bytes: Uint8Array;
}

/** A nation's signed document on its way from one office to another. */
export interface DocumentDraft {
  readonly from: OfficeId;
  readonly to: OfficeId;
  readonly kind: DocumentKind;
  /** The signed document (JWS General JSON). */
  readonly bytes: Uint8Array;
}

/** What an office has on record of one crossing or message, to be proved to a stranger. */
export interface Evidence {
  /** `crossing`: what went over a border, an encoded ReceivedCrossing; `message`: what an office said, an encoded OwnMessage with all or some of its parts. */
  readonly kind: 'crossing' | 'message';
  readonly record: Uint8Array;
  /** When it was recorded; keys are judged by it. */
  readonly recordedMs: EpochMs;
  /** Encoded SignedReceipts about it. */
  readonly receipts: readonly { readonly bytes: Uint8Array; readonly recordedMs: EpochMs }[];
}

/** One file of an evidence folder, its name relative to the folder. */
export interface EvidenceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A check that was made of a piece of evidence and how it came out. */
export interface EvidenceCheck {
  readonly check: string;
  readonly passed: boolean;
  /** Where it failed: the code of the error. */
  readonly code?: string;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/** Every check that was made, in order. */
export interface EvidenceReport {
  readonly verified: boolean;
  readonly checks: readonly EvidenceCheck[];
}
