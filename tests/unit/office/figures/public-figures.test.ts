import { describe, expect, it } from 'vitest';
import type { CalendarMonth } from '../../../../services/core/figures/index.ts';
import type { EpochMs } from '../../../../services/core/foundation/index.ts';
import type { RequestLife } from '../../../../services/core/relay/index.ts';
import { CrimeArea, MessageKind, Outcome } from '../../../../services/core/wire/index.ts';
import {
  type PublicFigures,
  type PublicSource,
  publicFigures,
} from '../../../../services/office/figures/public-figures.ts';
import { publicFiguresCsv } from '../../../../services/office/views/figures-csv.ts';
import { publicFiguresHtml } from '../../../../services/office/views/public-figures-html.ts';
import { copyTo, idOf, inbound, OTHER, outbound, PEER, SELF } from '../fake-office.ts';
import { at } from './fact-fixtures.ts';

type Message = ReturnType<typeof outbound> | ReturnType<typeof inbound>;

const breathe = async (): Promise<void> => undefined;
const month = (text: string): CalendarMonth => text as CalendarMonth;

function source(messages: readonly Message[], more: Partial<PublicSource> = {}): PublicSource {
  const of = (direction: string) =>
    new Map(messages.filter((one) => one.direction === direction).map((one) => [`${one.origin}/${one.id}`, one]));
  return {
    office: SELF,
    projection: {
      outbound: of('outbound'),
      inbound: of('inbound'),
      added: { of: () => [] },
      triage: { of: () => undefined },
    } as unknown as PublicSource['projection'],
    neighbours: [PEER],
    foundedMs: () => at('2020-01-01T00:00:00Z'),
    requests: () => [],
    reviews: () => [],
    ...more,
  };
}

/** So many messages of PEER, a minute apart. */
const received = (count: number, from: EpochMs, more: Parameters<typeof inbound>[1] = {}, first = 1): Message[] =>
  Array.from({ length: count }, (_, index) =>
    inbound(first + index, {
      crimeArea: CrimeArea.DRUGS,
      receivedMs: (from + index * 60_000) as EpochMs,
      deliveredMs: (from + index * 60_000) as EpochMs,
      ...more,
    }),
  );

const FEBRUARY = at('2026-02-10T00:00:00Z');
const ask = (messages: readonly Message[], now: string, more: Partial<PublicSource> = {}): Promise<PublicFigures> =>
  publicFigures(source(messages, more), { from: month('2026-01'), until: month('2026-12') }, at(now), breathe);

function tableOf(figures: PublicFigures, which: string, by: string) {
  return figures.months.find((one) => one.month === which)?.tables.find((table) => table.by === by);
}

