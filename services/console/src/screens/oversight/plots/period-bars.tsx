import type { JSX } from 'preact';
import { number } from '../../../i18n/index.ts';
import { Axes, heightAt, middleOf, PLOT_HEIGHT } from './axes.tsx';
import { fillOf, lookOf } from './look.tsx';
import { countText, Plot } from './plot.tsx';
import { ticksTo } from './scale.ts';

/** One period: its name in short and in full, and the count of each series. */
export interface PeriodCounts {
  readonly short: string;
  readonly name: string;
  readonly counts: readonly number[];
}

/** Counts over time: a group of standing bars for each period. */
export function PeriodBars({
  label,
  head,
  series,
  periods,
}: {
  readonly label: string;
  /** What the periods are. */
  readonly head: string;
  readonly series: readonly string[];
  readonly periods: readonly PeriodCounts[];
}): JSX.Element {
  const ticks = ticksTo(Math.max(0, ...periods.flatMap(({ counts }) => counts)));
  const most = ticks.at(-1) ?? 1;
  const room = 76 / periods.length;
  const wide = room / series.length;
  return (
    <Plot
      label={label}
      series={series}
      table={{
        heads: [head, ...series],
        rows: periods.map(({ name, counts }) => [name, ...counts.map(countText)]),
      }}
    >
      {(id) => (
        <Axes ticks={ticks} tickText={(tick) => number(tick)} periods={periods.map(({ short }) => short)}>
          {periods.flatMap(({ counts, short }, at) =>
            counts.map((count, index) => (
              <rect
                key={`${short}/${index}`}
                class={count === 0 ? 'plot-none' : 'plot-shape'}
                x={`${middleOf(at, periods.length) - room / 2 + index * wide}%`}
                width={`${wide}%`}
                y={heightAt(count, most)}
                height={Math.max(0, PLOT_HEIGHT - heightAt(count, most))}
                fill={fillOf(id, lookOf(index))}
              />
            )),
          )}
        </Axes>
      )}
    </Plot>
  );
}
