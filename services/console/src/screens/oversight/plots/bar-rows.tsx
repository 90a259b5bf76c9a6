import type { ComponentChildren, JSX } from 'preact';
import { number } from '../../../i18n/index.ts';
import { fillOf, type Look, lookOf } from './look.tsx';
import { countText, Plot } from './plot.tsx';

/** One bar: its name and the count of each series. */
export interface BarRow {
  readonly key: string;
  readonly name: ComponentChildren;
  readonly counts: readonly number[];
}

const HEIGHT = 18;

/** Bars that lie, one for each row, made up of the series; the longest is as wide as there is room. */
export function BarRows({
  label,
  head,
  series,
  rows,
  looks,
}: {
  readonly label: string;
  /** What the rows are. */
  readonly head: string;
  readonly series: readonly string[];
  readonly rows: readonly BarRow[];
  readonly looks?: readonly Look[];
}): JSX.Element {
  const most = Math.max(1, ...rows.map(({ counts }) => totalOf(counts)));
  const several = series.length > 1;
  return (
    <Plot
      label={label}
      {...(several ? { series } : {})}
      {...(looks === undefined ? {} : { looks })}
      table={{
        heads: [head, ...series],
        rows: rows.map(({ name, counts }) => [name, ...counts.map(countText)]),
      }}
    >
      {(id) => (
        <ul class="bar-rows" aria-hidden="true">
          {rows.map(({ key, name, counts }) => (
            <li key={key}>
              <span class="bar-name">{name}</span>
              <svg class="bar" height={HEIGHT} aria-hidden="true" focusable="false">
                {counts.map((count, index) => (
                  <rect
                    key={index}
                    class={count === 0 ? 'plot-none' : 'plot-shape'}
                    x={share(totalOf(counts.slice(0, index)), most)}
                    y="1"
                    width={share(count, most)}
                    height={HEIGHT - 2}
                    fill={fillOf(id, looks?.[index] ?? lookOf(index))}
                  />
                ))}
              </svg>
              <span class="bar-count">{number(totalOf(counts))}</span>
            </li>
          ))}
        </ul>
      )}
    </Plot>
  );
}

function totalOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function share(count: number, most: number): string {
  return `${(count * 100) / most}%`;
}
