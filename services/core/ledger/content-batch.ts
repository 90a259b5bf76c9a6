import { type DurationMs, days, durationMs, type EpochMs, later, seconds, sha256, toHex } from '../foundation/index.ts';
import { contentBatchCodec, WireError } from '../wire/index.ts';
import type { ContentBatchName } from './types.ts';

const MAX_STORED_BYTES = 8 * 1024 * 1024;
const NOTHING = new Uint8Array();
const NONE_ERASED: ReadonlyMap<number, Uint8Array> = new Map();

/** How much longer than its day a batch stays, so that a clock error never ends it early. */
export const DAY_MARGIN_MS: DurationMs = seconds(3600);

/** The UTC day that `time` lies in, as yyyymmdd. */
export function dayOf(time: EpochMs): string {
  return new Date(time).toISOString().slice(0, 10).replaceAll('-', '');
}

/** The first moment after that UTC day; `undefined` unless `day` is a day of the calendar written yyyymmdd. */
export function endOfDay(day: string): EpochMs | undefined {
  const match = /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(day);
  if (match === null) return undefined;
  const start = Date.parse(`${match[1]}-${match[2]}-${match[3]}T00:00:00Z`);
  if (Number.isNaN(start) || dayOf(start as EpochMs) !== day) return undefined;
  return later(start as EpochMs, days(1));
}

/** How long from `now` a batch of that day is kept; `undefined` when that is over. */
export function timeToLive(day: string, now: EpochMs): DurationMs | undefined {
  const end = endOfDay(day);
  const left = end === undefined ? 0 : later(end, DAY_MARGIN_MS) - now;
  return left > 0 ? durationMs(left) : undefined;
}

/** The bodies of a batch by their places, some of them erased since it was stored. */
export interface StoredBatch {
  /** An erased one is empty here. */
  readonly items: readonly Uint8Array[];
  /** Of each erased body its digest. */
  readonly erased: ReadonlyMap<number, Uint8Array>;
}

/** A batch of which nothing is erased. */
export function wholeBatch(items: readonly Uint8Array[]): StoredBatch {
  return { items, erased: NONE_ERASED };
}

/** The same batch without the bodies at these places; their digests take their places. */
export function withoutBodies({ items, erased }: StoredBatch, places: ReadonlySet<number>): StoredBatch {
  const gone = new Map(erased);
  for (const place of places) {
    const bytes = items[place];
    if (bytes !== undefined && !gone.has(place)) gone.set(place, sha256(bytes));
  }
  return { items: items.map((bytes, place) => (gone.has(place) ? NOTHING : bytes)), erased: gone };
}

/** The bodies as one message to the store. */
export function encodeContentBatch({ items, erased }: StoredBatch): Uint8Array {
  const gone = [...erased].map(([index, digest]) => ({ index, digest })).sort((a, b) => a.index - b.index);
  return contentBatchCodec.encode({ items, erased: gone });
}

/** The name of the batch with the bodies of these digests, in this order: erasing one of them leaves it as it is. */
export function nameOf(day: string, digests: readonly Uint8Array[]): ContentBatchName {
  return { day, batchId: toHex(sha256(...digests)).slice(0, 32) };
}

/** The batch of these bytes; `undefined` when its bodies, whole or erased, are not the ones that the name was made of. */
export function decodeContentBatch(name: ContentBatchName, bytes: Uint8Array): StoredBatch | undefined {
  try {
    const { items, erased } = contentBatchCodec.decode(bytes, MAX_STORED_BYTES);
    const batch = { items, erased: new Map(erased.map(({ index, digest }) => [index, Uint8Array.from(digest)])) };
    const isErasedEmpty = erased.every(({ index }) => items[index]?.length === 0);
    const digests = items.map((item, place) => batch.erased.get(place) ?? sha256(item));
    return isErasedEmpty && nameOf(name.day, digests).batchId === name.batchId ? batch : undefined;
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}
