import type { TimeFigures } from '../../core/figures/index.ts';

/** Times over many matters, in seconds. */
export function timesJson({ count, medianMs, ninetiethMs }: TimeFigures): Readonly<Record<string, unknown>> {
  return { count, medianSeconds: medianMs / 1000, ninetiethSeconds: ninetiethMs / 1000 };
}
