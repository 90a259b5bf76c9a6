import { copyBytes, days, digestOf, fromHex, later, type OfficeId } from '../foundation/index.ts';
import type { RelayContext } from './parts.ts';

/** Keeps what does not verify, with the reason, so that people can look at it; bounded, so that a flood fills no disk. */
export interface Quarantine {
  readonly put: (from: OfficeId, code: string, bytes: Uint8Array) => Promise<void>;
}

const KEPT_DAYS = 30;
const KEPT_PER_HOUR = 100;
const HOUR_MS = 3_600_000;
const MAX_KEPT_BYTES = 768 * 1024;

/** The quarantine of this office. */
export function openQuarantine(context: RelayContext): Quarantine {
  const recent = new Map<OfficeId, number[]>();

  /** Whether this neighbour has quarantined originals left in this hour; beyond that only a count remains. */
  const mayKeep = (from: OfficeId, now: number): boolean => {
    const times = (recent.get(from) ?? []).filter((time) => now - time < HOUR_MS);
    recent.set(from, times);
    if (times.length >= KEPT_PER_HOUR) return false;
    times.push(now);
    return true;
  };

  return {
    put: async (from, code, bytes) => {
      const digest = digestOf(bytes);
      const now = context.clock.now();
      context.events.quarantined({ from, code, digest, bytes: bytes.length });
      const known = context.projection.quarantine.some((entry) => entry.digest === digest && entry.code === code);
      if (known || !mayKeep(from, now)) return;
      const keep = bytes.length > 0 && bytes.length <= MAX_KEPT_BYTES;
      await context.desk.commit(() => ({
        contents: keep ? [{ bytes: copyBytes(bytes), expiresAt: later(now, days(KEPT_DAYS)) }] : [],
        events: (refs) => [{ frameQuarantined: { from, code, digest: fromHex(digest), size: bytes.length, content: refs[0] ?? null } }],
        result: () => undefined,
      }));
    },
  };
}
