import {
  type Digest,
  digestFromBytes,
  digestOf,
  type EpochMs,
  type NationCode,
  nationOf,
  type OfficeId,
} from '../../core/foundation/index.ts';
import {
  type Corridor,
  type CrimeArea,
  type HubLogRecord,
  type MessageKind,
  regionHeaderCodec,
  type Urgency,
} from '../../core/wire/index.ts';

/** What the hub keeps in memory of an entry of its log. */
export interface HubLogEntry {
  readonly sequence: number;
  /** The hub's clock when it took it in. */
  readonly atMs: EpochMs;
  /** The releasing office's, as it signed. */
  readonly releasedMs: EpochMs;
  readonly from: OfficeId;
  readonly nation: NationCode;
  readonly corridor: Corridor;
  readonly crimeArea: CrimeArea;
  readonly urgency: Urgency;
  readonly kind: MessageKind;
  readonly drill: boolean;
  readonly number: number;
  readonly headerDigest: Digest;
  readonly itemDigest: Digest;
  /** What it releases, or null for a withdrawal. */
  readonly envelopeDigest: Digest | null;
  /** What it withdraws, or null for a release. */
  readonly withdraws: Digest | null;
  /** Under which article it was released; empty for a withdrawal. */
  readonly agreement: string;
  readonly article: string;
  readonly keepUntilMs: EpochMs;
  /** Where its record stands in the stream. */
  readonly storedAt: number;
}

/** An entry of the log from its record, stored at that place of the stream. */
export function entryOf(record: HubLogRecord, storedAt: number): HubLogEntry {
  const header = regionHeaderCodec.decode(record.header);
  const from = header.from as OfficeId;
  const isWithdrawal = header.withdraws.length > 0;
  return {
    sequence: record.sequence,
    atMs: record.atMs as EpochMs,
    releasedMs: header.releasedMs as EpochMs,
    from,
    nation: nationOf(from),
    corridor: header.corridor,
    crimeArea: header.crimeArea,
    urgency: header.urgency,
    kind: header.kind,
    drill: header.drill,
    number: header.number,
    headerDigest: digestOf(record.header),
    itemDigest: digestFromBytes(record.itemDigest),
    envelopeDigest: isWithdrawal ? null : digestFromBytes(header.envelopeDigest),
    withdraws: isWithdrawal ? digestFromBytes(header.withdraws) : null,
    agreement: header.agreement?.id ?? '',
    article: header.agreement?.article ?? '',
    keepUntilMs: record.keepUntilMs as EpochMs,
    storedAt,
  };
}

/** Names one number of an office's releases on a topic. */
export function placeOf({
  from,
  corridor,
  crimeArea,
  number,
}: Pick<HubLogEntry, 'from' | 'corridor' | 'crimeArea' | 'number'>): string {
  return `${from}/${corridor}/${crimeArea}/${number}`;
}
