import { type DurationMs, days, digestOf, durationMs, type EpochMs, later, seconds } from '../foundation/index.ts';
import { contentBatchCodec, WireError } from '../wire/index.ts';
import type { ContentBatchName } from './types.ts';

const MAX_STORED_BYTES = 8 * 1024 * 1024;

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

/** The bodies as one message to the store. */
export function encodeContentBatch(items: readonly Uint8Array[]): Uint8Array {
  return contentBatchCodec.encode({ items });
}

/** The name of the batch with these bytes: it can be checked by whoever reads it, without the ledger. */
export function nameOf(day: string, bytes: Uint8Array): ContentBatchName {
  return { day, batchId: digestOf(bytes).slice(0, 32) };
}

/** The bodies in a batch; `undefined` when the bytes are not the ones that the name was made of. */
export function decodeContentBatch(name: ContentBatchName, bytes: Uint8Array): readonly Uint8Array[] | undefined {
  if (nameOf(name.day, bytes).batchId !== name.batchId) return undefined;
  try {
    return contentBatchCodec.decode(bytes, MAX_STORED_BYTES).items;
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}
