import type { JsonSchema } from './route.ts';
import { code, FLAG, listOf, NAMES, OFFICE, object, orNull, TEXT, TIME, WHOLE } from './schema-parts.ts';
import { schemaRef } from './schema-ref.ts';

const SINCE = { ...orNull(TIME), description: 'Since when it is so, at the earliest since this node started.' };

/** The schemas of the answers about links. */
export const LINK_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Links: object({
    node: schemaRef('NodeFacts'),
    items: listOf(schemaRef('Link')),
    hubs: listOf(schemaRef('HubLink')),
  }),
  NodeFacts: object(
    {
      ready: FLAG,
      reasons: listOf(schemaRef('ReadinessReason')),
      warnings: listOf(schemaRef('ReadinessReason')),
      at: { ...TIME, description: "By the node's clock." },
    },
    'Whether the node does its work, or why not.',
  ),
  HubLink: object({
    hub: TEXT,
    up: orNull(FLAG),
    since: SINCE,
    heardAt: { ...orNull(TIME), description: 'When it last answered.' },
    waiting: { ...WHOLE, description: 'Releases of this office that it is not known to have.' },
    toFetch: { ...orNull(WHOLE), description: 'Entries of its log that are not here yet; null before it said.' },
  }),
  Link: object({
    office: OFFICE,
    scope: TEXT,
    up: {
      ...orNull(FLAG),
      description: 'One of its ways is up, as the server sees the leaf connections; null where it was not asked yet.',
    },
    since: SINCE,
    ways: {
      ...listOf(object({ over: TEXT, up: orNull(FLAG), since: SINCE })),
      description: 'Every way to it, over itself or over hubs, the preferred one first.',
    },
    heardAt: { ...orNull(TIME), description: 'When something signed by the neighbour was last verified.' },
    silent: { ...FLAG, description: 'Nothing was heard for three heartbeats.' },
    receivedAt: { ...orNull(TIME), description: 'When the last message came from it.' },
    deliveredAt: { ...orNull(TIME), description: 'When it last confirmed that a message was delivered.' },
    waits: {
      ...listOf(object({ precedence: code('Precedence'), count: WHOLE, oldestAt: TIME })),
      description: 'Messages that it is not known to have, the most urgent first; only what waits.',
    },
    historyFaults: { ...NAMES, description: 'Codes of what does not fit between the two ledgers.' },
    lanes: listOf(
      object({
        lane: code('Lane'),
        waiting: WHOLE,
        oldestMs: WHOLE,
        sentThrough: WHOLE,
        confirmedThrough: WHOLE,
        receivedThrough: WHOLE,
        missing: WHOLE,
      }),
    ),
  }),
};
