import { epochMs, rfc3339 } from '../core/foundation/index.ts';
import { subscriptionCodec, toJson } from '../core/wire/index.ts';
import type { KeptSubscription } from './requests/subscriptions.ts';

/** A subscription as the door shows it. */
export function subscriptionJson({ subscription, sinceMs }: KeptSubscription): Readonly<Record<string, unknown>> {
  const { atMs: _, ...said } = toJson(subscriptionCodec, subscription) as Record<string, unknown>;
  return { ...said, at: rfc3339(epochMs(subscription.atMs)), since: rfc3339(sinceMs) };
}
