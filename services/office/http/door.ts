import type { AgencyClaims, OfficersTable, Principal } from '../../core/access/index.ts';
import type { EvidenceFile } from '../../core/envelope/index.ts';
import type { Clock, DurationMs, EpochMs, HubId, OfficeId } from '../../core/foundation/index.ts';
import type { InboundMessageView, OutboundMessage } from '../../core/ledger/index.ts';
import type { PolicyBundle } from '../../core/policy/index.ts';
import type { Relay } from '../../core/relay/index.ts';
import type { EventFeed } from '../../core/telemetry/index.ts';
import type { TrustStore } from '../../core/trust/index.ts';
import type { LedgerHead } from '../../core/wire/index.ts';
import type { LedgerChecks } from '../check-ledger.ts';
import type { FiguresDesk } from '../figures/figures-desk.ts';
import type { People } from '../people/people.ts';
import type { Readiness } from '../readiness.ts';
import type { MessageFacts } from '../views/message-facts.ts';
import type { MessageIndex } from '../views/message-index.ts';
import type { MessageWords } from '../views/message-words.ts';

/** A batch of the ledger as it lies on disk. */
export interface LedgerBatchEntry {
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/** What the ledger shows to those who check it. */
export interface LedgerDoor {
  readonly head: () => LedgerHead;
  readonly chainId: () => Uint8Array;
  /** Every batch from that place of the store on, exactly as it is on disk. */
  readonly batches: (fromSeq: number) => AsyncIterable<LedgerBatchEntry>;
}

/** A policy bundle that is in force. */
export interface BundleFacts {
  readonly name: string;
  readonly version: number;
  /** SHA-256 of the bundle's bytes in hexadecimal. */
  readonly digest: string;
}

/** What those ask who look after the office as a whole. */
export interface OversightDoor extends FiguresDesk {
  readonly checks: LedgerChecks;
}

/** A leaf connection, as the server sees it. */
export interface LinkWay {
  readonly over: OfficeId | HubId;
  /** Null where it was not asked yet. */
  readonly up: boolean | null;
  /** Since when it is so, at the earliest since this node started; null where it was not asked yet. */
  readonly sinceMs: EpochMs | null;
}

/** Everything that the routes of an office rest on, and nothing more. */
export interface Door {
  readonly office: OfficeId;
  readonly release: string;
  readonly clock: Clock;
  readonly relay: Relay;
  /** The offices that this one is linked to. */
  readonly neighbours: ReadonlySet<OfficeId>;
  readonly index: MessageIndex;
  /** What lines of lists show of contents, of messages that were listed lately. */
  readonly facts: MessageFacts;
  /** The words of messages that were searched lately. */
  readonly words: MessageWords;
  /** The people of the office and their agencies, as they are now. */
  readonly officers: () => OfficersTable;
  readonly trust: () => TrustStore;
  readonly bundles: () => readonly BundleFacts[];
  /** The sentence that a policy in force gives as its reason; `undefined` where no policy has that name. */
  readonly reasonOf: (policy: string) => string | undefined;
  /** The ways to a neighbour, the preferred one first, and how the leaf connection of each is. */
  readonly linkWays: (office: OfficeId) => readonly LinkWay[];
  /** How the leaf connection to an office or a hub is. */
  readonly linkState: (end: OfficeId | HubId) => Pick<LinkWay, 'up' | 'sinceMs'>;
  readonly ledger: LedgerDoor;
  readonly oversight: OversightDoor;
  /** The bundles that decide, the baseline first, with all that they say. */
  readonly policyBundles: () => readonly PolicyBundle[];
  readonly feed: EventFeed;
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: () => Promise<{ readonly text: string; readonly contentType: string }>;
  /** The raw material of a message's evidence. */
  readonly evidence: (message: OutboundMessage | InboundMessageView) => Promise<readonly EvidenceFile[]>;
  /** A submission was answered as the first time; for the counters. */
  readonly submissionRepeated: () => void;
  readonly maxExpiryMs: DurationMs;
  /** Asks again whether a token or session is still good. @throws AccessError when it is not. */
  readonly renew: (principal: Principal) => Principal;
  /** Which agencies of this office claim which crime areas, as its people are now. */
  readonly claims: () => AgencyClaims;
  /** Who works here, and how they sign in. */
  readonly people: People;
  /** The API description; set once the routes are known. */
  readonly description: () => unknown;
}
