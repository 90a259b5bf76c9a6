import { REQUEST_STATES } from '../../core/relay/index.ts';
import { PUBLIC_FACETS } from '../figures/public-categories.ts';
import { CROSSING_OUTCOMES, HOLD_STATES } from '../figures/types.ts';
import type { JsonSchema } from './route.ts';
import { code, FLAG, listOf, OFFICE, object, oneOf, orNull, TEXT, TIME, WHOLE } from './schema-parts.ts';
import { schemaRef } from './schema-ref.ts';

const DIRECTION = oneOf(['outbound', 'inbound'], 'Sent by this office, or received.');
const RANGE = { atLeast: WHOLE, atMost: WHOLE } as const;

const countsOf = (names: readonly string[], description: string): JsonSchema =>
  object(Object.fromEntries(names.map((name) => [name, WHOLE])), description);

/** The schemas of the answers about figures. */
export const FIGURES_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  TimesTaken: object(
    {
      count: { ...WHOLE, description: 'How many were measured.' },
      medianSeconds: { type: 'number', minimum: 0 },
      ninetiethSeconds: { type: 'number', minimum: 0, description: 'Nine of ten took no longer.' },
    },
    'How long something took; by nearest rank, 0 where nothing was measured.',
  ),
  FigureRow: object({
    direction: DIRECTION,
    of: { ...orNull(TEXT), description: 'An office or a code; null for all, or where none is on record.' },
    count: WHOLE,
    outcomes: countsOf(CROSSING_OUTCOMES, 'Each message to or from an office has exactly one.'),
    withheld: { ...WHOLE, description: 'Of which a part was withheld.' },
    emergencies: { ...WHOLE, description: 'Of which went past the hold for danger to life.' },
    toDeliver: { ...schemaRef('TimesTaken'), description: 'Sent: from release until delivery was on record here.' },
    toOpen: {
      ...schemaRef('TimesTaken'),
      description: 'Sent: from release until the word that an officer opened it. Received: from delivery until then.',
    },
  }),
  FigureSeries: object({
    period: { ...TEXT, description: 'A week `2029-W04` or a month `2029-01`.' },
    startsAt: TIME,
    rows: listOf(schemaRef('FigureRow')),
  }),
  HoldRow: object({
    direction: { ...DIRECTION, description: 'The export gate held what was sent, the import gate what was received.' },
    policy: { ...orNull(TEXT), description: 'Null: all of them together.' },
    states: countsOf(HOLD_STATES, 'How they left the hold queue, or that they wait there.'),
    waited: schemaRef('TimesTaken'),
  }),
  RefusalRow: object({
    direction: {
      ...DIRECTION,
      description: 'The export gate refused what was sent, the import gate what was received.',
    },
    policy: { ...TEXT, description: 'Its name, or the code that says why no policy was asked.' },
    refused: { ...WHOLE, description: 'Of which nothing passed.' },
    withheld: { ...WHOLE, description: 'Of which a part did not pass.' },
  }),
  EmergencyFigures: object({
    sent: WHOLE,
    received: WHOLE,
    reviewsOpen: WHOLE,
    reviewsOverdue: WHOLE,
    reviewsClosed: WHOLE,
    reviewsClosedLate: WHOLE,
    findings: listOf(object({ finding: code('ReviewFinding'), count: WHOLE })),
  }),
  TriageFigures: object({
    untouched: WHOLE,
    inWork: WHOLE,
    closed: WHOLE,
    outcomes: listOf(object({ outcome: code('TriageOutcome'), count: WHOLE })),
    toClose: { ...schemaRef('TimesTaken'), description: 'From delivery until an officer closed it.' },
  }),
  FigureSet: object({
    all: listOf(schemaRef('FigureRow')),
    byNeighbour: listOf(schemaRef('FigureRow')),
    byCrimeArea: listOf(schemaRef('FigureRow')),
    byPrecedence: listOf(schemaRef('FigureRow')),
    byKind: listOf(schemaRef('FigureRow')),
    weeks: { ...listOf(schemaRef('FigureSeries')), description: 'Weeks of ISO 8601, also empty ones.' },
    months: listOf(schemaRef('FigureSeries')),
    requests: listOf(schemaRef('RequestFigures')),
    requestStates: listOf(
      object({
        side: oneOf(['asking', 'asked'], 'Which side of the requests this office is on.'),
        state: oneOf(REQUEST_STATES, 'Of the request towards one office.'),
        count: WHOLE,
      }),
    ),
    holds: listOf(schemaRef('HoldRow')),
    refusals: listOf(schemaRef('RefusalRow')),
    emergencies: schemaRef('EmergencyFigures'),
    triage: schemaRef('TriageFigures'),
  }),
  Figures: object({
    office: OFFICE,
    at: { ...TIME, description: 'As things stood then.' },
    from: TIME,
    until: TIME,
    real: schemaRef('FigureSet'),
    drills: { ...schemaRef('FigureSet'), description: 'Exercises, counted apart.' },
  }),
  PublicTable: object({
    by: oneOf(PUBLIC_FACETS, 'What is counted by; never two together.'),
    told: { ...FLAG, description: 'False: withheld, or of a month that is not settled.' },
    categories: {
      ...listOf(object({ category: TEXT, ...RANGE })),
      description: 'Those that reached five in a month; every other one is under five in each.',
    },
  }),
  PublicFigures: object({
    office: OFFICE,
    at: TIME,
    from: { ...TEXT, description: 'The first month.' },
    until: { ...TEXT, description: 'The last month.' },
    step: { ...WHOLE, description: 'Counts are told in steps of so many.' },
    months: listOf(
      object({
        month: TEXT,
        settled: { ...FLAG, description: 'It stays as it is.' },
        total: object(RANGE),
        tables: listOf(schemaRef('PublicTable')),
      }),
    ),
    sums: { ...listOf(schemaRef('PublicTable')), description: 'Sums of what is told of the months.' },
    total: object(RANGE),
  }),
};
