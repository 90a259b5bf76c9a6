import { copyBytes, type Digest, days, digestOf, fromHex, later, type OfficeId } from '../foundation/index.ts';
import type { ContentItem, LedgerEvent, QuarantineView } from '../ledger/index.ts';
import type { ContentRef } from '../wire/index.ts';
import type { RelayContext } from './parts.ts';

/** Something that does not verify, as it goes on record. */
export interface QuarantineEntry {
  readonly code: string;
  readonly digest: Digest;
  readonly bytes: number;
  /** The original, where it is kept; its reference goes to `event`. */
  readonly content: ContentItem | null;
  readonly event: (ref: ContentRef | null) => LedgerEvent;
}

/** Keeps what does not verify, with the reason, so that people can look at it; bounded, so that a flood fills no disk. */
export interface Quarantine {
  readonly put: (from: OfficeId, code: string, bytes: Uint8Array) => Promise<void>;
  /** To be recorded with something else; undefined where it is on record, or where there are too many already. */
  readonly entry: (from: OfficeId, code: string, bytes: Uint8Array) => QuarantineEntry | undefined;
  /** To be called for every entry, once it is on record. */
  readonly tell: (from: OfficeId, entry: Pick<QuarantineEntry, 'code' | 'digest' | 'bytes'>) => void;
}

const KEPT_DAYS = 30;
const RECORDS_PER_HOUR = 100;
const HOUR_MS = 3_600_000;
const BYTES_PER_DAY = 16 * 1024 * 1024;
const DAY_MS = 24 * HOUR_MS;

/** The largest original that is kept. */
export const MAX_KEPT_BYTES = 768 * 1024;

/** What of a neighbour's is in quarantine already: records of the last hour, and bytes of the last day. */
function usedBy(
  entries: readonly QuarantineView[],
  from: OfficeId,
  now: number,
): { readonly records: number; readonly bytes: number } {
  let records = 0;
  let bytes = 0;
  for (let at = entries.length - 1; at >= 0; at--) {
    const entry = entries[at] as QuarantineView;
    if (now - entry.atMs >= DAY_MS) break;
    if (entry.from !== from) continue;
    if (now - entry.atMs < HOUR_MS) records++;
    if (entry.content !== null) bytes += entry.size;
  }
  return { records, bytes };
}

/** The quarantine of this office. */
export function openQuarantine(context: RelayContext): Quarantine {
  const { projection } = context;

  const entry: Quarantine['entry'] = (from, code, bytes) => {
    const digest = digestOf(bytes);
    const now = context.clock.now();
    if (projection.quarantine.some((known) => known.digest === digest && known.code === code)) return undefined;
    const used = usedBy(projection.quarantine, from, now);
    if (used.records >= RECORDS_PER_HOUR) return undefined;
    const keep = bytes.length > 0 && bytes.length <= MAX_KEPT_BYTES && used.bytes + bytes.length <= BYTES_PER_DAY;
    return {
      code,
      digest,
      bytes: bytes.length,
      content: keep ? { bytes: copyBytes(bytes), expiresAt: later(now, days(KEPT_DAYS)) } : null,
      event: (ref) => ({ frameQuarantined: { from, code, digest: fromHex(digest), size: bytes.length, content: ref } }),
    };
  };

  const tell: Quarantine['tell'] = (from, { code, digest, bytes }) =>
    context.events.quarantined({ from, code, digest, bytes });

  return {
    entry,
    tell,
    put: async (from, code, bytes) => {
      const found = entry(from, code, bytes);
      if (found !== undefined) {
        await context.desk.commit(() => ({
          contents: found.content === null ? [] : [found.content],
          events: (refs) => [found.event(refs[0] ?? null)],
          result: () => undefined,
        }));
      }
      tell(from, { code, digest: digestOf(bytes), bytes: bytes.length });
    },
  };
}
