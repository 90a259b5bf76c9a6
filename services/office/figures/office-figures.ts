import type { EpochMs, OfficeId } from '../../core/foundation/index.ts';
import {
  type ListedRequest,
  type RequestLife,
  type RequestSide,
  type RequestState,
  type ReviewView,
  requestFigures,
  type SidedLife,
} from '../../core/relay/index.ts';
import { codeName } from '../views/code-names.ts';
import { type FactCounter, factCounter } from './count-facts.ts';
import { type CountedProjection, crossingFacts } from './crossing-facts.ts';
import { compareTexts } from './figure-rows.ts';
import type { EmergencyFigures, FigureSet, Figures, RequestStateRow } from './types.ts';

/** What the figures of an office are made of; nothing but what its ledger says. */
export interface FigureSource {
  readonly office: OfficeId;
  readonly projection: CountedProjection;
  /** Every request of either side. */
  readonly requests: () => Iterable<ListedRequest>;
  readonly reviews: () => Iterable<ReviewView>;
}

/** From `fromMs` on, before `untilMs`. */
export interface FigurePeriod {
  readonly fromMs: EpochMs;
  readonly untilMs: EpochMs;
}

/** So many messages are counted without letting anything else happen. */
const AT_ONCE = 500;

/**
 * The figures of a period, as things stand now, computed from the ledger alone. `breathe` is awaited now and then, so
 * that counting a large ledger holds nothing up.
 */
export async function officeFigures(
  source: FigureSource,
  period: FigurePeriod,
  atMs: EpochMs,
  breathe: () => Promise<void>,
): Promise<Figures> {
  const { fromMs, untilMs } = period;
  const isWithin = (ms: number): boolean => fromMs <= ms && ms < untilMs;
  const real = factCounter(fromMs, untilMs);
  const drills = factCounter(fromMs, untilMs);
  let counted = 0;
  for (const facts of crossingFacts(source.projection)) {
    for (const fact of facts) if (isWithin(fact.atMs)) (fact.drill ? drills : real).add(fact);
    if (++counted % AT_ONCE === 0) await breathe();
  }
  const lives: SidedLife[] = [];
  for (const { side, message, lives: all } of source.requests()) {
    if (isWithin(message.createdMs)) for (const life of all) lives.push({ side, life });
    if (++counted % AT_ONCE === 0) await breathe();
  }
  const reviews = [...source.reviews()].filter(({ message }) => isWithin(message.createdMs));
  const setOf = (counter: FactCounter, drill: boolean): FigureSet => {
    const facts = counter.result();
    return {
      ...facts,
      ...requestCounts(lives.filter(({ life }) => life.drill === drill)),
      emergencies: emergencyFigures(
        reviews.filter(({ message }) => message.drill === drill),
        facts.all,
      ),
    };
  };
  return { office: source.office, atMs, fromMs, untilMs, real: setOf(real, false), drills: setOf(drills, true) };
}

function requestCounts(lives: readonly SidedLife[]): Pick<FigureSet, 'requests' | 'requestStates'> {
  const states = new Map<string, { side: RequestSide; state: RequestState; count: number }>();
  for (const { side, life } of lives) {
    const key = `${side}/${life.state}`;
    const row = states.get(key) ?? { side, state: life.state, count: 0 };
    states.set(key, { ...row, count: row.count + 1 });
  }
  const asReal = (life: RequestLife): RequestLife => ({ ...life, drill: false });
  return {
    // They leave exercises out, which are counted apart here.
    requests: requestFigures(lives.map(({ side, life }) => ({ side, life: asReal(life) }))),
    requestStates: [...states.values()].toSorted(
      (a: RequestStateRow, b: RequestStateRow) => compareTexts(a.side, b.side) || b.count - a.count,
    ),
  };
}

function emergencyFigures(reviews: readonly ReviewView[], all: FigureSet['all']): EmergencyFigures {
  const findings = new Map<string, number>();
  for (const { own } of reviews) {
    if (own === null) continue;
    const finding = codeName('ReviewFinding', own.finding);
    findings.set(finding, (findings.get(finding) ?? 0) + 1);
  }
  const count = (matches: (review: ReviewView) => boolean): number => reviews.filter(matches).length;
  const crossings = (direction: 'outbound' | 'inbound'): number =>
    all.filter((row) => row.direction === direction).reduce((sum, { emergencies }) => sum + emergencies, 0);
  return {
    sent: crossings('outbound'),
    received: crossings('inbound'),
    reviewsOpen: count(({ state }) => state === 'open'),
    reviewsOverdue: count(({ state }) => state === 'overdue'),
    reviewsClosed: count(({ state }) => state === 'closed'),
    reviewsClosedLate: count(({ own, dueMs }) => own !== null && own.atMs > dueMs),
    findings: [...findings].map(([finding, n]) => ({ finding, count: n })),
  };
}
