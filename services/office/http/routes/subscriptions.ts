import type { HubId, NationCode } from '../../../core/foundation/index.ts';
import type { SubscribeInput } from '../../../core/relay/index.ts';
import { parseJsonText, type SubscriptionSubmission, subscriptionSubmissionCodec } from '../../../core/wire/index.ts';
import { regionStandingJson, subscriptionJson } from '../../views/region-json.ts';
import { MAX_REQUEST_BYTES } from '../create-http-server.ts';
import { guardedRoute } from '../route.ts';
import { listOf, object } from '../schema-parts.ts';
import { schemaRef } from '../schema-ref.ts';

const SUBSCRIPTION_PATH = {
  id: { kind: 'text', pattern: /^[A-Za-z0-9._/:-]{1,64}$/, about: 'The id of the subscription.' },
} as const;
const SUBSCRIPTIONS = object({ items: listOf(schemaRef('Subscription')) });
const BEYOND =
  'It asks for more than the agreement on that hub lets this office have, or the hub is none of this office.';

function inputOf(submission: SubscriptionSubmission, by: string): SubscribeInput {
  const { hubs, corridors, crimeAreas, nations, urgencies, languages, backfillDays } = submission;
  return {
    hubs: hubs as readonly HubId[],
    corridors,
    crimeAreas,
    nations: nations as readonly NationCode[],
    urgencies,
    languages,
    backfillDays,
    by,
  };
}

/** `POST /v1/subscriptions`: this office asks the region for something. */
export const subscribe = guardedRoute({
  method: 'POST',
  path: '/v1/subscriptions',
  name: 'subscribe',
  action: 'subscribe',
  summary: 'Subscribe to what the region is told',
  about:
    'By corridor, crime area, urgency, nation and language, within what the agreement on each hub lets this office have. What is left out is everything. Signed and on record; each hub is told until it took it.',
  body: schemaRef('SubscriptionSubmission'),
  answers: { 201: { about: 'The subscription, once for each hub.', schema: SUBSCRIPTIONS } },
  problems: { 403: BEYOND, 409: 'This office has no hub.' },
  handle: async (door, { asker, body }) => {
    const submission = parseJsonText(subscriptionSubmissionCodec, body, MAX_REQUEST_BYTES);
    const items = await door.relay.region.subscribe(inputOf(submission, asker.principal.name));
    return { status: 201, headers: { location: '/v1/subscriptions' }, body: { items: items.map(subscriptionJson) } };
  },
});

/** `GET /v1/subscriptions`: what this office asks for, ended ones included. */
export const listSubscriptions = guardedRoute({
  method: 'GET',
  path: '/v1/subscriptions',
  name: 'listSubscriptions',
  action: 'read-region-standing',
  summary: 'List subscriptions',
  about: 'Once for each hub, ended ones included.',
  answers: { 200: { about: 'The subscriptions.', schema: SUBSCRIPTIONS } },
  handle: (door) => ({ status: 200, body: { items: door.relay.region.subscriptions().map(subscriptionJson) } }),
});

/** `POST /v1/subscriptions/{id}/change`: it asks for something else from now on. */
export const changeSubscription = guardedRoute({
  method: 'POST',
  path: '/v1/subscriptions/{id}/change',
  name: 'changeSubscription',
  action: 'subscribe',
  summary: 'Change a subscription',
  about: 'With every hub that it stands with; `hubs` is not looked at.',
  pathParams: SUBSCRIPTION_PATH,
  body: schemaRef('SubscriptionSubmission'),
  answers: { 200: { about: 'The subscription, once for each hub.', schema: SUBSCRIPTIONS } },
  problems: { 403: BEYOND, 404: 'This office has no such subscription, or has ended it.' },
  handle: async (door, { asker, path, body }) => {
    const submission = parseJsonText(subscriptionSubmissionCodec, body, MAX_REQUEST_BYTES);
    const items = await door.relay.region.change(path.id, inputOf(submission, asker.principal.name));
    return { status: 200, body: { items: items.map(subscriptionJson) } };
  },
});

/** `POST /v1/subscriptions/{id}/end`: nothing more comes for it. */
export const endSubscription = guardedRoute({
  method: 'POST',
  path: '/v1/subscriptions/{id}/end',
  name: 'endSubscription',
  action: 'subscribe',
  summary: 'End a subscription',
  about: 'What came before stays as long as it is kept; nothing more is taken, whatever a hub still sends.',
  pathParams: SUBSCRIPTION_PATH,
  answers: { 200: { about: 'The subscription, once for each hub.', schema: SUBSCRIPTIONS } },
  problems: { 404: 'This office has no such subscription, or has ended it.' },
  handle: async (door, { asker, path }) => {
    const items = await door.relay.region.end(path.id, asker.principal.name);
    return { status: 200, body: { items: items.map(subscriptionJson) } };
  },
});

/** `GET /v1/region`: hubs, how far this office is with each, and what is wrong. */
export const readRegion = guardedRoute({
  method: 'GET',
  path: '/v1/region',
  name: 'readRegion',
  action: 'read-region-standing',
  summary: 'See how this office stands with the region',
  about:
    'Hubs, how far this office is with each, and what is wrong now: gaps, what is held back, directories that are frozen, heads that went back. No content.',
  answers: { 200: { about: 'The standing.', schema: schemaRef('RegionStanding') } },
  handle: (door) => ({ status: 200, body: regionStandingJson(door.relay.region.standing()) }),
});
