import type { Digest, EpochMs, OfficeId } from '../../foundation/index.ts';
import type { Lane, LedgerRecord, MessageKind } from '../../wire/index.ts';
import type { AddedCopies } from './added-copies.ts';
import type { CustodyRecords } from './custody-records.ts';
import type { InboundLanes } from './inbound-lanes.ts';
import type { LaneItem, OutboundLanes } from './outbound-lanes.ts';
import type { RegionView } from './region-views.ts';
import type { SearchMatchView } from './search-matches.ts';
import type { TrafficView } from './traffic-records.ts';
import type { TriageRecords } from './triage-records.ts';
import type { ErasureView, InboundMessageView, OutboundCopy, OutboundMessage, QuarantineView } from './views.ts';

/** Everything an office node shows and acts on, computed from its ledger and from nothing else. */
export interface OfficeProjection {
  /** Takes the next record; records come in order, each once. */
  readonly apply: (record: LedgerRecord, digest: Digest) => void;
  /** When the ledger was founded; null while nothing was read. */
  readonly foundedMs: () => EpochMs | null;
  readonly outbound: ReadonlyMap<string, OutboundMessage>;
  /** By `<origin>/<id>`; also what was refused or failed, so that it is recognised for ever. */
  readonly inbound: ReadonlyMap<string, InboundMessageView>;
  /** Offices that said something of what is in `inbound`: neighbours, and those whose messages were passed on. */
  readonly origins: ReadonlySet<OfficeId>;
  readonly lanes: OutboundLanes;
  readonly arrivals: InboundLanes;
  readonly quarantine: readonly QuarantineView[];
  /** In the order in which they came on record; the ledger first, then the disk: their bytes may still be there. */
  readonly erasures: readonly ErasureView[];
  /** Copies and messages that still wait for something: a release, a receipt, a reader. */
  readonly open: ReadonlySet<string>;
  /** The newest head of a neighbour's ledger that this office saw signed. */
  readonly witnessed: ReadonlyMap<
    OfficeId,
    { readonly chain: string; readonly number: number; readonly digest: Digest; readonly atMs: EpochMs }
  >;
  /** Message that was submitted under an idempotency key, and the digest of what was submitted. */
  readonly submissionOf: (
    keyDigest: string,
  ) => { readonly message: OutboundMessage; readonly submissionDigest: string } | undefined;
  /** By `<kind>/<id>`: the newest that came into use, and when. */
  readonly documents: ReadonlyMap<
    string,
    { readonly version: number; readonly digest: string; readonly atMs: EpochMs }
  >;
  /** Crossings of messages, of this office or of another, that were added to the origin's own. */
  readonly added: Omit<AddedCopies, 'add' | 'closeWhenDone'>;
  /** The copy that an item of a lane of crossings is; undefined for what is on no record. */
  readonly copyOf: (to: OfficeId, lane: Lane, item: LaneItem) => OutboundCopy | undefined;
  /** Messages of both directions whose terms are about that one, in the order in which they came on record. */
  readonly about: (message: string) => readonly AnyMessage[];
  /** Messages of both directions of that kind, in the order in which they came on record; refused ones included. */
  readonly ofKind: (kind: MessageKind) => readonly AnyMessage[];
  /** Messages that say they take the place of that one, in the order in which they came on record. */
  readonly supersededBy: (message: string) => readonly AnyMessage[];
  /** Messages of both directions that were sent past the hold, in the order in which they came on record. */
  readonly emergencies: readonly AnyMessage[];
  /** How often a submission of somebody was refused and put on record: by code, and then by who submitted it. */
  readonly rejections: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** What a neighbour's search, by its key, found here. */
  readonly matchesOf: (search: string) => readonly SearchMatchView[];
  /** What happened to files of operations. */
  readonly custody: Omit<CustodyRecords, 'add'>;
  /** What this office told the region, and what it was told. */
  readonly region: RegionView;
  /** When the last message came from a neighbour, and when it last confirmed the delivery of one. */
  readonly traffic: ReadonlyMap<OfficeId, TrafficView>;
  /** What officers of this office did with messages. */
  readonly triage: Pick<TriageRecords, 'of' | 'all'>;
}

/** A message of this office or of another. */
export type AnyMessage = OutboundMessage | InboundMessageView;

/** The key of a message in the projection. */
export function messageKey(origin: string, id: string): string {
  return `${origin}/${id}`;
}
