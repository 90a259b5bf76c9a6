import { EMPTY_HUB_LOG, extendHubLogBy } from '../../core/envelope/index.ts';
import { type Digest, fromHex, type OfficeId } from '../../core/foundation/index.ts';
import { HubError } from '../errors.ts';
import { type HubLogEntry, placeOf } from './entry.ts';

/** The hub's log in memory: what its stream says and nothing else. */
export interface LogState {
  readonly size: () => number;
  /** SHA-256 chained over the digests of all items. */
  readonly digest: () => Uint8Array;
  /** Entry number `sequence`, from 1. */
  readonly at: (sequence: number) => HubLogEntry | undefined;
  readonly byItem: (item: Digest) => HubLogEntry | undefined;
  readonly byPlace: (place: string) => HubLogEntry | undefined;
  /** Entries of one office that released that envelope. */
  readonly releasesOf: (from: OfficeId, envelope: Digest) => readonly HubLogEntry[];
  readonly isWithdrawn: (from: OfficeId, envelope: Digest) => boolean;
  readonly all: () => readonly HubLogEntry[];
  /** The next entry. @throws HubError HUB_LOG_INVALID unless it is the next. */
  readonly add: (entry: HubLogEntry) => void;
}

/** A log without entries. */
export function emptyLog(): LogState {
  const entries: HubLogEntry[] = [];
  const items = new Map<Digest, HubLogEntry>();
  const places = new Map<string, HubLogEntry>();
  const releases = new Map<string, HubLogEntry[]>();
  const withdrawn = new Set<string>();
  let digest = EMPTY_HUB_LOG;
  const nameOf = (from: OfficeId, envelope: Digest): string => `${from}/${envelope}`;
  return {
    size: () => entries.length,
    digest: () => digest,
    at: (sequence) => entries[sequence - 1],
    byItem: (item) => items.get(item),
    byPlace: (place) => places.get(place),
    releasesOf: (from, envelope) => releases.get(nameOf(from, envelope)) ?? [],
    isWithdrawn: (from, envelope) => withdrawn.has(nameOf(from, envelope)),
    all: () => entries,
    add: (entry) => {
      if (entry.sequence !== entries.length + 1)
        throw new HubError('HUB_LOG_INVALID', { context: { sequence: entry.sequence, expected: entries.length + 1 } });
      entries.push(entry);
      items.set(entry.itemDigest, entry);
      places.set(placeOf(entry), entry);
      digest = extendHubLogBy(digest, fromHex(entry.itemDigest));
      if (entry.withdraws !== null) withdrawn.add(nameOf(entry.from, entry.withdraws));
      if (entry.envelopeDigest !== null) {
        const name = nameOf(entry.from, entry.envelopeDigest);
        const same = releases.get(name);
        if (same === undefined) releases.set(name, [entry]);
        else same.push(entry);
      }
    },
  };
}
