import type { ComponentChildren, JSX } from 'preact';
import { labelsShown } from './scale.ts';

/** How high a drawing over time is, without its labels. */
export const PLOT_HEIGHT = 170;
const TOP = 8;
const MOST_LABELS = 6;

/** Where a value stands, from the top. */
export function heightAt(value: number, most: number): number {
  return TOP + (PLOT_HEIGHT - TOP) * (1 - value / most);
}

/** Where the middle of a period stands, in percent. */
export function middleOf(index: number, count: number): number {
  return ((index + 0.5) * 100) / count;
}

/** A drawing over periods: ticks on the left, names of periods below, and what is drawn between them. */
export function Axes({
  ticks,
  tickText,
  periods,
  children,
}: {
  readonly ticks: readonly number[];
  readonly tickText: (tick: number) => string;
  readonly periods: readonly string[];
  readonly children: ComponentChildren;
}): JSX.Element {
  const most = ticks.at(-1) ?? 1;
  const standing = labelsShown(periods.length, MOST_LABELS);
  return (
    <div class="axes" aria-hidden="true">
      <div class="axis-ticks">
        <svg class="axis-names" height={PLOT_HEIGHT + 24} aria-hidden="true" focusable="false">
          {ticks.map((tick) => (
            <text key={tick} x="100%" y={heightAt(tick, most)} dy="0.35em" text-anchor="end">
              {tickText(tick)}
            </text>
          ))}
        </svg>
        <span class="axis-width">{longest(ticks.map(tickText))}</span>
      </div>
      <svg class="axis-plot" height={PLOT_HEIGHT + 24} aria-hidden="true" focusable="false">
        {ticks.map((tick) => (
          <line
            key={tick}
            class={tick === 0 ? 'axis-base' : 'axis-grid'}
            x1="0"
            x2="100%"
            y1={heightAt(tick, most)}
            y2={heightAt(tick, most)}
          />
        ))}
        {children}
        {periods.map((period, index) =>
          standing(index) === 'none' ? null : (
            <text
              key={period}
              class={standing(index) === 'wide' ? 'axis-wide' : ''}
              x={`${middleOf(index, periods.length)}%`}
              y={PLOT_HEIGHT + 17}
              text-anchor="middle"
            >
              {period}
            </text>
          ),
        )}
      </svg>
    </div>
  );
}

function longest(texts: readonly string[]): string {
  return texts.reduce((most, text) => (text.length > most.length ? text : most), '');
}
