import type { JsonSchema } from './route.ts';
import { code, FLAG, listOf, NAMES, OFFICE, object, orNull, TEXT, TIME, WHOLE } from './schema-parts.ts';

/** The schemas of the answers about links. */
export const LINK_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Link: object({
    office: OFFICE,
    scope: TEXT,
    up: {
      ...orNull(FLAG),
      description: 'One of its ways is up, as the server sees the leaf connections; null where it was not asked yet.',
    },
    ways: {
      ...listOf(object({ over: TEXT, up: orNull(FLAG) })),
      description: 'Every way to it, over itself or over hubs, the preferred one first.',
    },
    heardAt: { ...orNull(TIME), description: 'When something signed by the neighbour was last verified.' },
    silent: { ...FLAG, description: 'Nothing was heard for three heartbeats.' },
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
