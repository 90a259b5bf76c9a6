import type { Clock, DurationMs, OfficeId, Scope } from '../foundation/index.ts';
import type { ContentStore, DecisionViews, Ledger, OfficeProjection } from '../ledger/index.ts';
import type { Gates } from '../policy/index.ts';
import type { HeadCache, RandomBytes, Signer, TrustStore, Unsealer } from '../trust/index.ts';
import type { DocumentKind } from '../wire/index.ts';
import type { Desk } from './desk.ts';
import type { OperationViews } from './operations/types.ts';
import type { ReceiptDesk } from './receipts.ts';
import type { RecentBytes } from './recent-bytes.ts';
import type { HubPort, RegionSettings } from './region/index.ts';
import type { RelayEvents } from './relay-events.ts';
import type { Neighbour, RelaySettings } from './types.ts';

/** Which channels of joint operations are open, as this office knows it now. */
export interface ChannelPort {
  /** Whether what is said in that channel may go to the neighbour, and come from it, now. Never for the scope of a pair. */
  readonly isOpen: (scope: Scope, peer: OfficeId) => boolean;
}

/** What a relay is made of. */
export interface RelayParts {
  readonly self: OfficeId;
  readonly signer: Signer;
  readonly unsealer: Unsealer;
  /** Signs exercises and nothing else; null where the office has no key for them, so that it holds none. */
  readonly drillSigner: Signer | null;
  /** Opens frames of exercises and nothing else; holds no key where the office has none for them. */
  readonly drillUnsealer: Unsealer;
  /** The trust store as it is now; asked anew for every decision. */
  readonly trust: () => TrustStore;
  /** The gates as they are now, over the bundles in force; a node without a bundle does not start. */
  readonly gates: () => Gates;
  readonly ledger: Ledger;
  readonly content: ContentStore;
  readonly projection: OfficeProjection;
  readonly neighbours: readonly Neighbour[];
  /** Regional hubs that this office tells and asks; left out, none. */
  readonly hubs?: readonly HubPort[];
  /** Times of its dealings with them; left out, those that suit a real office. */
  readonly regionSettings?: Partial<RegionSettings>;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly settings?: Partial<RelaySettings>;
  readonly events: RelayEvents;
  /** Takes a signed document that a neighbour passed on. @throws TrustError when it is not to be accepted. */
  readonly installDocument: (kind: DocumentKind, bytes: Uint8Array) => Promise<void>;
  /** A bug of ours, or a failure that ends the relay: for the log. */
  readonly onBug: (cause: unknown) => void;
}

/** What the parts of the relay share. */
export interface RelayContext extends Omit<RelayParts, 'settings'> {
  readonly settings: RelaySettings;
  readonly desk: Desk;
  readonly heads: HeadCache;
  readonly recent: RecentBytes;
  readonly views: DecisionViews;
  readonly receipts: ReceiptDesk;
  readonly channels: ChannelPort;
  /** Joint operations of which this office has the charter. */
  readonly operations: OperationViews;
  readonly neighbour: (office: OfficeId) => Neighbour | undefined;
  readonly scopeOf: (office: OfficeId) => Scope;
  /** Something new stands on a lane to that office. */
  readonly wake: (office: OfficeId) => void;
  /** An act about an operation is on record: what neighbours may send, and what may go to them, is looked at again at once. */
  readonly channelsChanged: () => void;
  /** Messages came in and are on record: what the node does about them by itself need not wait for the next sweep. */
  readonly arrived: () => void;
}

/** The defaults of DESIGN sections 7 and 12. */
export const DEFAULT_SETTINGS: RelaySettings = {
  heartbeatMs: 10_000 as DurationMs,
  clockToleranceMs: 300_000 as DurationMs,
  publishTimeoutMs: 20_000 as DurationMs,
  maxFrameItems: 256,
  defaultExpiryMs: 86_400_000 as DurationMs,
  maxExpiryMs: (30 * 86_400_000) as DurationMs,
  maxFileStoreBytes: 1024 * 1024 * 1024,
};
