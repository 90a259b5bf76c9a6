import type { Schemas } from '../../api/index.ts';
import { code, type Key, number, span, t } from '../../i18n/index.ts';

/** The figures of a period. */
export type Figures = Schemas['Figures'];
/** All that is counted, real or exercises. */
export type FigureSet = Schemas['FigureSet'];
/** The counts of one thing, one way. */
export type FigureRow = Schemas['FigureRow'];
/** How long something took. */
export type Times = Schemas['TimesTaken'];
/** What became of a message to or from one office. */
export type Outcome = keyof FigureRow['outcomes'];

/** The outcomes in the order in which they are drawn: what went well first. */
export const OUTCOMES: readonly Outcome[] = [
  'opened',
  'delivered',
  'under-way',
  'held',
  'refused',
  'rejected',
  'expired',
  'failed',
];

/** What an outcome is called. */
export function outcomeText(outcome: Outcome): string {
  return t(`figures.outcome.${outcome}`);
}

/** Which way something went. */
export function directionText(direction: FigureRow['direction']): string {
  return t(`figures.${direction}`);
}

const EXACT_SECONDS = 90;

/** How long something took, short spans to the second. */
export function secondsText(seconds: number): string {
  if (seconds > 0 && seconds < 1) return t('figures.underSecond');
  return seconds < EXACT_SECONDS ? t('figures.seconds', { n: number(Math.round(seconds)) }) : span(seconds * 1000);
}

/** A time over many: a dash where nothing was measured. */
export function timeText(times: Times, which: 'medianSeconds' | 'ninetiethSeconds'): string {
  return times.count === 0 ? '–' : secondsText(times[which]);
}

/** What a crime area is called, also where none is on record. */
export function crimeAreaText(of: string | null): string {
  return of === null ? t('figures.noCrimeArea') : code('CrimeArea', of);
}

type PublicTable = Schemas['PublicTable'];

/** What a category of the published figures is called. */
export function categoryText(by: PublicTable['by'], category: string): string {
  switch (by) {
    case 'crime-area':
      return category === 'not-stated' ? t('figures.noCrimeArea') : code('CrimeArea', category);
    case 'precedence':
      return code('Precedence', category);
    case 'kind':
      return code('MessageKind', category);
    case 'neighbour':
      return category;
    case 'direction':
      return t(`figures.${category}` as Key);
    default:
      return t(`figures.${by}.${category}` as Key);
  }
}

/** A published count: between two numbers. */
export function rangeText({ atLeast, atMost }: { readonly atLeast: number; readonly atMost: number }): string {
  return atLeast === 0
    ? t('figures.atMost', { n: number(atMost) })
    : t('figures.range', { from: number(atLeast), to: number(atMost) });
}
