import type { JSX } from 'preact';
import { number, t } from '../../i18n/index.ts';
import { type FigureSet, timeText } from './words.ts';

/** What one looks at first: a few numbers of the period. */
export function Tiles({ set }: { readonly set: FigureSet }): JSX.Element {
  const sent = set.all.find(({ direction }) => direction === 'outbound');
  const received = set.all.find(({ direction }) => direction === 'inbound');
  const waiting = set.holds.filter(({ policy }) => policy === null);
  const sum = (counts: readonly number[]): string => number(counts.reduce((total, one) => total + one, 0));
  const tiles: readonly (readonly [string, string])[] = [
    [t('figures.outbound'), number(sent?.count ?? 0)],
    [t('figures.inbound'), number(received?.count ?? 0)],
    [t('figures.tile.toDeliver'), sent === undefined ? '–' : timeText(sent.toDeliver, 'medianSeconds')],
    [t('figures.tile.theyOpen'), sent === undefined ? '–' : timeText(sent.toOpen, 'medianSeconds')],
    [t('figures.tile.weOpen'), received === undefined ? '–' : timeText(received.toOpen, 'medianSeconds')],
    [t('figures.tile.waiting'), sum(waiting.map(({ states }) => states.waiting))],
    [t('figures.tile.overdue'), sum(set.requests.map(({ overdue }) => overdue))],
    [t('figures.tile.reviews'), sum([set.emergencies.reviewsOpen, set.emergencies.reviewsOverdue])],
  ];
  return (
    <dl class="figure-tiles">
      {tiles.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
