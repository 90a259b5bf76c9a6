import type { Brand, Digest, EnvelopeId, EpochMs, OfficeId, Scope } from '../foundation/index.ts';
import type {
  AgreementRef,
  DataCategory,
  Decision,
  Envelope,
  EnvelopeHeader,
  FrameHeader,
  Init,
  Lane,
  MessageKind,
  Proof,
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

/**
 * What this office holds of another's message, to go on to a third: the origin's own envelope, those parts that are here,
 * and in the header's place of the purpose the one it goes on for. Made by `messageToPassOn`.
 */
export type HeldMessage = Brand<
  Omit<MessageShape, 'parts'> & {
    readonly proof: Proof;
    /** In the order of the envelope, each with its index there. */
    readonly parts: readonly (MessagePart & { readonly index: number })[];
  },
  'HeldMessage'
>;

/** A signed message with the export gate's decision for one recipient. Made by the export gate alone. */
export type DecidedCrossing = Brand<
  {
    readonly message: SignedMessage | HeldMessage;
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

export type {
  AdmittedCrossing,
  CrossingContext,
  DocumentDraft,
  FrameItem,
  OpenContext,
  OpenedDocument,
  OpenedFrame,
  ReceivedDocument,
  ReceivedFrame,
  ReceivedPart,
  SignedReceiptBytes,
  UnverifiedCrossing,
  UnverifiedReceipt,
  UnverifiedStatus,
  VerifiedCrossing,
  VerifiedCrossingShape,
  VerifiedReceipt,
  VerifiedStatus,
  VerifyContext,
  WithheldPart,
} from './received-types.ts';
