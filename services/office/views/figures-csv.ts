import type { PublishedTotal, TimeFigures } from '../../core/figures/index.ts';
import { rfc3339 } from '../../core/foundation/index.ts';
import type { PublicFigures, PublicMonth, PublicTable } from '../figures/public-figures.ts';
import type { FigureRow, FigureSet, Figures } from '../figures/types.ts';
import { type CsvCell, csvText } from './csv.ts';

const HEADS = ['section', 'exercise', 'period', 'direction', 'of', 'measure', 'value'] as const;

/** Figures as one long table: a line for each number, so that any spreadsheet can turn it as it likes. */
export function figuresCsv({ office, fromMs, untilMs, atMs, real, drills }: Figures): string {
  const about = (measure: string, value: CsvCell): readonly CsvCell[] => ['about', '', '', '', '', measure, value];
  return csvText(HEADS, [
    about('office', office),
    about('from', rfc3339(fromMs)),
    about('until', rfc3339(untilMs)),
    about('computedAt', rfc3339(atMs)),
    ...setLines(real, 'no'),
    ...setLines(drills, 'yes'),
  ]);
}

function* setLines(set: FigureSet, exercise: string): Generator<readonly CsvCell[]> {
  const tables = {
    all: set.all,
    neighbour: set.byNeighbour,
    crimeArea: set.byCrimeArea,
    precedence: set.byPrecedence,
    kind: set.byKind,
  };
  for (const [section, rows] of Object.entries(tables)) yield* rowLines([section, exercise, ''], rows);
  for (const { period, rows } of set.weeks) yield* rowLines(['week', exercise, period], rows);
  for (const { period, rows } of set.months) yield* rowLines(['month', exercise, period], rows);
  for (const { peer, side, toAcknowledge, toAnswer, ...counts } of set.requests) {
    const place = ['requests', exercise, '', side, peer] as const;
    for (const [measure, value] of Object.entries(counts)) yield [...place, measure, value];
    yield* timeLines(place, 'toAcknowledge', toAcknowledge);
    yield* timeLines(place, 'toAnswer', toAnswer);
  }
  for (const { side, state, count } of set.requestStates)
    yield ['requestStates', exercise, '', side, state, 'count', count];
  for (const { direction, policy, states, waited } of set.holds) {
    const place = ['holds', exercise, '', direction, policy ?? ''] as const;
    for (const [measure, value] of Object.entries(states)) yield [...place, measure, value];
    yield* timeLines(place, 'waited', waited);
  }
  for (const { direction, policy, refused, withheld } of set.refusals) {
    yield ['refusals', exercise, '', direction, policy, 'refused', refused];
    yield ['refusals', exercise, '', direction, policy, 'withheld', withheld];
  }
  const { findings, ...emergencies } = set.emergencies;
  for (const [measure, value] of Object.entries(emergencies))
    yield ['emergencies', exercise, '', '', '', measure, value];
  for (const { finding, count } of findings) yield ['emergencies', exercise, '', '', finding, 'count', count];
  const { outcomes, toClose, ...triage } = set.triage;
  for (const [measure, value] of Object.entries(triage)) yield ['triage', exercise, '', 'inbound', '', measure, value];
  for (const { outcome, count } of outcomes) yield ['triage', exercise, '', 'inbound', outcome, 'count', count];
  yield* timeLines(['triage', exercise, '', 'inbound', ''], 'toClose', toClose);
}

function* rowLines(
  [section, exercise, period]: readonly [string, string, string],
  rows: readonly FigureRow[],
): Generator<readonly CsvCell[]> {
  for (const { direction, of, count, outcomes, withheld, emergencies, toDeliver, toOpen } of rows) {
    const place = [section, exercise, period, direction, of ?? ''] as const;
    yield [...place, 'count', count];
    for (const [outcome, value] of Object.entries(outcomes)) yield [...place, outcome, value];
    yield [...place, 'withheld', withheld];
    yield [...place, 'emergencies', emergencies];
    yield* timeLines(place, 'toDeliver', toDeliver);
    yield* timeLines(place, 'toOpen', toOpen);
  }
}

function* timeLines(
  place: readonly CsvCell[],
  measure: string,
  { count, medianMs, ninetiethMs }: TimeFigures,
): Generator<readonly CsvCell[]> {
  yield [...place, `${measure}.count`, count];
  // Nothing was measured: no time, not a time of nothing.
  if (count === 0) return;
  yield [...place, `${measure}.medianSeconds`, medianMs / 1000];
  yield [...place, `${measure}.ninetiethSeconds`, ninetiethMs / 1000];
}

/** The published figures as one table; what is under five is not in it. */
export function publicFiguresCsv({ office, months, sums, total, from, until }: PublicFigures): string {
  return csvText(
    ['office', 'period', 'by', 'category', 'atLeast', 'atMost', 'settled'],
    [
      ...months.flatMap(monthLines),
      ...tableLines(
        `${from} to ${until}`,
        '',
        total,
        sums.filter(({ categories }) => categories.length > 0),
      ),
    ].map((line) => [office, ...line]),
  );
}

function monthLines({ month, total, tables, settled }: PublicMonth): readonly (readonly CsvCell[])[] {
  return tableLines(month, settled ? 'yes' : 'no', total, tables);
}

function tableLines(
  period: string,
  settled: string,
  total: PublishedTotal,
  tables: readonly PublicTable[],
): readonly (readonly CsvCell[])[] {
  return [
    [period, 'all', '', total.atLeast, total.atMost, settled],
    ...tables.flatMap(({ by, told, categories }): readonly (readonly CsvCell[])[] =>
      told
        ? categories.map(({ category, atLeast, atMost }) => [period, by, category, atLeast, atMost, settled])
        : [[period, by, 'not told', null, null, settled]],
    ),
  ];
}
