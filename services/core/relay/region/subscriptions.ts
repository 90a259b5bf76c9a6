import { signSubscription } from '../../envelope/index.ts';
import { type HubId, newOpaqueId } from '../../foundation/index.ts';
import type { SubscriptionView } from '../../ledger/index.ts';
import type { RegionEntitlement } from '../../trust/index.ts';
import type { Init, Subscription } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { RegionError } from './errors.ts';
import type { SubscribeInput } from './types.ts';

/** What this office asks of the region: within what agreements let it have, signed, and on record before a hub is told. */
export interface Subscriptions {
  /** @throws RegionError REGION_HUB_UNKNOWN, REGION_BEYOND_ENTITLEMENT. */
  readonly subscribe: (input: SubscribeInput) => Promise<string>;
  /** @throws RegionError REGION_SUBSCRIPTION_UNKNOWN, REGION_BEYOND_ENTITLEMENT. */
  readonly change: (id: string, input: Omit<SubscribeInput, 'hubs'>) => Promise<void>;
  /** @throws RegionError REGION_SUBSCRIPTION_UNKNOWN. */
  readonly end: (id: string, by: string) => Promise<void>;
}

type Wanted = Omit<SubscribeInput, 'hubs' | 'by'>;

function beyond(hub: HubId, field: string): RegionError {
  return new RegionError('REGION_BEYOND_ENTITLEMENT', { context: { hub, field } });
}

function covers<T>(
  wanted: readonly T[],
  entitled: readonly RegionEntitlement[],
  has: (one: RegionEntitlement, value: T) => boolean,
): boolean {
  return wanted.every((value) => entitled.some((one) => has(one, value)));
}

/** Each thing that is asked for is in some article that lets this office have it, and so is how far back. */
function assertEntitled(hub: HubId, wanted: Wanted, entitled: readonly RegionEntitlement[]): void {
  if (entitled.length === 0) throw beyond(hub, 'hub');
  if (!covers(wanted.corridors, entitled, (one, code) => one.corridors.length === 0 || one.corridors.includes(code)))
    throw beyond(hub, 'corridors');
  if (!covers(wanted.crimeAreas, entitled, (one, code) => one.crimeAreas.includes(code)))
    throw beyond(hub, 'crimeAreas');
  if (!covers(wanted.nations, entitled, (one, nation) => one.nations.includes(nation))) throw beyond(hub, 'nations');
  if (wanted.backfillDays > Math.max(...entitled.map(({ backfillDays }) => backfillDays)))
    throw beyond(hub, 'backfillDays');
}

/** The subscriptions of this office; `changed` is called when something new is on record. */
export function subscriptions(context: RelayContext, hubs: readonly HubId[], changed: () => void): Subscriptions {
  const { self, clock, projection } = context;
  const { region } = projection;

  const standing = (id: string): readonly SubscriptionView[] => {
    const found = [...region.subscriptions.values()].filter(
      (one) => one.subscription.id === id && !one.subscription.ended,
    );
    if (found.length === 0) throw new RegionError('REGION_SUBSCRIPTION_UNKNOWN');
    return found;
  };

  const record = async (on: readonly HubId[], text: Init<Subscription>, by: string): Promise<void> => {
    const signed = await signSubscription(context.signer, { ...text, office: self, atMs: clock.now() }, clock.now());
    await context.desk.commit(
      () => ({
        contents: [],
        events: () => on.map((hub) => ({ subscriptionRecorded: { hub, subscription: signed, by } })),
        result: () => undefined,
      }),
      ['region:subscriptions'],
    );
    changed();
    for (const hub of on) context.events.subscribed({ hub });
  };

  const assertAll = (on: readonly HubId[], wanted: Wanted): void => {
    for (const hub of on) assertEntitled(hub, wanted, context.trust().entitlementsTo(hub, self, clock.now()));
  };

  return {
    subscribe: async ({ hubs: named, by, ...wanted }) => {
      const on = named.length === 0 ? hubs : [...new Set(named)];
      if (on.length === 0 || on.some((hub) => !hubs.includes(hub))) throw new RegionError('REGION_HUB_UNKNOWN');
      assertAll(on, wanted);
      const id = newOpaqueId();
      await record(on, { ...wanted, id }, by);
      return id;
    },
    change: async (id, { by, ...wanted }) => {
      const on = standing(id).map(({ hub }) => hub);
      assertAll(on, wanted);
      await record(on, { ...wanted, id }, by);
    },
    end: async (id, by) => {
      const [first, ...others] = standing(id);
      const on = [first, ...others].flatMap((one) => one?.hub ?? []);
      await record(on, { ...first?.subscription, id, ended: true }, by);
    },
  };
}
