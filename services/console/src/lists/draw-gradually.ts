import { useEffect, useState } from 'preact/hooks';
import { whenIdle } from '../app/when-idle.ts';

/** As many as a large phone shows, and a few. */
const AT_FIRST = 12;
const STEP = 8;

/** How many of `count` lines are drawn after `drawn` of them; infinitely many when that is all, so that no later one waits. */
export function nextDrawn(drawn: number, count: number, step = STEP): number {
  return drawn + step >= count ? Number.POSITIVE_INFINITY : drawn + step;
}

/**
 * How many of `count` lines are to be drawn now: at first what is seen, the rest within moments, while the browser has
 * nothing else to do, so that search in the page, printing and a screen reader find every line.
 */
export function useDrawn(count: number, atFirst = AT_FIRST, step = STEP): number {
  const [drawn, setDrawn] = useState(atFirst);
  useEffect(() => {
    if (count === 0 || drawn === Number.POSITIVE_INFINITY) return undefined;
    return whenIdle(() => setDrawn(nextDrawn(drawn, count, step)));
  }, [count, drawn, step]);
  return Math.min(drawn, count);
}
