import type { JSX } from 'preact';
import { Axes, heightAt, middleOf } from './axes.tsx';
import { Plot, type PlotTable } from './plot.tsx';
import { secondsTo } from './scale.ts';

/** One period: seconds by series, null where nothing was measured. */
export interface PeriodTimes {
  readonly short: string;
  readonly seconds: readonly (number | null)[];
}

/** How long something took over time: a line with marks for each series, broken where nothing was measured. */
export function TimeLines({
  label,
  series,
  periods,
  table,
  secondsText,
}: {
  readonly label: string;
  readonly series: readonly string[];
  readonly periods: readonly PeriodTimes[];
  readonly table: PlotTable;
  readonly secondsText: (seconds: number) => string;
}): JSX.Element {
  const ticks = secondsTo(Math.max(1, ...periods.flatMap(({ seconds }) => seconds.map((one) => one ?? 0))));
  const most = ticks.at(-1) ?? 1;
  const place = (at: number, seconds: number) => ({
    x: `${middleOf(at, periods.length)}%`,
    y: heightAt(seconds, most),
  });
  return (
    <Plot label={label} series={series} looks={['solid', 'outline']} table={table}>
      {() => (
        <Axes ticks={ticks} tickText={secondsText} periods={periods.map(({ short }) => short)}>
          {series.map((name, index) =>
            periods.map(({ seconds, short }, at) => {
              const here = seconds[index] ?? null;
              const before = periods[at - 1]?.seconds[index] ?? null;
              if (here === null) return null;
              const to = place(at, here);
              const from = before === null ? undefined : place(at - 1, before);
              return (
                <g key={`${name}/${short}`} class={`time-line series-${index}`}>
                  {from === undefined ? null : <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} />}
                  <circle cx={to.x} cy={to.y} r={index === 0 ? 4 : 5} />
                </g>
              );
            }),
          )}
        </Axes>
      )}
    </Plot>
  );
}
