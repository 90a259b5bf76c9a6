import type { OfficeId } from '../../core/foundation/index.ts';
import { codeNames } from '../views/code-names.ts';
import { CROSSING_OUTCOMES, type CrossingFact, HOLD_STATES } from './types.ts';

/**
 * What the published report counts crossings by, one at a time and never two together; what people want to know most
 * comes first, and what would give away something of it is not told. The first five never change about a crossing; those
 * after them are told once a month is settled.
 */
export const PUBLIC_FACETS = [
  'crime-area',
  'neighbour',
  'direction',
  'precedence',
  'kind',
  'outcome',
  'opening',
  'answer',
  'hold',
] as const;

/** One of them. */
export type PublicFacet = (typeof PUBLIC_FACETS)[number];

/** Those that never change about a crossing. */
export const LASTING_FACETS: readonly PublicFacet[] = PUBLIC_FACETS.slice(0, 5);
/** Those that are told of settled months alone. */
export const SETTLED_FACETS: readonly PublicFacet[] = PUBLIC_FACETS.slice(5);

const HOUR_MS = 3_600_000;
const OPENING_BANDS: readonly (readonly [name: string, belowMs: number])[] = [
  ['within-10-minutes', HOUR_MS / 6],
  ['within-an-hour', HOUR_MS],
  ['within-8-hours', 8 * HOUR_MS],
  ['within-a-day', 24 * HOUR_MS],
  ['later', Number.POSITIVE_INFINITY],
];
const NOT_OPENED = 'not-opened';
const NOT_STATED = 'not-stated';
const NOT_HELD = 'not-held';

/** How a request was answered by the time its month was settled. */
export const ANSWERS = ['in-time', 'late', 'refused', 'not-answered'] as const;

/** One of them; null of what is no request. */
export type AnswerState = (typeof ANSWERS)[number];

const NO_REQUEST = 'no-request';

/** Every category of a facet, also those that nothing is in: none can be told from another by being named. */
export function categoriesOf(facet: PublicFacet, neighbours: readonly OfficeId[]): readonly string[] {
  switch (facet) {
    case 'direction':
      return ['outbound', 'inbound'];
    case 'neighbour':
      return neighbours;
    case 'crime-area':
      return [...codeNames('CrimeArea'), NOT_STATED];
    case 'precedence':
      return codeNames('Precedence');
    case 'kind':
      return codeNames('MessageKind');
    case 'outcome':
      return CROSSING_OUTCOMES;
    case 'opening':
      return [...OPENING_BANDS.map(([name]) => name), NOT_OPENED];
    case 'hold':
      return [NOT_HELD, ...HOLD_STATES];
    case 'answer':
      return [NO_REQUEST, ...ANSWERS];
  }
}

/** The category of a crossing. */
export function categoryOf(facet: PublicFacet, fact: CrossingFact, answer: AnswerState | null): string {
  switch (facet) {
    case 'direction':
      return fact.direction;
    case 'neighbour':
      return fact.peer;
    case 'crime-area':
      return fact.crimeArea ?? NOT_STATED;
    case 'precedence':
      return fact.precedence;
    case 'kind':
      return fact.kind;
    case 'outcome':
      return fact.outcome;
    case 'opening':
      return openingOf(fact.toOpenMs);
    case 'hold':
      return fact.hold?.state ?? NOT_HELD;
    case 'answer':
      return answer ?? NO_REQUEST;
  }
}

function openingOf(toOpenMs: number | null): string {
  if (toOpenMs === null) return NOT_OPENED;
  return OPENING_BANDS.find(([, belowMs]) => toOpenMs < belowMs)?.[0] ?? NOT_OPENED;
}
