import { timeFigures } from '../../core/figures/index.ts';
import { CROSSING_OUTCOMES, type CrossingFact, type CrossingOutcome, type Direction, type FigureRow } from './types.ts';

/** Rows that are counted as facts come, one for each direction and thing counted by. */
export interface FigureRows {
  readonly add: (fact: CrossingFact, of: string | null) => void;
  /** What was sent first; then by name, what has none last. */
  readonly rows: () => readonly FigureRow[];
}

interface Growing {
  readonly direction: Direction;
  readonly of: string | null;
  count: number;
  readonly outcomes: Record<CrossingOutcome, number>;
  withheld: number;
  emergencies: number;
  readonly toDeliver: number[];
  readonly toOpen: number[];
}

const BEHIND_ALL = '\uFFFF';

/** No row yet. */
export function figureRows(): FigureRows {
  const table = new Map<string, Growing>();
  return {
    add: (fact, of) => {
      const key = `${fact.direction}/${of ?? ''}`;
      const row = table.get(key) ?? newRow(fact.direction, of);
      table.set(key, row);
      row.count++;
      row.outcomes[fact.outcome]++;
      if (fact.withheld) row.withheld++;
      if (fact.emergency) row.emergencies++;
      if (fact.toDeliverMs !== null) row.toDeliver.push(fact.toDeliverMs);
      if (fact.toOpenMs !== null) row.toOpen.push(fact.toOpenMs);
    },
    rows: () =>
      [...table.values()]
        .toSorted(
          (a, b) => compareTexts(b.direction, a.direction) || compareTexts(a.of ?? BEHIND_ALL, b.of ?? BEHIND_ALL),
        )
        .map((row) => ({ ...row, toDeliver: timeFigures(row.toDeliver), toOpen: timeFigures(row.toOpen) })),
  };
}

/** For sorting by code point. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A count of nothing for each name. */
export function countsOf<Name extends string>(names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
}

function newRow(direction: Direction, of: string | null): Growing {
  const outcomes = countsOf(CROSSING_OUTCOMES);
  return { direction, of, count: 0, outcomes, withheld: 0, emergencies: 0, toDeliver: [], toOpen: [] };
}
