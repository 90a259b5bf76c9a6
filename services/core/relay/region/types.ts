import type { DurationMs, EnvelopeId, EpochMs, HubId, NationCode, OfficeId } from '../../foundation/index.ts';
import type { DecisionView, RegionForkView, SubscriptionView } from '../../ledger/index.ts';
import type { Corridor, CrimeArea, MessageKind, Urgency } from '../../wire/index.ts';
import type { MessageContent, PreviewResult, SubmissionInput, SubmissionResult } from '../types.ts';
import type { RegionFinding } from './findings.ts';

/** A topic of the region as subjects spell it: made by `topicTokens` of core/envelope. */
export interface TopicTokens {
  readonly corridor: string;
  readonly crimeArea: string;
}

/** One regional hub as an office reaches it over its link; whatever comes back is the hub's word and proves nothing. */
export interface HubPort {
  readonly hub: HubId;
  /** Done when the hub has stored the encoded RegionItem; the same bytes again are stored once. Rejects where nothing says so. */
  readonly publish: (topic: TopicTokens, item: Uint8Array, timeoutMs: DurationMs) => Promise<void>;
  /** The encoded HubReply to an encoded HubRequest. Rejects where none comes in time. */
  readonly request: (request: Uint8Array, timeoutMs: DurationMs) => Promise<Uint8Array>;
}

/** How something that was told the region stands. */
export type RegionState =
  /** The gate did not let it go, or did not let it in. */
  'refused' | 'current' | 'superseded' | 'expired' | 'withdrawn';

/** A message of the region: of this office, or one that came. */
export interface RegionMessage {
  readonly direction: 'outbound' | 'inbound';
  readonly from: OfficeId;
  readonly id: EnvelopeId;
  readonly kind: MessageKind;
  readonly state: RegionState;
  readonly corridor: Corridor;
  readonly crimeArea: CrimeArea;
  /** Among its office's releases on the topic; 0 where it was refused. */
  readonly number: number;
  readonly urgency: Urgency;
  readonly language: string;
  readonly drill: boolean;
  readonly createdMs: EpochMs;
  readonly expiresMs: EpochMs;
  readonly releasedMs: EpochMs;
  /** When it came on record here. */
  readonly recordedMs: EpochMs;
  readonly withdrawnMs: EpochMs | null;
  readonly supersedes: string;
  readonly supersededBy: string;
  /** Of this office's gate. */
  readonly decision: DecisionView;
  /** Of one that came: the hub that brought it first. Of this office's: hubs that are known to have it. */
  readonly hubs: readonly HubId[];
  /** What this office may show of it; read apart. */
  readonly submittedBy: string;
}

/** The answer to a submission that is told the region. */
export interface RegionSubmissionResult extends SubmissionResult {
  readonly region: RegionMessage;
}

/** What a subscription asks for. */
export interface SubscribeInput {
  /** Left out: every hub of the office. */
  readonly hubs: readonly HubId[];
  readonly corridors: readonly Corridor[];
  readonly crimeAreas: readonly CrimeArea[];
  readonly nations: readonly NationCode[];
  readonly urgencies: readonly Urgency[];
  readonly languages: readonly string[];
  readonly backfillDays: number;
  readonly by: string;
}

/** A subscription with whether its hub is known to have taken its newest text. */
export interface SubscriptionStanding extends SubscriptionView {
  readonly taken: boolean;
}

/** How this office stands with one hub. */
export interface HubStanding {
  readonly hub: HubId;
  /** When it last answered in this run; null before. */
  readonly heardMs: EpochMs | null;
  /** The highest entry of its log that is on record here. */
  readonly cursor: number;
  /** Up to which entry it has gone through for this office. */
  readonly through: number;
  /** Entries of its log, by its own signed word; null before that. */
  readonly size: number | null;
  /** Releases of this office that it is not known to have. */
  readonly waiting: number;
}

/** How this office stands with the region. */
export interface RegionStanding {
  readonly hubs: readonly HubStanding[];
  readonly findings: readonly RegionFinding[];
  readonly forks: readonly RegionForkView[];
}

/** Everything this office tells the region, and asks of it. */
export interface RegionDesk {
  /** A bulletin, or an alert that goes to the region too: decided and on record with it in one append. @throws RelayError, RegionError as their codes say. */
  readonly submit: (input: SubmissionInput) => Promise<RegionSubmissionResult>;
  /** What of a submission the region would get. */
  readonly preview: (input: SubmissionInput) => Promise<Omit<PreviewResult, 'to' | 'agreement'>>;
  /** An alert of this office that was sent before is told the region. @throws RegionError, RelayError RELAY_MESSAGE_UNKNOWN. */
  readonly release: (id: EnvelopeId, by: string) => Promise<RegionMessage>;
  /** @throws RegionError REGION_MESSAGE_UNKNOWN, REGION_NOT_RELEASED. */
  readonly withdraw: (id: EnvelopeId, by: string) => Promise<RegionMessage>;
  /** Own ones and those that came and are wanted, the newest first. */
  readonly list: () => readonly RegionMessage[];
  /** @throws RegionError REGION_MESSAGE_UNKNOWN. */
  readonly find: (id: EnvelopeId, origin?: OfficeId) => RegionMessage;
  /** What it says: of an own one all, of another what was let in. @throws RegionError REGION_MESSAGE_UNKNOWN, REGION_WITHDRAWN; RelayError RELAY_CONTENT_GONE. */
  readonly read: (message: Pick<RegionMessage, 'from' | 'id'>) => Promise<MessageContent>;
  /** @throws RegionError REGION_HUB_UNKNOWN, REGION_BEYOND_ENTITLEMENT. */
  readonly subscribe: (input: SubscribeInput) => Promise<readonly SubscriptionStanding[]>;
  /** The newest text under that id, with every hub it stands with. @throws RegionError REGION_SUBSCRIPTION_UNKNOWN, REGION_BEYOND_ENTITLEMENT. */
  readonly change: (id: string, input: Omit<SubscribeInput, 'hubs'>) => Promise<readonly SubscriptionStanding[]>;
  /** @throws RegionError REGION_SUBSCRIPTION_UNKNOWN. */
  readonly end: (id: string, by: string) => Promise<readonly SubscriptionStanding[]>;
  readonly subscriptions: () => readonly SubscriptionStanding[];
  readonly standing: () => RegionStanding;
  /** Works for the hubs until closed. */
  readonly sweep: () => Promise<void>;
  readonly close: () => Promise<void>;
}
