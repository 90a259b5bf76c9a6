import { rfc3339 } from '../../core/foundation/index.ts';
import type { FigureRow, FigureSet, Figures, HoldRow, SeriesRow } from '../figures/types.ts';
import { figuresJson as requestRow } from './request-json.ts';
import { timesJson } from './times-json.ts';

type Json = Readonly<Record<string, unknown>>;

/** The figures of a period, real ones and exercises apart. */
export function figuresAnswer({ office, atMs, fromMs, untilMs, real, drills }: Figures): Json {
  return {
    office,
    at: rfc3339(atMs),
    from: rfc3339(fromMs),
    until: rfc3339(untilMs),
    real: setJson(real),
    drills: setJson(drills),
  };
}

function setJson(set: FigureSet): Json {
  return {
    all: set.all.map(rowJson),
    byNeighbour: set.byNeighbour.map(rowJson),
    byCrimeArea: set.byCrimeArea.map(rowJson),
    byPrecedence: set.byPrecedence.map(rowJson),
    byKind: set.byKind.map(rowJson),
    weeks: set.weeks.map(seriesJson),
    months: set.months.map(seriesJson),
    requests: set.requests.map(requestRow),
    requestStates: set.requestStates,
    holds: set.holds.map(holdJson),
    refusals: set.refusals,
    emergencies: set.emergencies,
    triage: { ...set.triage, toClose: timesJson(set.triage.toClose) },
  };
}

function rowJson({ direction, of, count, outcomes, withheld, emergencies, toDeliver, toOpen }: FigureRow): Json {
  return {
    direction,
    of,
    count,
    outcomes,
    withheld,
    emergencies,
    toDeliver: timesJson(toDeliver),
    toOpen: timesJson(toOpen),
  };
}

function seriesJson({ period, fromMs, rows }: SeriesRow): Json {
  return { period, startsAt: rfc3339(fromMs), rows: rows.map(rowJson) };
}

function holdJson({ direction, policy, states, waited }: HoldRow): Json {
  return { direction, policy, states, waited: timesJson(waited) };
}
