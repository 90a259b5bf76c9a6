import type { Brand, Digest, EnvelopeId, EpochMs, HubId, OfficeId } from '../../foundation/index.ts';
import type { VerifiedProof } from '../../trust/index.ts';
import type {
  AgreementRef,
  Corridor,
  CrimeArea,
  Decision,
  Envelope,
  EnvelopeHeader,
  HubHead,
  MessageKind,
  RegionHeader,
  RegionStatus,
  SignedHubHead,
  SignedRegionStatus,
  SignedSubscription,
  Subscription,
  Urgency,
} from '../../wire/index.ts';
import type { ReceivedPart, SignedMessage, VerifyContext, WithheldPart } from '../types.ts';

/** A signed message with the export gate's decision on the region. Made by the export gate alone. */
export type DecidedRelease = Brand<
  {
    readonly message: SignedMessage;
    readonly from: OfficeId;
    readonly agreement: AgreementRef | null;
    readonly decision: Decision;
    /** Indexes of the parts that the region gets, ascending. */
    readonly disclosed: readonly number[];
  },
  'DecidedRelease'
>;

/** What the region is told without opening it: by what hubs sort and subscribers choose. */
export interface RegionTopic {
  readonly corridor: Corridor;
  readonly crimeArea: CrimeArea;
}

/** Where a release stands in its office's chain on the topic. */
export interface RegionPlace {
  readonly number: number;
  /** SHA-256 of the encoded header before on the topic; empty for the first. */
  readonly previous: Uint8Array;
  /** The first 16 bytes of the digest of the first record of the office's ledger. */
  readonly chain: Uint8Array;
}

/** A release that an office signed: to be recorded before it leaves. Made by `makeRegionItem` and `makeWithdrawal`. */
export type MadeRegionItem = Brand<
  {
    /** The encoded RegionItem: what is kept and published. */
    readonly bytes: Uint8Array;
    readonly header: RegionHeader;
    /** SHA-256 of the encoded header: what the next of the topic names as the one before. */
    readonly headerDigest: Uint8Array;
  },
  'MadeRegionItem'
>;

/** What verifying a release needs; `now` is the reader's clock. */
export interface RegionContext extends VerifyContext {
  readonly now: EpochMs;
}

interface RegionItemShape extends RegionTopic {
  /** The encoded RegionItem, as it came. */
  readonly bytes: Uint8Array;
  readonly header: RegionHeader;
  readonly headerDigest: Digest;
  readonly from: OfficeId;
  readonly number: number;
  readonly urgency: Urgency;
  readonly language: string;
  readonly drill: boolean;
  readonly signed: VerifiedProof;
}

/** What an office told the region, its own signed word, with those of its parts that came. */
export interface RegionMessage extends RegionItemShape {
  readonly withdraws: null;
  readonly agreement: AgreementRef;
  /** The releasing office's. */
  readonly decision: Decision;
  readonly kind: MessageKind;
  readonly envelope: Envelope;
  readonly envelopeHeader: EnvelopeHeader;
  readonly envelopeBytes: Uint8Array;
  readonly envelopeId: EnvelopeId;
  readonly envelopeDigest: Digest;
  readonly parts: readonly ReceivedPart[];
  readonly withheld: readonly WithheldPart[];
  /** What `parts` make up: a body of `kind` with gaps. */
  readonly body: unknown;
}

/** An office's signed word that an earlier release of its own is withdrawn. */
export interface RegionWithdrawal extends RegionItemShape {
  /** SHA-256 of the envelope that was released. */
  readonly withdraws: Digest;
}

/** Said and released by the office that it is from, on that topic at that number, every part its own; no policy of the reader has seen it. Made by `verifyRegionItem`, or verified again by `readRegionItem`. */
export type VerifiedRegionItem =
  | Brand<RegionMessage, 'VerifiedRegionItem'>
  | Brand<RegionWithdrawal, 'VerifiedRegionItem'>;

/** A release that holds a message. */
export type VerifiedRegionMessage = Extract<VerifiedRegionItem, { readonly withdraws: null }>;

/** A verified release that this office's import gate let in. Made by the import gate alone. */
export type AdmittedRegionItem = Brand<
  {
    readonly item: VerifiedRegionMessage;
    readonly decision: Decision;
    /** Indexes in the envelope of the parts that officers may see, ascending. */
    readonly accepted: readonly number[];
  },
  'AdmittedRegionItem'
>;

/** What an office wants of the region, in its own signed word; whether it is entitled to it is not judged. */
export type VerifiedSubscription = Brand<
  { readonly office: OfficeId; readonly subscription: Subscription; readonly signed: SignedSubscription },
  'VerifiedSubscription'
>;

/** How an office stands with the region, in its own signed word. */
export type VerifiedRegionStatus = Brand<
  { readonly from: OfficeId; readonly status: RegionStatus; readonly signed: SignedRegionStatus },
  'VerifiedRegionStatus'
>;

/** What a hub says of its log, in its own signed word. */
export type VerifiedHubHead = Brand<
  { readonly hub: HubId; readonly head: HubHead; readonly digest: Digest; readonly signed: SignedHubHead },
  'VerifiedHubHead'
>;
