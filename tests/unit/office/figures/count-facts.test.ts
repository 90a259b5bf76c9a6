import { describe, expect, it } from 'vitest';
import { type CountedFacts, factCounter } from '../../../../services/office/figures/count-facts.ts';
import type { CrossingFact } from '../../../../services/office/figures/types.ts';
import { OTHER, PEER } from '../fake-office.ts';
import { at, fact } from './fact-fixtures.ts';

const FROM = at('2026-02-20T00:00:00Z');
const UNTIL = at('2026-03-10T00:00:00Z');

function count(...facts: readonly Partial<CrossingFact>[]): CountedFacts {
  const counter = factCounter(FROM, UNTIL);
  for (const one of facts) counter.add(fact(one));
  return counter.result();
}

describe('factCounter', () => {
  it('counts by each thing alone, what was sent first and what has no name last', () => {
    const counted = count(
      { direction: 'inbound', peer: OTHER, crimeArea: null },
      { peer: OTHER },
      { peer: PEER, crimeArea: null },
      { peer: PEER },
    );
    const namesOf = (rows: CountedFacts['all']) => rows.map(({ direction, of, count: n }) => [direction, of, n]);
    expect(namesOf(counted.all)).toEqual([
      ['outbound', null, 3],
      ['inbound', null, 1],
    ]);
    expect(namesOf(counted.byNeighbour)).toEqual([
      ['outbound', PEER, 2],
      ['outbound', OTHER, 1],
      ['inbound', OTHER, 1],
    ]);
    expect(namesOf(counted.byCrimeArea)).toEqual([
      ['outbound', 'CRIME_AREA_DRUGS', 2],
      ['outbound', null, 1],
      ['inbound', null, 1],
    ]);
    expect(namesOf(counted.byPrecedence)[0]).toEqual(['outbound', 'PRECEDENCE_ROUTINE', 3]);
    expect(namesOf(counted.byKind)[1]).toEqual(['inbound', 'MESSAGE_KIND_ALERT', 1]);
  });

  it('has exactly one outcome for each', () => {
    const [row] = count({}, { outcome: 'held' }, { outcome: 'held' }, { withheld: true, emergency: true }).all;
    expect(row).toMatchObject({ count: 4, outcomes: { opened: 2, held: 2, refused: 0 }, withheld: 1, emergencies: 1 });
  });

  it('measures only what has a time', () => {
    const [row] = count({ toOpenMs: 10 }, { toOpenMs: null }, { toOpenMs: 30 }).all;
    expect(row?.toOpen).toEqual({ count: 2, medianMs: 10, ninetiethMs: 30 });
  });

  it('has every week and month of the period, also an empty one', () => {
    const counted = count({ atMs: at('2026-02-28T23:59:59Z') }, { atMs: at('2026-03-01T00:00:00Z') });
    expect(counted.weeks.map(({ period, rows }) => [period, rows[0]?.count ?? 0])).toEqual([
      ['2026-W08', 0],
      ['2026-W09', 2],
      ['2026-W10', 0],
      ['2026-W11', 0],
    ]);
    expect(counted.weeks[1]?.fromMs).toBe(at('2026-02-23T00:00:00Z'));
    expect(counted.months.map(({ period, rows }) => [period, rows[0]?.count])).toEqual([
      ['2026-02', 1],
      ['2026-03', 1],
    ]);
  });

  it('does not begin a period at its end', () => {
    const counter = factCounter(at('2026-02-01T00:00:00Z'), at('2026-03-01T00:00:00Z'));
    expect(counter.result().months.map(({ period }) => period)).toEqual(['2026-02']);
  });

  it('counts a hold for each policy that held it, and once for all of them', () => {
    const { holds } = count(
      { hold: { state: 'released', policies: ['th.a', 'th.b'], waitedMs: 500 } },
      { hold: { state: 'waiting', policies: ['th.a'], waitedMs: null } },
      { direction: 'inbound', hold: { state: 'expired', policies: ['la.c'], waitedMs: 900 } },
    );
    expect(holds.map(({ direction, policy, states, waited }) => [direction, policy, states, waited.count])).toEqual([
      ['outbound', null, { waiting: 1, released: 1, rejected: 0, expired: 0 }, 1],
      ['outbound', 'th.a', { waiting: 1, released: 1, rejected: 0, expired: 0 }, 1],
      ['outbound', 'th.b', { waiting: 0, released: 1, rejected: 0, expired: 0 }, 1],
      ['inbound', null, { waiting: 0, released: 0, rejected: 0, expired: 1 }, 1],
      ['inbound', 'la.c', { waiting: 0, released: 0, rejected: 0, expired: 1 }, 1],
    ]);
  });

  it('counts refusals by policy and gate, and what was withheld beside them', () => {
    const { refusals } = count(
      { withheldBy: ['th.b'] },
      { refusedBy: ['th.a', 'th.b'] },
      { direction: 'inbound', refusedBy: ['th.a'] },
    );
    expect(refusals).toEqual([
      { direction: 'outbound', policy: 'th.a', refused: 1, withheld: 0 },
      { direction: 'outbound', policy: 'th.b', refused: 1, withheld: 1 },
      { direction: 'inbound', policy: 'th.a', refused: 1, withheld: 0 },
    ]);
  });

  it('counts what officers made of what was delivered', () => {
    const closed = (outcome: string, toCloseMs: number) => ({
      triage: { state: 'closed' as const, outcome, toCloseMs },
    });
    const { triage } = count(
      { triage: { state: 'untouched', outcome: null, toCloseMs: null } },
      { triage: { state: 'in-work', outcome: null, toCloseMs: null } },
      closed('TRIAGE_OUTCOME_SEIZURE', 20),
      closed('TRIAGE_OUTCOME_SEIZURE', 40),
      closed('TRIAGE_OUTCOME_ARREST', 60),
    );
    expect(triage).toEqual({
      untouched: 1,
      inWork: 1,
      closed: 3,
      outcomes: [
        { outcome: 'TRIAGE_OUTCOME_SEIZURE', count: 2 },
        { outcome: 'TRIAGE_OUTCOME_ARREST', count: 1 },
      ],
      toClose: { count: 3, medianMs: 40, ninetiethMs: 60 },
    });
  });
});
