import { verifyRegionStatus } from '../../core/envelope/index.ts';
import type { Clock, NationCode, OfficeId } from '../../core/foundation/index.ts';
import { nationOf } from '../../core/foundation/index.ts';
import type { HeadCache } from '../../core/trust/index.ts';
import type { SignedRegionStatus } from '../../core/wire/index.ts';
import { HubError } from '../errors.ts';
import type { HubTrust } from '../trust/hub-trust.ts';

/** How offices stand with the region, each in its newest own word; they say it again and again, so it is kept in memory alone. */
export interface Statuses {
  /** @throws HubError HUB_REQUEST_INVALID; EnvelopeError; TrustError. An older word changes nothing. */
  readonly take: (office: OfficeId, signed: SignedRegionStatus) => void;
  /** Those of these nations that the office was not handed yet; they count as handed from now on. */
  readonly handTo: (office: OfficeId, nations: ReadonlySet<NationCode>) => readonly SignedRegionStatus[];
}

const MAX_AT_ONCE = 100;

/** Statuses, none yet. */
export function keepStatuses(parts: {
  readonly trust: HubTrust;
  readonly heads: HeadCache;
  readonly clock: Clock;
}): Statuses {
  const newest = new Map<
    OfficeId,
    { readonly atMs: number; readonly signed: SignedRegionStatus; readonly turn: number }
  >();
  const handed = new Map<OfficeId, Map<OfficeId, number>>();
  let turn = 0;
  return {
    take: (office, signed) => {
      const now = parts.clock.now();
      const { from, status } = verifyRegionStatus(signed, { keyOf: parts.trust.keyOf(now), heads: parts.heads, now });
      if (from !== office) throw new HubError('HUB_REQUEST_INVALID', { context: { fault: 'office' } });
      if (status.atMs <= (newest.get(from)?.atMs ?? 0)) return;
      turn += 1;
      newest.set(from, { atMs: status.atMs, signed, turn });
    },
    handTo: (office, nations) => {
      const had = handed.get(office) ?? new Map<OfficeId, number>();
      handed.set(office, had);
      const due = [...newest]
        .filter(([from, word]) => from !== office && nations.has(nationOf(from)) && had.get(from) !== word.turn)
        .slice(0, MAX_AT_ONCE);
      for (const [from, word] of due) had.set(from, word.turn);
      return due.map(([, word]) => word.signed);
    },
  };
}
