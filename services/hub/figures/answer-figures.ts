import {
  type IsoWeek,
  isoWeekOf,
  type PublishedTables,
  type PublishedTotal,
  parseIsoWeek,
  publishTables,
  STEP,
  totalOfTables,
  weeksBetween,
} from '../../core/figures/index.ts';
import { days, type EpochMs, earlier } from '../../core/foundation/index.ts';
import { HubError } from '../errors.ts';
import { FACETS, type Facet, type ReleaseCounts } from './count-releases.ts';

/** A count as it is published: somewhere between the two. */
export type PublishedCount = PublishedTotal;

/** One category of a facet. Under five in every week: `atLeast` is 0. */
export interface CategoryFigures extends PublishedCount {
  readonly category: string;
}

/** One week by one facet. */
export interface WeekFigures {
  readonly week: IsoWeek;
  /** The categories are withheld, since with the others' they would give small counts away. */
  readonly withheld: boolean;
  /** Those that reached five; every other one is under five. */
  readonly categories: readonly CategoryFigures[];
  readonly total: PublishedCount;
}

/** What is asked for. */
export interface FiguresQuery {
  readonly by: Facet | 'week';
  readonly from: IsoWeek;
  readonly until: IsoWeek;
}

/** Figures by one facet, from week to week, and over all of them. */
export interface Figures extends FiguresQuery {
  readonly weeks: readonly WeekFigures[];
  readonly categories: readonly CategoryFigures[];
  readonly total: PublishedCount;
}

const MAX_WEEKS = 106;
const USUAL_SPAN = days(7 * 11);

/** A query from the texts of a request; left out, the last twelve weeks by corridor. @throws HubError HUB_FIGURES_QUERY_INVALID. */
export function parseFiguresQuery(query: Readonly<Record<string, unknown>>, now: EpochMs): FiguresQuery {
  const invalid = (field: string): HubError => new HubError('HUB_FIGURES_QUERY_INVALID', { context: { field } });
  const unknown = Object.keys(query).find((name) => !['by', 'from', 'until'].includes(name));
  if (unknown !== undefined) throw invalid('unknown');
  const by = query['by'] ?? 'corridor';
  if (by !== 'week' && !(FACETS as readonly unknown[]).includes(by)) throw invalid('by');
  const until = query['until'] === undefined ? isoWeekOf(now) : parseIsoWeek(query['until']);
  if (until === undefined) throw invalid('until');
  const from = query['from'] === undefined ? isoWeekOf(earlier(now, USUAL_SPAN)) : parseIsoWeek(query['from']);
  if (from === undefined) throw invalid('from');
  return { by: by as FiguresQuery['by'], from: [from, until].sort()[0] ?? from, until };
}

/** The figures that are asked for: all of them sums of what is published of each week, so that no answer says more than another. */
export function answerFigures(counts: ReleaseCounts, query: FiguresQuery): Figures {
  const weeks = weeksBetween(query.from, query.until, MAX_WEEKS).map((week) =>
    weekFigures(week, query.by, publishTables(counts.of(week))),
  );
  const names = [...new Set(weeks.flatMap(({ categories }) => categories.map(({ category }) => category)))];
  const categories = names.map((category) => {
    const inWeek = weeks.map((each) => each.categories.find((one) => one.category === category));
    // A week that says nothing of it says that it may have up to as much as the whole week.
    const most = weeks.map((each, at) => inWeek[at]?.atMost ?? (each.withheld ? each.total.atMost : STEP - 1));
    return { category, atLeast: sum(inWeek.map((one) => one?.atLeast ?? 0)), atMost: sum(most) };
  });
  return {
    ...query,
    weeks,
    categories: categories.toSorted((a, b) => b.atLeast - a.atLeast || (a.category < b.category ? -1 : 1)),
    total: {
      atLeast: sum(weeks.map(({ total }) => total.atLeast)),
      atMost: sum(weeks.map(({ total }) => total.atMost)),
    },
  };
}

function weekFigures(week: IsoWeek, by: FiguresQuery['by'], published: PublishedTables<Facet>): WeekFigures {
  const total = totalOfTables(published);
  if (by === 'week') return { week, withheld: false, categories: [], total };
  const table = published[by];
  const reached = [...(table ?? [])].filter(([, said]) => said > 0);
  return {
    week,
    withheld: table === undefined,
    categories: reached.map(([category, said]) => ({ category, atLeast: said, atMost: said + STEP - 1 })),
    total,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
