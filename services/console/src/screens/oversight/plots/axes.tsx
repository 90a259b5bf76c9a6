import type { ComponentChildren, JSX } from 'preact';
import { labelsShown } from './scale.ts';

/** How high a drawing over time is, without its labels. */
export const PLOT_HEIGHT = 170;
const TOP = 8;
const MOST_LABELS = 6;
/** From so many periods on, a name is wider than its period. */
const NARROW = 9;

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
              {...placeOfName(index, periods.length)}
              y={PLOT_HEIGHT + 17}
            >
              {period}
            </text>
          ),
        )}
      </svg>
    </div>
  );
}

/** Where periods are narrow, the first and the last name stay within the drawing and meet neither ticks nor a neighbour. */
function placeOfName(
  index: number,
  count: number,
): { readonly x: string; readonly 'text-anchor': 'start' | 'middle' | 'end' } {
  if (count >= NARROW && index === 0) return { x: '0%', 'text-anchor': 'start' };
  if (count >= NARROW && index === count - 1) return { x: '100%', 'text-anchor': 'end' };
  return { x: `${middleOf(index, count)}%`, 'text-anchor': 'middle' };
}

function longest(texts: readonly string[]): string {
  return texts.reduce((most, text) => (text.length > most.length ? text : most), '');
}