describe('publicFigures', () => {
  it('tells counts in steps of five, month by month, up to the month that runs', async () => {
    const figures = await ask(received(13, FEBRUARY), '2026-03-08T00:00:00Z');
    expect([figures.from, figures.until]).toEqual(['2026-01', '2026-03']);
    expect(figures.months.map((one) => [one.month, one.settled])).toEqual([
      ['2026-01', true],
      ['2026-02', true],
      ['2026-03', false],
    ]);
    expect(tableOf(figures, '2026-02', 'crime-area')?.categories).toEqual([
      { category: 'CRIME_AREA_DRUGS', atLeast: 10, atMost: 14 },
    ]);
  });

  it('says the same of four as of none', async () => {
    const [four, none] = await Promise.all([
      ask(received(4, FEBRUARY), '2026-03-08T00:00:00Z'),
      ask([], '2026-03-08T00:00:00Z'),
    ]);
    expect(four).toEqual(none);
  });

  it('tells how messages ended once the month is over for seven days, and as it stood then', async () => {
    const opened = received(10, FEBRUARY, { retrievals: [{ by: 'officer-1', atMs: at('2026-03-08T00:00:00Z') }] });
    const before = await ask(opened, '2026-03-07T23:59:59Z');
    expect(tableOf(before, '2026-02', 'outcome')?.told).toBe(false);
    for (const now of ['2026-03-08T00:00:01Z', '2026-06-01T00:00:00Z']) {
      const later = await ask(opened, now);
      expect(tableOf(later, '2026-02', 'outcome')?.categories).toEqual([
        { category: 'opened', atLeast: 10, atMost: 14 },
      ]);
    }
    const late = received(10, FEBRUARY, { retrievals: [{ by: 'officer-1', atMs: at('2026-03-08T00:00:01Z') }] });
    expect(tableOf(await ask(late, '2026-06-01T00:00:00Z'), '2026-02', 'outcome')?.categories).toEqual([
      { category: 'delivered', atLeast: 10, atMost: 14 },
    ]);
  });

  it('leaves exercises out', async () => {
    const drills = await ask(received(50, FEBRUARY, { drill: true }), '2026-03-08T00:00:00Z');
    expect(drills).toEqual(await ask([], '2026-03-08T00:00:00Z'));
  });

  it('tells how requests were answered by what was on record when the month was settled', async () => {
    const asked = received(10, FEBRUARY, { kind: MessageKind.REQUEST });
    const life = (message: Message, answeredMs: EpochMs | null): RequestLife =>
      ({
        origin: PEER,
        id: message.id,
        asked: SELF,
        state: answeredMs === null ? 'acknowledged' : 'answered',
        answeredMs,
        answerByMs: at('2026-02-11T00:00:00Z'),
        closedMs: answeredMs,
        results: answeredMs === null ? [] : [{ answer: idOf(500) }],
      }) as unknown as RequestLife;
    const answer = outbound(500, [copyTo(PEER, Outcome.RELEASED)], {
      kind: MessageKind.ANSWER,
      acceptedMs: at('2026-02-12T00:00:00Z'),
    });
    const requests = (answeredMs: EpochMs | null) => () =>
      asked.map((message) => ({ side: 'asked' as const, message, lives: [life(message, answeredMs)] }));
    const answersOf = async (answeredMs: EpochMs | null, by: Message = answer) => {
      const figures = await ask([...asked, by], '2026-03-08T00:00:00Z', { requests: requests(answeredMs) });
      return tableOf(figures, '2026-02', 'answer')?.categories.map(({ category }) => category);
    };
    expect(await answersOf(at('2026-02-10T12:00:00Z'))).toEqual(['in-time']);
    expect(await answersOf(at('2026-02-12T00:00:00Z'))).toEqual(['late']);
    expect(await answersOf(null)).toEqual(['not-answered']);
    const arrivedLater = { ...answer, acceptedMs: at('2026-03-09T00:00:00Z') } as Message;
    expect(await answersOf(at('2026-02-10T12:00:00Z'), arrivedLater)).toEqual(['not-answered']);
  });

  it('says of several months nothing but the sum of what it says of each', async () => {
    const messages = [...received(7, at('2026-01-10T00:00:00Z')), ...received(13, FEBRUARY, {}, 100)];
    const figures = await ask(messages, '2026-02-28T00:00:00Z');
    expect(figures.sums.find(({ by }) => by === 'crime-area')?.categories).toEqual([
      { category: 'CRIME_AREA_DRUGS', atLeast: 15, atMost: 23 },
    ]);
    expect(figures.total.atLeast).toBe(15);
    expect(figures.total.atMost).toBeGreaterThanOrEqual(20);
  });

  it('begins with the month in which the ledger was founded', async () => {
    const figures = await ask(received(13, FEBRUARY), '2026-03-08T00:00:00Z', {
      foundedMs: () => at('2026-02-09T00:00:00Z'),
    });
    expect([figures.from, figures.months.map((one) => one.month)]).toEqual(['2026-02', ['2026-02', '2026-03']]);
  });

  it('names every neighbour that there is, so that naming one says nothing', async () => {
    const messages = [...received(10, FEBRUARY), ...received(1, FEBRUARY, { from: OTHER, origin: OTHER }, 50)];
    const figures = await ask(messages, '2026-03-08T00:00:00Z');
    expect(tableOf(figures, '2026-02', 'neighbour')?.categories).toEqual([{ category: PEER, atLeast: 10, atMost: 14 }]);
  });
});

describe('publicFiguresCsv', () => {
  it('has a line for each thing that is told, and says of the rest that it is not', async () => {
    const text = publicFiguresCsv(await ask(received(13, FEBRUARY), '2026-03-08T00:00:00Z'));
    expect(text).toContain('th-chiang-khong,2026-02,crime-area,CRIME_AREA_DRUGS,10,14,yes\r\n');
    expect(text).toContain('th-chiang-khong,2026-03,outcome,not told,,,no\r\n');
  });
});

describe('publicFiguresHtml', () => {
  it('is a page that asks nobody for anything, in words and not in codes', async () => {
    const html = publicFiguresHtml(await ask(received(13, FEBRUARY), '2026-03-08T00:00:00Z'));
    expect(html).not.toMatch(/<script|src=|href=|url\(/);
    expect(html).toContain('<th scope="row">Drugs</th><td class="n">10 to 22</td>');
    expect(html).not.toContain('CRIME_AREA');
  });
});
