import { type Digest, digestFromBytes, type EpochMs, fromHex, type OfficeId, toHex } from '../foundation/index.ts';
import type { HeadComparison, Ledger, LedgerEvent, OfficeProjection } from '../ledger/index.ts';
import type { LedgerHead, LinkStatus } from '../wire/index.ts';
import type { RelayEvents } from './relay-events.ts';
import type { RelaySettings } from './types.ts';

/** Each side holds signed heads of the other's ledger: whoever rewrites its past is found out by its neighbours. */
export interface PeerHistory {
  /** The newest head of that ledger of the neighbour that this office has on record. */
  readonly witnessed: (chain: string) => LedgerHead | null;
  /** Whether the neighbour speaks of this very ledger: it names a head of ours, and our ledger contains it. */
  readonly knowsOurs: (status: LinkStatus, now: EpochMs) => Promise<boolean>;
  /** What is to be recorded of the neighbour's own head, now and then; alarms where it does not fit the one before. */
  readonly take: (status: LinkStatus, now: number) => readonly LedgerEvent[];
  /** The newest head of this ledger that the neighbour said it has seen, and how it compares; null before its first word. */
  readonly ownHead: () => OwnHead | null;
  /** Codes of what does not fit between the two ledgers, since this node started. */
  readonly faults: () => readonly string[];
}

/** What a neighbour said of this office's ledger. */
export interface OwnHead {
  readonly number: number;
  readonly digest: Digest;
  readonly comparison: HeadComparison;
  /** When it said so last. */
  readonly atMs: EpochMs;
}

/** A head is put on record this often; each record makes a new head for the neighbour to witness. */
const EVERY_HEARTBEATS = 6;

/** The history of one neighbour, as far as this office can tell. */
export function peerHistory(parts: {
  readonly peer: OfficeId;
  readonly projection: OfficeProjection;
  readonly ledger: Ledger;
  readonly events: RelayEvents;
  readonly settings: RelaySettings;
}): PeerHistory {
  const { peer, projection, ledger, events, settings } = parts;
  let recordedMs = 0;
  let ownHead: OwnHead | null = null;
  /** What was alarmed about last, by code, so that one fault is one alarm. */
  const alarmed = new Map<string, string>();

  const alarm = (code: string, fault: string): void => {
    if (alarmed.get(code) === fault) return;
    alarmed.set(code, fault);
    events.alarm({ code, office: peer });
  };

  return {
    faults: () => [...alarmed.keys()],
    witnessed: (chain) => {
      const known = projection.witnessed.get(peer);
      return known?.chain === chain ? { number: known.number, digest: fromHex(known.digest) } : null;
    },
    ownHead: () => ownHead,
    knowsOurs: async ({ witnessed }, now) => {
      if (witnessed === null) return false;
      const comparison = await ledger.compareHead(witnessed);
      ownHead = { number: witnessed.number, digest: digestFromBytes(witnessed.digest), comparison, atMs: now };
      if (comparison !== 'same') alarm('RELAY_OWN_HISTORY_DIFFERS', toHex(witnessed.digest));
      return comparison === 'same';
    },
    take: ({ head, chain: chainId }, now) => {
      if (head === null) return [];
      const chain = toHex(chainId);
      const digest = digestFromBytes(head.digest);
      const known = projection.witnessed.get(peer);
      const isOther = known !== undefined && known.chain !== chain;
      const wentBack =
        known !== undefined &&
        !isOther &&
        (head.number < known.number || (head.number === known.number && digest !== known.digest));
      if (isOther || wentBack) alarm('RELAY_PEER_HISTORY_DIFFERS', digest);
      const isDue =
        known === undefined ||
        isOther ||
        (head.number > known.number && now - Math.min(recordedMs, now) >= EVERY_HEARTBEATS * settings.heartbeatMs);
      if (!isDue) return [];
      recordedMs = now;
      return [{ headWitnessed: { office: peer, chain: chainId, head } }];
    },
  };
}
