import { type Clock, days, earlier, type NationCode, type OfficeId } from '../../core/foundation/index.ts';
import type { RegionEntitlement } from '../../core/trust/index.ts';
import type { HubLogEntry } from '../log/entry.ts';
import type { HubTrust } from '../trust/hub-trust.ts';
import type { KeptSubscription, Subscriptions } from './subscriptions.ts';

/** Which entries are for an office, by its subscriptions and by what the agreements let it have. */
export interface WhoGets {
  readonly isFor: (office: OfficeId, entry: HubLogEntry) => boolean;
  /** The nations whose releases it may have, where it has subscribed to any at all. */
  readonly nationsOf: (office: OfficeId) => ReadonlySet<NationCode>;
  /** To be called when subscriptions or agreements have changed. */
  readonly forget: () => void;
}

const FRESH_FOR_MS = 30_000;

/** What an office may have of entries of one kind, and how far back. */
interface Right {
  readonly has: boolean;
  readonly backfillDays: number;
}

interface Claims {
  readonly atMs: number;
  readonly entitlements: readonly RegionEntitlement[];
  readonly subscriptions: readonly KeptSubscription[];
  readonly nations: ReadonlySet<NationCode>;
  /** Rights by topic, nation and article, whatever the time of the entry. */
  readonly known: Map<string, Right>;
}

/** Answers from what was asked before, so that a waiting office costs nothing but a look into a table. */
export function whoGets(trust: HubTrust, subscriptions: Subscriptions, clock: Clock): WhoGets {
  const claims = new Map<OfficeId, Claims>();
  const claimsOf = (office: OfficeId): Claims => {
    const now = clock.now();
    const before = claims.get(office);
    // Agreements begin and end while nobody says anything.
    if (before !== undefined && now - before.atMs < FRESH_FOR_MS && now >= before.atMs) return before;
    const entitlements = trust.entitlements(office, now);
    const own = subscriptions.of(office);
    const made = {
      atMs: now,
      entitlements,
      subscriptions: own,
      nations: new Set(own.length === 0 ? [] : entitlements.flatMap((one) => one.nations)),
      known: new Map<string, Right>(),
    };
    claims.set(office, made);
    return made;
  };
  return {
    isFor: (office, entry) => {
      if (entry.from === office) return false;
      const own = claimsOf(office);
      const wanted = own.subscriptions.filter((one) => wants(one, entry));
      if (wanted.length === 0) return false;
      const key = `${entry.corridor}/${entry.crimeArea}/${entry.nation}/${entry.agreement}/${entry.article}`;
      const right = own.known.get(key) ?? rightTo(own.entitlements, entry);
      own.known.set(key, right);
      if (!right.has) return false;
      return wanted.some(
        (one) => entry.atMs >= earlier(one.sinceMs, days(Math.min(one.subscription.backfillDays, right.backfillDays))),
      );
    },
    nationsOf: (office) => claimsOf(office).nations,
    forget: () => claims.clear(),
  };
}

function wants({ subscription }: KeptSubscription, { corridor, crimeArea, nation }: HubLogEntry): boolean {
  const { corridors, crimeAreas, nations } = subscription;
  return (
    (corridors.length === 0 || corridors.includes(corridor)) &&
    (crimeAreas.length === 0 || crimeAreas.includes(crimeArea)) &&
    (nations.length === 0 || nations.includes(nation))
  );
}

function covers({ corridors, crimeAreas, nations }: RegionEntitlement, entry: HubLogEntry): boolean {
  return (
    (corridors.length === 0 || corridors.includes(entry.corridor)) &&
    crimeAreas.includes(entry.crimeArea) &&
    nations.includes(entry.nation)
  );
}

/** What was released under an article that lets the office read; and withdrawals on topics of which it may have anything. */
function rightTo(entitlements: readonly RegionEntitlement[], entry: HubLogEntry): Right {
  const covering = entitlements.filter(
    (one) =>
      covers(one, entry) &&
      (entry.withdraws !== null || (one.agreement === entry.agreement && one.article === entry.article)),
  );
  return { has: covering.length > 0, backfillDays: Math.max(0, ...covering.map((one) => one.backfillDays)) };
}
