import type { Digest, EnvelopeId, EpochMs, HubId, OfficeId } from '../../foundation/index.ts';
import type {
  ContentRef,
  Corridor,
  CrimeArea,
  MessageKind,
  SignedSubscription,
  Subscription,
  Urgency,
} from '../../wire/index.ts';
import type { AgreementView, DecisionView } from './views.ts';

/** What the export gate decided about a message of this office and the region, or that it was withdrawn. */
export interface RegionReleaseView {
  readonly id: EnvelopeId;
  readonly envelopeDigest: Digest;
  readonly corridor: Corridor;
  readonly crimeArea: CrimeArea;
  /** Among this office's releases on the topic; 0 where it was refused. */
  readonly number: number;
  readonly headerDigest: Digest | null;
  readonly decision: DecisionView;
  readonly agreement: AgreementView | null;
  /** The encoded RegionItem; null where it was refused. */
  readonly content: ContentRef | null;
  readonly urgency: Urgency;
  readonly language: string;
  /** It withdraws the release of that message. */
  readonly withdrawal: boolean;
  readonly releasedMs: EpochMs;
  readonly by: string;
}

/** What an office told the region, as it came in here. */
export interface RegionMessageView {
  readonly hub: HubId;
  readonly from: OfficeId;
  readonly id: EnvelopeId;
  readonly envelopeDigest: Digest;
  readonly kind: MessageKind;
  readonly corridor: Corridor;
  readonly crimeArea: CrimeArea;
  readonly number: number;
  readonly urgency: Urgency;
  readonly language: string;
  readonly createdMs: EpochMs;
  readonly expiresMs: EpochMs;
  readonly releasedMs: EpochMs;
  readonly receivedMs: EpochMs;
  readonly drill: boolean;
  readonly supersedes: string;
  /** The import gate's. */
  readonly decision: DecisionView;
  readonly agreement: AgreementView | null;
  readonly content: ContentRef | null;
  /** A subscription that stood when it came asks for its urgency and language too. */
  readonly wanted: boolean;
  withdrawnMs: EpochMs | null;
}

/** What is here of one office's releases on one topic. */
export interface RegionChainView {
  readonly from: OfficeId;
  /** The office's ledger, in hexadecimal. */
  readonly chain: string;
  readonly corridor: Corridor;
  readonly crimeArea: CrimeArea;
  /** The highest number that is here. */
  readonly last: number;
  /** No number up to this one is missed: it was released before anything here asked for it. */
  readonly floor: number;
  /** Nothing asked for it for a while, and nothing came since: what was released meanwhile is not missed. */
  readonly isInterrupted: boolean;
  readonly at: (number: number) => { readonly digest: string; readonly previous: string } | undefined;
  /** Whether it is here, or its office said that it withdrew it. */
  readonly accounts: (number: number) => boolean;
}

/** A subscription of this office with one hub, by its newest text. */
export interface SubscriptionView {
  readonly hub: HubId;
  readonly subscription: Subscription;
  readonly signed: SignedSubscription;
  readonly by: string;
  readonly sinceMs: EpochMs;
  readonly changedMs: EpochMs;
}

/** Two releases of one office that cannot both be right. */
export interface RegionForkView {
  readonly from: OfficeId;
  readonly corridor: Corridor;
  readonly crimeArea: CrimeArea;
  readonly number: number;
  readonly code: string;
  readonly hub: HubId;
  readonly atMs: EpochMs;
}

/** How this office stands with the region. */
export interface RegionView {
  /** All of this office's, refusals and withdrawals included, in the order in which they came on record. */
  readonly releases: readonly RegionReleaseView[];
  /** The newest decision on that message that is no withdrawal. */
  readonly releaseOf: (id: string) => RegionReleaseView | undefined;
  readonly withdrawalOf: (id: string) => RegionReleaseView | undefined;
  /** The last of this office on the topic; undefined before the first. */
  readonly lastOf: (corridor: Corridor, crimeArea: CrimeArea) => RegionReleaseView | undefined;
  /** Up to which number of the topic the hub is known to have this office's releases. */
  readonly confirmed: (hub: string, corridor: Corridor, crimeArea: CrimeArea) => number;
  /** By `<from>/<id>`, in the order in which they came on record; refused ones included. */
  readonly messages: ReadonlyMap<string, RegionMessageView>;
  /** Messages that say they take the place of that one. */
  readonly supersededBy: (message: string) => readonly RegionMessageView[];
  readonly chains: ReadonlyMap<string, RegionChainView>;
  readonly forks: readonly RegionForkView[];
  /** The highest entry of the hub's log that is on record here. */
  readonly cursor: (hub: string) => number;
  /** The header that came as that entry, by its digest; a failure counts as none. */
  readonly entryOf: (hub: string, sequence: number) => string | undefined;
  /** As which entry of that hub's log the header came. */
  readonly sequenceOf: (hub: string, headerDigest: string) => number | undefined;
  readonly failureOf: (hub: string, sequence: number) => string | undefined;
  readonly isHeld: (headerDigest: string) => boolean;
  readonly isWithdrawn: (from: string, envelopeDigest: string) => boolean;
  /** By `<hub>/<id>`. */
  readonly subscriptions: ReadonlyMap<string, SubscriptionView>;
}
