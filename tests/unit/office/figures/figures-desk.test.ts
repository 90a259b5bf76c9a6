import { describe, expect, it } from 'vitest';
import type { CalendarMonth } from '../../../../services/core/figures/index.ts';
import type { RequestLife, ReviewView } from '../../../../services/core/relay/index.ts';
import { Outcome, ReviewFinding } from '../../../../services/core/wire/index.ts';
import { figuresDesk } from '../../../../services/office/figures/figures-desk.ts';
import type { PublicSource } from '../../../../services/office/figures/public-figures.ts';
import { figuresCsv } from '../../../../services/office/views/figures-csv.ts';
import { copyTo, idOf, inbound, NOW, OTHER, outbound, PEER, SELF } from '../fake-office.ts';
import { at } from './fact-fixtures.ts';

const MONTH = '2026-03' as CalendarMonth;
const PERIOD = { fromMs: at('2026-03-01T00:00:00Z'), untilMs: at('2026-03-02T00:00:00Z') };

const request = inbound(7);
function life(more: Partial<RequestLife>): RequestLife {
  return {
    origin: PEER,
    id: idOf(7),
    asked: SELF,
    drill: false,
    delivered: true,
    state: 'answered',
    open: false,
    overdue: false,
    createdMs: NOW,
    acknowledgedMs: null,
    answeredMs: NOW + 1000,
    ...more,
  } as unknown as RequestLife;
}

function review(more: Partial<ReviewView>): ReviewView {
  return {
    message: outbound(1, [copyTo(PEER, Outcome.RELEASED)], { emergency: 'Boat sinks' }),
    author: 'officer-1',
    reason: '',
    openedMs: NOW,
    dueMs: NOW,
    state: 'open',
    own: null,
    others: [],
    ...more,
  };
}

const messages = [
  outbound(1, [copyTo(PEER, Outcome.RELEASED), copyTo(OTHER, Outcome.REFUSED)], { emergency: 'Boat sinks' }),
  outbound(2, [copyTo(PEER, Outcome.RELEASED)], { drill: true }),
  outbound(3, [copyTo(PEER, Outcome.RELEASED)], { acceptedMs: PERIOD.untilMs }),
  inbound(4),
];
const byKey = (direction: string) =>
  new Map(messages.filter((one) => one.direction === direction).map((one) => [`${one.origin}/${one.id}`, one]));

const SOURCE: PublicSource = {
  office: SELF,
  projection: {
    outbound: byKey('outbound'),
    inbound: byKey('inbound'),
    added: { of: () => [] },
    triage: { of: () => undefined },
  } as unknown as PublicSource['projection'],
  neighbours: [PEER],
  foundedMs: () => PERIOD.fromMs,
  requests: () => [
    { side: 'asked', message: request, lives: [life({}), life({ state: 'refused', open: false, overdue: true })] },
    { side: 'asked', message: request, lives: [life({ drill: true, state: 'acknowledged', open: true })] },
    { side: 'asked', message: inbound(8, { createdMs: PERIOD.untilMs }), lives: [life({})] },
  ],
  reviews: () => [
    review({ state: 'overdue' }),
    review({
      state: 'closed',
      own: { finding: ReviewFinding.JUSTIFIED, atMs: (NOW + 1) as never, by: '', id: idOf(9) },
    }),
    review({ message: inbound(9, { createdMs: PERIOD.untilMs }) }),
  ],
};
const desk = (source: PublicSource = SOURCE) => figuresDesk(source, { now: () => NOW });

describe('figuresDesk', () => {
  it('counts what lies in the period, a message to two offices for each of them, and exercises apart', async () => {
    const { real, drills } = await desk().figures(PERIOD);
    expect(real.all.map(({ direction, count }) => [direction, count])).toEqual([
      ['outbound', 2],
      ['inbound', 1],
    ]);
    expect(drills.all.map(({ direction, count }) => [direction, count])).toEqual([['outbound', 1]]);
  });

  it('counts requests of the period by state and side, exercises apart', async () => {
    const { real, drills } = await desk().figures(PERIOD);
    expect(real.requestStates).toEqual([
      { side: 'asked', state: 'answered', count: 1 },
      { side: 'asked', state: 'refused', count: 1 },
    ]);
    expect(real.requests[0]).toMatchObject({ peer: PEER, answered: 1, refused: 1, late: 1, open: 0 });
    expect(drills.requests[0]).toMatchObject({ open: 1, answered: 0 });
  });

  it('counts what went past the hold, and its reviews, those closed late apart', async () => {
    const { real } = await desk().figures(PERIOD);
    expect(real.emergencies).toEqual({
      sent: 2,
      received: 0,
      reviewsOpen: 0,
      reviewsOverdue: 1,
      reviewsClosed: 1,
      reviewsClosedLate: 1,
      findings: [{ finding: 'REVIEW_FINDING_JUSTIFIED', count: 1 }],
    });
  });

  it('computes one at a time and turns away what is too much', async () => {
    let running = 0;
    let most = 0;
    const slow: PublicSource = {
      ...SOURCE,
      requests: function* () {
        most = Math.max(most, ++running);
        for (let at = 0; at < 1200; at++) yield { side: 'asked', message: request, lives: [] };
        running--;
      },
    };
    const busy = desk(slow);
    const asked = Array.from({ length: 9 }, () => busy.figures(PERIOD));
    const ends = await Promise.allSettled(asked);
    expect(ends.map(({ status }) => status)).toEqual([...Array(8).fill('fulfilled'), 'rejected']);
    expect((ends[8] as PromiseRejectedResult).reason).toMatchObject({ code: 'OFFICE_RATE_EXCEEDED' });
    expect(most).toBe(1);
  });

  it('goes on after one that failed', async () => {
    let first = true;
    const failing: PublicSource = {
      ...SOURCE,
      reviews: () => {
        if (!first) return [];
        first = false;
        throw new TypeError('once');
      },
    };
    const after = desk(failing);
    const [failed, good] = await Promise.allSettled([
      after.figures(PERIOD),
      after.published({ from: MONTH, until: MONTH }),
    ]);
    expect([failed.status, good.status]).toEqual(['rejected', 'fulfilled']);
  });
});

describe('figuresCsv', () => {
  it('has a line for each number, and none for a time that was not measured', async () => {
    const lines = figuresCsv(await desk().figures(PERIOD)).split('\r\n');
    expect(lines[0]).toBe('section,exercise,period,direction,of,measure,value');
    expect(lines).toContain('neighbour,no,,outbound,la-houayxay,count,1');
    expect(lines).toContain('neighbour,no,,outbound,mm-tachileik,refused,1');
    expect(lines).toContain('all,yes,,outbound,,count,1');
    expect(lines).toContain('requests,no,,asked,la-houayxay,toAnswer.medianSeconds,1');
    expect(lines).toContain('all,no,,outbound,,toOpen.count,0');
    expect(lines.filter((line) => line.startsWith('all,no,,outbound,,toOpen.median'))).toEqual([]);
  });
});
