import {
  boundsOfMonth,
  type CalendarMonth,
  monthOf,
  monthsBetween,
  type PublishedTotal,
  STEP,
  totalOfTables,
} from '../../core/figures/index.ts';
import { type DurationMs, days, type EpochMs, later, type OfficeId } from '../../core/foundation/index.ts';
import { messageKey, type OfficeProjection } from '../../core/ledger/index.ts';
import { peerOf, type RequestLife } from '../../core/relay/index.ts';
import { crossingFacts } from './crossing-facts.ts';
import { compareTexts } from './figure-rows.ts';
import type { FigureSource } from './office-figures.ts';
import { type AnswerState, PUBLIC_FACETS, type PublicFacet } from './public-categories.ts';
import { type CountedMonth, countInMonth, emptyMonth, publishMonth } from './publish-month.ts';
import type { CrossingFact } from './types.ts';

/** A count as it is published: somewhere between the two. */
export interface PublicCategory extends PublishedTotal {
  readonly category: string;
}

/** One month by one facet. */
export interface PublicTable {
  readonly by: PublicFacet;
  /** Nothing is told of its categories: they would give small counts away, or the month is not settled. */
  readonly told: boolean;
  /** Those that reached five; every other one is under five. */
  readonly categories: readonly PublicCategory[];
}

/** What is published of one month. */
export interface PublicMonth {
  readonly month: CalendarMonth;
  /** It stays as it is: outcomes are those that were known seven days after its end. */
  readonly settled: boolean;
  readonly total: PublishedTotal;
  readonly tables: readonly PublicTable[];
}

/** The figures of an office for publication. */
export interface PublicFigures {
  readonly office: OfficeId;
  readonly atMs: EpochMs;
  readonly from: CalendarMonth;
  readonly until: CalendarMonth;
  /** Counts are said in steps of so many. */
  readonly step: number;
  readonly months: readonly PublicMonth[];
  /** Sums of what is said of the months, and of nothing else. */
  readonly sums: readonly PublicTable[];
  readonly total: PublishedTotal;
}

/** So long after its end a month is told as it stands then, for good. */
export const SETTLED_AFTER: DurationMs = days(7);

/** The most months of one report. */
export const MOST_PUBLIC_MONTHS = 60;

const AT_ONCE = 500;

/** What the public figures are made of. */
export interface PublicSource extends FigureSource {
  readonly projection: FigureSource['projection'] & Pick<OfficeProjection, 'outbound' | 'inbound'>;
  readonly neighbours: Iterable<OfficeId>;
  /** Nothing crossed before: months before it are not told of, since there is nothing to tell. */
  readonly foundedMs: () => EpochMs | null;
}

/**
 * The figures of whole months for publication: counts in steps of five by one thing at a time, exercises left out, so
 * that no small count can be worked out from all reports put together. Each month is as it stood when it was settled.
 */
export async function publicFigures(
  source: PublicSource,
  asked: { readonly from: CalendarMonth; readonly until: CalendarMonth },
  atMs: EpochMs,
  breathe: () => Promise<void>,
): Promise<PublicFigures> {
  const neighbours = neighboursOf(source);
  const [until = asked.until] = [asked.until, monthOf(atMs)].sort();
  const [, from = asked.from] = [asked.from, monthOf(source.foundedMs() ?? atMs)].sort();
  const months = new Map<CalendarMonth, CountedMonth>(
    monthsBetween(from, until, MOST_PUBLIC_MONTHS).map((month) => [month, emptyMonth(neighbours)]),
  );
  const settledAt = (recordedMs: EpochMs): EpochMs => later(boundsOfMonth(monthOf(recordedMs)).untilMs, SETTLED_AFTER);
  const answers = answerIndex(source);
  let seen = 0;
  for (const facts of crossingFacts(source.projection, settledAt)) {
    for (const fact of facts) {
      const counted = fact.drill ? undefined : months.get(monthOf(fact.atMs));
      if (counted !== undefined) countInMonth(counted, fact, answers(fact, settledAt(fact.atMs)));
    }
    if (++seen % AT_ONCE === 0) await breathe();
  }
  const published = [...months].map(([month, counted]) =>
    monthFigures(month, settledAt(boundsOfMonth(month).fromMs) <= atMs, counted),
  );
  return {
    office: source.office,
    atMs,
    from,
    until,
    step: STEP,
    months: published,
    sums: PUBLIC_FACETS.map((facet) => sumOf(facet, published)),
    total: addTotals(published.map(({ total }) => total)),
  };
}

