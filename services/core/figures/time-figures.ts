/** Times of one kind over many matters; milliseconds. */
export interface TimeFigures {
  readonly count: number;
  readonly medianMs: number;
  /** Nine of ten took no longer. */
  readonly ninetiethMs: number;
}

/** The figures of those times that there are; by nearest rank, so each is a time that was measured. */
export function timeFigures(times: readonly (number | null)[]): TimeFigures {
  const sorted = times.filter((time) => time !== null).sort((a, b) => a - b);
  return { count: sorted.length, medianMs: nearestRank(sorted, 0.5), ninetiethMs: nearestRank(sorted, 0.9) };
}

function nearestRank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
