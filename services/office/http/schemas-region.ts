import { REGION_FINDINGS } from '../../core/relay/index.ts';
import type { JsonSchema } from './route.ts';
import { code, FLAG, listOf, NAMES, OFFICE, object, oneOf, orNull, TEXT, TIME, WHOLE } from './schema-parts.ts';
import { schemaRef } from './schema-ref.ts';

/** How a message of the region stands. */
export const REGION_STATES = ['refused', 'current', 'superseded', 'expired', 'withdrawn'] as const;

const HUB = { type: 'string', description: 'A hub id, `hub-<name>`.' } as const;

/** What became of a message and the region. */
export const REGION_OUTCOME = {
  outcome: oneOf(['released', 'refused', 'unknown'], 'What the gate decided; nothing is held.'),
  withheld: { ...listOf(code('DataCategory')), description: 'Data categories of which something does not pass.' },
  policies: { ...NAMES, description: 'Names of the policies that decided.' },
  'reason?': { ...TEXT, description: 'Why the policies were not asked, where that is so: a code.' },
} as const;

/** The schemas of the answers about the region. */
export const REGION_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  RegionOutcome: object(REGION_OUTCOME),
  RegionMessage: object(
    {
      id: TEXT,
      origin: OFFICE,
      direction: oneOf(['outbound', 'inbound'], 'Said by this office, or received.'),
      kind: code('MessageKind'),
      state: oneOf(REGION_STATES, 'Whether it holds now.'),
      corridor: code('Corridor'),
      crimeArea: code('CrimeArea'),
      urgency: code('Urgency'),
      language: { ...TEXT, description: 'Of what people wrote in it; empty where nobody wrote anything.' },
      number: { ...WHOLE, description: "Among its office's releases on the topic; 0 where it was refused." },
      drill: FLAG,
      createdAt: TIME,
      expiresAt: TIME,
      releasedAt: TIME,
      recordedAt: { ...TIME, description: 'When this office had it on record.' },
      'withdrawnAt?': TIME,
      'supersedes?': TEXT,
      'supersededBy?': TEXT,
      'submittedBy?': TEXT,
      hubs: { ...listOf(HUB), description: 'Of an own one, those that have it; of another, the one that brought it.' },
      ...REGION_OUTCOME,
      'content?': orNull(schemaRef('Content')),
      'withheldParts?': listOf(schemaRef('WithheldPart')),
    },
    'A bulletin or alert that the region was told.',
  ),
  Subscription: object({
    id: TEXT,
    hub: HUB,
    ended: FLAG,
    taken: { ...FLAG, description: 'The hub has taken its newest text, as far as this run of the node knows.' },
    corridors: listOf(code('Corridor')),
    crimeAreas: listOf(code('CrimeArea')),
    nations: NAMES,
    urgencies: listOf(code('Urgency')),
    languages: NAMES,
    backfillDays: WHOLE,
    by: TEXT,
    since: TIME,
    changedAt: TIME,
  }),
  RegionStanding: object(
    {
      hubs: listOf(
        object({
          hub: HUB,
          heardAt: orNull(TIME),
          cursor: { ...WHOLE, description: 'The highest entry of its log that is on record here.' },
          through: { ...WHOLE, description: 'Up to which entry it has gone through for this office.' },
          size: { ...orNull(WHOLE), description: 'Entries of its log by its own signed word.' },
          waiting: { ...WHOLE, description: 'Releases of this office that it is not known to have.' },
        }),
      ),
      findings: listOf(
        object({
          code: oneOf(Object.keys(REGION_FINDINGS), 'What is wrong, for programs.'),
          meaning: TEXT,
          hub: orNull(HUB),
          office: orNull(OFFICE),
          detail: TEXT,
          since: TIME,
        }),
      ),
      forks: listOf(
        object({
          office: OFFICE,
          corridor: code('Corridor'),
          crimeArea: code('CrimeArea'),
          number: WHOLE,
          code: TEXT,
          hub: HUB,
          at: TIME,
        }),
      ),
    },
    'How this office stands with the region.',
  ),
  FeatureCollection: { type: 'object', description: 'Geometries of bulletins as GeoJSON (RFC 7946).' },
};
