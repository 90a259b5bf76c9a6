import {
  boundsOfMonth,
  isoWeekOf,
  monthOf,
  monthsBetween,
  startOfIsoWeek,
  timeFigures,
  weeksBetween,
} from '../../core/figures/index.ts';
import { type EpochMs, epochMs } from '../../core/foundation/index.ts';
import { compareTexts, countsOf, type FigureRows, figureRows } from './figure-rows.ts';
import {
  type CrossingFact,
  type Direction,
  type FigureSet,
  HOLD_STATES,
  type HoldRow,
  type HoldState,
  type RefusalRow,
  type SeriesRow,
  type TriageFact,
} from './types.ts';

/** What is counted of facts about crossings. */
export type CountedFacts = Omit<FigureSet, 'requests' | 'requestStates' | 'emergencies'>;

/** Counts facts of one period as they come. */
export interface FactCounter {
  /** Only of facts within the period. */
  readonly add: (fact: CrossingFact) => void;
  readonly result: () => CountedFacts;
}

interface Series {
  readonly fromMs: EpochMs;
  readonly table: FigureRows;
}

/** More periods than a route lets anybody ask for. */
const MOST_PERIODS = 1000;

/** A counter of a period: from `fromMs` on, before `untilMs`. Every week and month of it has a row, also an empty one. */
export function factCounter(fromMs: EpochMs, untilMs: EpochMs): FactCounter {
  const last = epochMs(Math.max(fromMs, untilMs - 1));
  const weeks = new Map<string, Series>(
    weeksBetween(isoWeekOf(fromMs), isoWeekOf(last), MOST_PERIODS).map((week) => [
      week,
      { fromMs: startOfIsoWeek(week), table: figureRows() },
    ]),
  );
  const months = new Map<string, Series>(
    monthsBetween(monthOf(fromMs), monthOf(last), MOST_PERIODS).map((month) => [
      month,
      { fromMs: boundsOfMonth(month).fromMs, table: figureRows() },
    ]),
  );
  const tables = {
    all: figureRows(),
    byNeighbour: figureRows(),
    byCrimeArea: figureRows(),
    byPrecedence: figureRows(),
    byKind: figureRows(),
  };
  const holds = holdRows();
  const refusals = refusalRows();
  const triage = triageCounter();

  return {
    add: (fact) => {
      tables.all.add(fact, null);
      tables.byNeighbour.add(fact, fact.peer);
      tables.byCrimeArea.add(fact, fact.crimeArea);
      tables.byPrecedence.add(fact, fact.precedence);
      tables.byKind.add(fact, fact.kind);
      weeks.get(isoWeekOf(fact.atMs))?.table.add(fact, null);
      months.get(monthOf(fact.atMs))?.table.add(fact, null);
      holds.add(fact);
      refusals.add(fact);
      if (fact.triage !== null) triage.add(fact.triage);
    },
    result: () => ({
      all: tables.all.rows(),
      byNeighbour: tables.byNeighbour.rows(),
      byCrimeArea: tables.byCrimeArea.rows(),
      byPrecedence: tables.byPrecedence.rows(),
      byKind: tables.byKind.rows(),
      weeks: seriesOf(weeks),
      months: seriesOf(months),
      holds: holds.rows(),
      refusals: refusals.rows(),
      triage: triage.figures(),
    }),
  };
}

function seriesOf(periods: ReadonlyMap<string, Series>): readonly SeriesRow[] {
  return [...periods].map(([period, { fromMs, table }]) => ({ period, fromMs, rows: table.rows() }));
}

function holdRows() {
  const table = new Map<
    string,
    {
      readonly direction: Direction;
      readonly policy: string | null;
      readonly states: Record<HoldState, number>;
      readonly waited: number[];
    }
  >();
  return {
    add: ({ direction, hold }: CrossingFact): void => {
      for (const policy of hold === null ? [] : [null, ...hold.policies]) {
        const key = `${direction}/${policy ?? ''}`;
        const row = table.get(key) ?? { direction, policy, states: countsOf(HOLD_STATES), waited: [] };
        table.set(key, row);
        if (hold !== null) row.states[hold.state]++;
        if (hold !== null && hold.waitedMs !== null) row.waited.push(hold.waitedMs);
      }
    },
    rows: (): readonly HoldRow[] =>
      [...table.values()]
        .toSorted((a, b) => compareTexts(b.direction, a.direction) || compareTexts(a.policy ?? '', b.policy ?? ''))
        .map((row) => ({ ...row, waited: timeFigures(row.waited) })),
  };
}

function refusalRows() {
  const table = new Map<string, { -readonly [Name in keyof RefusalRow]: RefusalRow[Name] }>();
  const rowOf = (direction: Direction, policy: string) => {
    const key = `${direction}/${policy}`;
    const row = table.get(key) ?? { direction, policy, refused: 0, withheld: 0 };
    table.set(key, row);
    return row;
  };
  return {
    add: ({ direction, refusedBy, withheldBy }: CrossingFact): void => {
      for (const policy of refusedBy) rowOf(direction, policy).refused++;
      for (const policy of withheldBy) rowOf(direction, policy).withheld++;
    },
    rows: (): readonly RefusalRow[] =>
      [...table.values()].toSorted(
        (a, b) => compareTexts(b.direction, a.direction) || b.refused - a.refused || compareTexts(a.policy, b.policy),
      ),
  };
}

function triageCounter() {
  const counted = { untouched: 0, 'in-work': 0, closed: 0 };
  const outcomes = new Map<string, number>();
  const toClose: (number | null)[] = [];
  return {
    add: ({ state, outcome, toCloseMs }: TriageFact): void => {
      counted[state]++;
      if (outcome !== null) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      toClose.push(toCloseMs);
    },
    figures: (): FigureSet['triage'] => ({
      untouched: counted.untouched,
      inWork: counted['in-work'],
      closed: counted.closed,
      outcomes: [...outcomes]
        .map(([outcome, count]) => ({ outcome, count }))
        .toSorted((a, b) => b.count - a.count || compareTexts(a.outcome, b.outcome)),
      toClose: timeFigures(toClose),
    }),
  };
}
