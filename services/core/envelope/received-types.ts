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
  Lane,
  LinkStatus,
  MessageKind,
  Proof,
  Receipt,
  Seal,
} from '../wire/index.ts';
import type { MessagePart } from './types.ts';

/** A frame that arrived on a link: copied, bounded, in the one encoding that frames have; nothing in it is verified. Made by `receiveTransit`. */
export type ReceivedFrame = Brand<
  { readonly transit: 'frame'; readonly header: Uint8Array; readonly proof: Proof; readonly seal: Seal },
  'ReceivedFrame'
>;

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
  /** Opens frames of exercises and nothing else; holds no key where the office has none for them. */
  readonly drillUnsealer: Unsealer;
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

/** Said by its origin, exported to this office by its sender (the origin, or an office that says on what it passes it on), current, every part the origin's own; no policy of this office has seen it. Made by `verifyCrossing`, or verified again by `readReceivedCrossing`. */
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

/** What an office needs to verify a crossing with. */
export interface CrossingContext extends VerifyContext {
  readonly now: EpochMs;
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
  /** The receipt's own bytes with their proof, as `bytes` holds them. */
  readonly signed: { readonly receipt: Uint8Array; readonly proof: Proof };
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
