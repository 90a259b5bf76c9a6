import type { AppendLog, HubContent } from '../../core/bus/index.ts';
import {
  type Clock,
  type Digest,
  digestOf,
  type EpochMs,
  fromHex,
  isLiaisonError,
} from '../../core/foundation/index.ts';
import { type HubLogRecord, hubLogBatchCodec, type Init, regionItemCodec } from '../../core/wire/index.ts';
import { HubError } from '../errors.ts';
import { entryOf, type HubLogEntry, placeOf } from './entry.ts';
import type { JudgedItem } from './judge-item.ts';
import { emptyLog, type LogState } from './log-state.ts';

/** The most items that are stored at once. */
export const MAX_BATCH = 256;

/** The stores of a hub's log. */
export interface LogStores {
  readonly log: AppendLog;
  readonly content: HubContent;
}

/** What the hub has taken in: on disk before anybody is told, and erased on disk where it is withdrawn or has ended. */
export interface HubLog {
  readonly state: LogState;
  /**
   * The entry of each item, on disk, in the order given; one that is there already keeps its entry. An item that cannot
   * stand in the log has its error in its place.
   *
   * @throws BusError when the store did not take them: then none of them counts.
   */
  readonly take: (items: readonly JudgedItem[]) => Promise<readonly (HubLogEntry | HubError)[]>;
  /** Whether an entry's content is withdrawn or has ended: nobody gets it any more. */
  readonly isGone: (entry: HubLogEntry) => boolean;
  /** The encoded RegionItem of an entry; undefined for one whose content is gone. */
  readonly read: (entry: HubLogEntry) => Promise<Uint8Array | undefined>;
  /** Erases what has been kept as long as it may be; how much that was. */
  readonly sweep: () => Promise<number>;
}

/** The log as its stream has it. What a stop in between left behind is put right first. @throws HubError HUB_LOG_INVALID; BusError. */
export async function openHubLog(stores: LogStores, clock: Clock): Promise<HubLog> {
  const state = emptyLog();
  let lastStored = 0;
  for await (const { seq, bytes } of stores.log.readAll(1)) {
    if (seq !== lastStored + 1) throw new HubError('HUB_LOG_INVALID', { context: { stored: seq } });
    lastStored = seq;
    for (const record of hubLogBatchCodec.decode(bytes).records) state.add(entryOf(record, seq));
  }
  const hasEnded = (entry: HubLogEntry): boolean => {
    if (entry.envelopeDigest === null) return false;
    return entry.keepUntilMs <= clock.now() || state.isWithdrawn(entry.from, entry.envelopeDigest);
  };
  const erased = new Set<Digest>();
  const erase = async (item: Digest): Promise<void> => {
    await stores.content.erase(item);
    erased.add(item);
  };
  const sweep = async (): Promise<number> => {
    const ended = state.all().filter((entry) => hasEnded(entry) && !erased.has(entry.itemDigest));
    for (const { itemDigest } of ended) await erase(itemDigest);
    return ended.length;
  };
  // Content without an entry was put down for an append that never came about: the newest there is.
  for await (const item of stores.content.newest(MAX_BATCH * 2))
    if (state.byItem(item) === undefined) await stores.content.erase(item);

  const judge = (items: readonly JudgedItem[]): readonly (JudgedItem | HubLogEntry | HubError)[] => {
    const taken = new Map<string, Digest>();
    return items.map((judged) => {
      const { item } = judged;
      const known = state.byItem(digestOf(item.bytes));
      if (known !== undefined) return known;
      const place = placeOf(item);
      const there = state.byPlace(place)?.headerDigest ?? taken.get(place);
      if (there !== undefined && there !== item.headerDigest)
        return new HubError('HUB_NUMBER_TAKEN', { context: { from: item.from, number: item.number } });
      if (there !== undefined) return state.byPlace(place) ?? new HubError('HUB_BUSY');
      taken.set(place, item.headerDigest);
      return judged;
    });
  };

  const append = async (fresh: readonly JudgedItem[]): Promise<void> => {
    const now = clock.now();
    const kept = fresh.filter(
      ({ item }) => item.withdraws !== null || !state.isWithdrawn(item.from, item.envelopeDigest),
    );
    await Promise.all(kept.map(({ item }) => stores.content.put(digestOf(item.bytes), item.bytes)));
    const batch = hubLogBatchCodec.encode({
      records: fresh.map((judged, at) => recordOf(judged, state.size() + 1 + at, now)),
    });
    const { seq } = await stores.log.append(batch, lastStored);
    lastStored = seq;
    for (const record of hubLogBatchCodec.decode(batch).records) state.add(entryOf(record, seq));
  };

  const eraseWithdrawn = async (fresh: readonly JudgedItem[]): Promise<void> => {
    for (const { item } of fresh) {
      const ended = item.withdraws !== null ? state.releasesOf(item.from, item.withdraws) : [];
      // Each once: an office may withdraw the same again and again.
      for (const { itemDigest } of ended) if (!erased.has(itemDigest)) await erase(itemDigest);
    }
  };

  return {
    state,
    take: async (items) => {
      const judged = judge(items);
      const fresh = judged.filter((each): each is JudgedItem => 'item' in each);
      if (fresh.length > 0) {
        await append(fresh);
        // The withdrawal is on disk: what is left undone here is done by the next sweep.
        await eraseWithdrawn(fresh).catch((error: unknown) => {
          if (!isLiaisonError(error)) throw error;
        });
      }
      return judged.map((each) => ('item' in each ? (state.byItem(digestOf(each.item.bytes)) as HubLogEntry) : each));
    },
    isGone: hasEnded,
    read: async (entry) => (hasEnded(entry) ? undefined : stores.content.get(entry.itemDigest)),
    sweep,
  };
}

function recordOf({ item, keepUntilMs }: JudgedItem, sequence: number, atMs: EpochMs): Init<HubLogRecord> {
  const { header, proof } = regionItemCodec.decode(item.bytes);
  return { sequence, atMs, header, proof, itemDigest: fromHex(digestOf(item.bytes)), keepUntilMs };
}