function monthFigures(month: CalendarMonth, settled: boolean, counted: CountedMonth): PublicMonth {
  const published = publishMonth(counted, settled);
  const tables = PUBLIC_FACETS.map((by): PublicTable => {
    const table = published[by];
    const reached = [...(table ?? [])].filter(([, said]) => said > 0);
    return {
      by,
      told: table !== undefined,
      categories: reached.map(([category, said]) => ({ category, atLeast: said, atMost: said + STEP - 1 })),
    };
  });
  return { month, settled, total: totalOfTables(published), tables };
}

/** The sums of one facet over months; a month that says nothing of a category may hold as many as it has in all. */
function sumOf(by: PublicFacet, months: readonly PublicMonth[]): PublicTable {
  const tables = months.map((month) => ({ month, table: month.tables.find((table) => table.by === by) }));
  const names = new Set(tables.flatMap(({ table }) => table?.categories.map(({ category }) => category) ?? []));
  const categories = [...names].map((category): PublicCategory => {
    const each = tables.map(({ month, table }) => {
      const told = table?.categories.find((one) => one.category === category);
      return told ?? { atLeast: 0, atMost: table?.told === true ? STEP - 1 : month.total.atMost };
    });
    return { category, ...addTotals(each) };
  });
  return {
    by,
    told: tables.some(({ table }) => table?.told === true),
    categories: categories.toSorted((a, b) => b.atLeast - a.atLeast || compareTexts(a.category, b.category)),
  };
}

function addTotals(totals: readonly PublishedTotal[]): PublishedTotal {
  return {
    atLeast: totals.reduce((sum, { atLeast }) => sum + atLeast, 0),
    atMost: totals.reduce((sum, { atMost }) => sum + atMost, 0),
  };
}

/** How the request that a crossing is was answered by a moment, by what was on record here then. */
function answerIndex(source: PublicSource): (fact: CrossingFact, atMs: EpochMs) => AnswerState | null {
  const lives = new Map<string, RequestLife>();
  for (const { side, message, lives: all } of source.requests())
    for (const life of all) lives.set(`${messageKey(message.origin, message.id)}/${peerOf(side, life)}`, life);
  const recordedMs = (origin: OfficeId, id: string): number => {
    const { outbound, inbound } = source.projection;
    const key = messageKey(origin, id);
    return outbound.get(key)?.acceptedMs ?? inbound.get(key)?.receivedMs ?? Number.POSITIVE_INFINITY;
  };
  return (fact, atMs) => {
    const life = lives.get(`${fact.message}/${fact.peer}`);
    if (life === undefined) return null;
    const { answeredMs, closedMs } = life;
    const isOnRecord = life.results.every(({ answer }) => recordedMs(life.asked, answer) <= atMs);
    if (life.state === 'answered' && answeredMs !== null && answeredMs <= atMs && isOnRecord)
      return answeredMs <= life.answerByMs ? 'in-time' : 'late';
    return life.state === 'refused' && closedMs !== null && closedMs <= atMs ? 'refused' : 'not-answered';
  };
}

/** Offices that figures name, whether anything crossed or not: those that this one is linked to, and those seen. */
function neighboursOf({ projection, neighbours }: PublicSource): readonly OfficeId[] {
  const all = new Set(neighbours);
  for (const { copies } of projection.outbound.values()) for (const office of copies.keys()) all.add(office);
  for (const { from } of projection.inbound.values()) all.add(from);
  return [...all].sort();
}
