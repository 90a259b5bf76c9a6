import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { code, monthName, number, shortDay, t } from '../../i18n/index.ts';
import { Button, Panel } from '../../ui/index.ts';
import { BarRows } from './plots/bar-rows.tsx';
import { PeriodBars } from './plots/period-bars.tsx';
import { countText, Table } from './plots/plot.tsx';
import { TimeLines } from './plots/time-lines.tsx';
import {
  crimeAreaText,
  directionText,
  type FigureRow,
  type FigureSet,
  OUTCOMES,
  outcomeText,
  secondsText,
  timeText,
} from './words.ts';

const WAYS = ['outbound', 'inbound'] as const;

function rowOf(rows: readonly FigureRow[], direction: FigureRow['direction'], of: string | null = null) {
  return rows.find((row) => row.direction === direction && row.of === of);
}

/** Messages and how long it took to open them, by week or by month. */
export function OverTime({ set }: { readonly set: FigureSet }): JSX.Element {
  const [by, setBy] = useState<'weeks' | 'months'>('weeks');
  const periods = set[by].map(({ startsAt, period, rows }) => {
    const short = by === 'weeks' ? shortDay(startsAt) : monthName(startsAt);
    return { short, name: by === 'weeks' ? t('figures.weekOf', { period, day: short }) : short, rows };
  });
  const opened = (direction: FigureRow['direction']) =>
    periods.map(({ short, name, rows }) => ({ short, name, times: rowOf(rows, direction)?.toOpen }));
  return (
    <Panel
      title={t('figures.overTime')}
      actions={
        <>
          <Button aria-pressed={by === 'weeks'} onClick={() => setBy('weeks')}>
            {t('figures.byWeek')}
          </Button>
          <Button aria-pressed={by === 'months'} onClick={() => setBy('months')}>
            {t('figures.byMonth')}
          </Button>
        </>
      }
    >
      <div class="stack">
        <PeriodBars
          label={t('figures.messagesOverTime')}
          head={t(by === 'weeks' ? 'figures.week' : 'figures.month')}
          series={WAYS.map(directionText)}
          periods={periods.map(({ short, name, rows }) => ({
            short,
            name,
            counts: WAYS.map((way) => rowOf(rows, way)?.count ?? 0),
          }))}
        />
        <div class="two-columns">
          {WAYS.map((way) => (
            <div key={way} class="stack-tight">
              <h3>{t(way === 'outbound' ? 'figures.theyOpened' : 'figures.weOpened')}</h3>
              <TimeLines
                label={t(way === 'outbound' ? 'figures.theyOpened' : 'figures.weOpened')}
                series={[t('figures.median'), t('figures.ninetieth')]}
                periods={opened(way).map(({ short, times }) => ({
                  short,
                  seconds:
                    times === undefined || times.count === 0
                      ? [null, null]
                      : [times.medianSeconds, times.ninetiethSeconds],
                }))}
                secondsText={secondsText}
                table={{
                  heads: [
                    t(by === 'weeks' ? 'figures.week' : 'figures.month'),
                    t('figures.median'),
                    t('figures.ninetieth'),
                    t('figures.measured'),
                  ],
                  rows: opened(way).map(({ name, times }) => [
                    name,
                    times === undefined ? '–' : timeText(times, 'medianSeconds'),
                    times === undefined ? '–' : timeText(times, 'ninetiethSeconds'),
                    countText(times?.count ?? 0),
                  ]),
                }}
              />
            </div>
          ))}
        </div>
      </div>
    </Panel>
  );
}

/** What became of what was sent to each neighbour and received from it. */
export function Neighbours({ set }: { readonly set: FigureSet }): JSX.Element {
  return (
    <Panel title={t('figures.byNeighbour')}>
      <div class="stack">
        {WAYS.map((way) => {
          const rows = set.byNeighbour.filter(({ direction }) => direction === way);
          if (rows.length === 0) return null;
          const used = OUTCOMES.filter((outcome) => rows.some(({ outcomes }) => outcomes[outcome] > 0));
          return (
            <div key={way} class="stack-tight">
              <h3>{directionText(way)}</h3>
              <BarRows
                label={`${t('figures.byNeighbour')}: ${directionText(way)}`}
                head={t('figures.office')}
                series={used.map(outcomeText)}
                rows={rows.map(({ of, outcomes }) => ({
                  key: of ?? '',
                  name: of ?? '',
                  counts: used.map((outcome) => outcomes[outcome]),
                }))}
              />
            </div>
          );
        })}
        <Table
          label={t('figures.times')}
          table={{
            words: 1,
            heads: [
              t('figures.office'),
              t('figures.way'),
              t('figures.messages'),
              t('figures.withheld'),
              t('figures.toDeliver'),
              t('figures.toOpen'),
              t('figures.toOpenNinetieth'),
            ],
            rows: set.byNeighbour.map((row) => [
              row.of ?? '',
              directionText(row.direction),
              number(row.count),
              countText(row.withheld),
              timeText(row.toDeliver, 'medianSeconds'),
              timeText(row.toOpen, 'medianSeconds'),
              timeText(row.toOpen, 'ninetiethSeconds'),
            ]),
          }}
        />
      </div>
    </Panel>
  );
}

/** Sent and received by crime area. */
export function CrimeAreas({ set }: { readonly set: FigureSet }): JSX.Element {
  return (
    <Ways
      title={t('figures.byCrimeArea')}
      head={t('figures.crimeArea')}
      rows={set.byCrimeArea}
      nameOf={crimeAreaText}
    />
  );
}

/** Sent and received by precedence. */
export function Precedences({ set }: { readonly set: FigureSet }): JSX.Element {
  return (
    <Ways
      title={t('figures.byPrecedence')}
      head={t('figures.precedence')}
      rows={set.byPrecedence}
      nameOf={(of) => code('Precedence', of ?? '')}
    />
  );
}

/** Sent and received by kind of message. */
export function Kinds({ set }: { readonly set: FigureSet }): JSX.Element {
  return (
    <Ways
      title={t('figures.byKind')}
      head={t('figures.kind')}
      rows={set.byKind}
      nameOf={(of) => code('MessageKind', of ?? '')}
    />
  );
}

function Ways({
  title,
  head,
  rows,
  nameOf,
}: {
  readonly title: string;
  readonly head: string;
  readonly rows: readonly FigureRow[];
  readonly nameOf: (of: string | null) => string;
}): JSX.Element {
  const names = [...new Set(rows.map(({ of }) => of))];
  const bars = names
    .map((of) => ({ key: of ?? '', name: nameOf(of), counts: WAYS.map((way) => rowOf(rows, way, of)?.count ?? 0) }))
    .sort((a, b) => (b.counts[0] ?? 0) + (b.counts[1] ?? 0) - (a.counts[0] ?? 0) - (a.counts[1] ?? 0));
  return (
    <Panel title={title}>
      <BarRows label={title} head={head} series={WAYS.map(directionText)} rows={bars} />
    </Panel>
  );
}
