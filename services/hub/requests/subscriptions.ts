import type { NewestOfSubject } from '../../core/bus/index.ts';
import { type VerifiedSubscription, verifySubscription } from '../../core/envelope/index.ts';
import { type Clock, digestOf, type EpochMs, type OfficeId, sameBytes, utf8 } from '../../core/foundation/index.ts';
import { hubSubscriptionSubject } from '../../core/subjects/index.ts';
import type { HeadCache, RegionEntitlement } from '../../core/trust/index.ts';
import {
  hubSubscriptionRecordCodec,
  type SignedSubscription,
  type Subscription,
  subscriptionCodec,
} from '../../core/wire/index.ts';
import { HubError } from '../errors.ts';
import type { HubTrust } from '../trust/hub-trust.ts';

/** A subscription that is in force at the hub. */
export interface KeptSubscription {
  readonly subscription: Subscription;
  readonly signed: SignedSubscription;
  /** The hub's clock when it was first said; what came in before is for it as far as it reaches back. */
  readonly sinceMs: EpochMs;
}

/** What offices want of this hub. */
export interface Subscriptions {
  /** Those of an office that have not ended. */
  readonly of: (office: OfficeId) => readonly KeptSubscription[];
  readonly all: () => readonly KeptSubscription[];
  /** In force and on disk when it resolves. @throws HubError HUB_SUBSCRIPTION_*, HUB_REQUEST_INVALID; EnvelopeError; TrustError; BusError. */
  readonly take: (office: OfficeId, signed: SignedSubscription) => Promise<void>;
}

const MAX_OF_OFFICE = 32;

/** The subscriptions as their stream has them. @throws BusError. */
export async function openSubscriptions(parts: {
  readonly kept: NewestOfSubject;
  readonly trust: HubTrust;
  readonly heads: HeadCache;
  readonly clock: Clock;
}): Promise<Subscriptions> {
  const { kept, trust, heads, clock } = parts;
  const byOffice = new Map<OfficeId, Map<string, KeptSubscription>>();
  const keep = (one: KeptSubscription): void => {
    const office = one.subscription.office as OfficeId;
    const own = byOffice.get(office) ?? new Map<string, KeptSubscription>();
    own.set(one.subscription.id, one);
    byOffice.set(office, own);
  };
  for await (const { bytes } of kept.readAll()) {
    const { subscription: signed, sinceMs } = hubSubscriptionRecordCodec.decode(bytes);
    if (signed !== null)
      keep({ subscription: subscriptionCodec.decode(signed.subscription), signed, sinceMs: sinceMs as EpochMs });
  }
  const of = (office: OfficeId): readonly KeptSubscription[] =>
    [...(byOffice.get(office)?.values() ?? [])].filter(({ subscription }) => !subscription.ended);

  return {
    of,
    all: () => [...byOffice.keys()].flatMap(of),
    take: async (office, signed) => {
      const now = clock.now();
      const verified = verifySubscription(signed, { keyOf: trust.keyOf(now), heads, now });
      if (verified.office !== office) throw new HubError('HUB_REQUEST_INVALID', { context: { fault: 'office' } });
      const { subscription } = verified;
      const before = byOffice.get(office)?.get(subscription.id);
      if (before !== undefined && sameBytes(before.signed.subscription, signed.subscription)) return;
      if (before !== undefined && subscription.atMs <= before.subscription.atMs)
        throw new HubError('HUB_SUBSCRIPTION_OLD', { context: { office } });
      if (before === undefined && (byOffice.get(office)?.size ?? 0) >= MAX_OF_OFFICE)
        throw new HubError('HUB_SUBSCRIPTION_TOO_MANY', { context: { office } });
      // One that ends needs no entitlement: it may be that just this has ended.
      if (!subscription.ended) assertWithin(verified, trust.entitlements(office, now));
      // One that is said anew goes on from where it was, so that what came in meanwhile is not lost.
      const goesOn = before !== undefined && !before.subscription.ended;
      const one = { subscription, signed, sinceMs: goesOn ? before.sinceMs : now };
      const record = hubSubscriptionRecordCodec.encode({ subscription: signed, sinceMs: one.sinceMs });
      await kept.put(hubSubscriptionSubject(office, digestOf(utf8(subscription.id))), record);
      keep(one);
    },
  };
}

/** Everything that it names is within one entitlement or another, and it reaches no further back than these do. */
function assertWithin({ subscription }: VerifiedSubscription, entitlements: readonly RegionEntitlement[]): void {
  const beyond = (fault: string): HubError => new HubError('HUB_SUBSCRIPTION_BEYOND', { context: { fault } });
  const { corridors, crimeAreas, nations, backfillDays } = subscription;
  if (entitlements.length === 0) throw beyond('none');
  const isAny = (holds: (one: RegionEntitlement) => boolean): boolean => entitlements.some(holds);
  if (!corridors.every((corridor) => isAny((one) => one.corridors.length === 0 || one.corridors.includes(corridor))))
    throw beyond('corridors');
  if (!crimeAreas.every((area) => isAny((one) => one.crimeAreas.includes(area)))) throw beyond('crimeAreas');
  if (!nations.every((nation) => isAny((one) => (one.nations as readonly string[]).includes(nation))))
    throw beyond('nations');
  if (!isAny((one) => one.backfillDays >= backfillDays)) throw beyond('backfillDays');
}
