const SMALLEST_STEP = 1024;
const DOUBLING_UNTIL = 64 * 1024;

/**
 * The smallest size step that holds `size` bytes: powers of two from 1 KiB to 64 KiB, from there on four steps to each
 * doubling, so that a relay learns little of what is sealed and long frames waste at most a quarter.
 */
export function sizeStep(size: number): number {
  let step = SMALLEST_STEP;
  while (step < size && step < DOUBLING_UNTIL) step *= 2;
  if (step >= size) return step;
  let base = DOUBLING_UNTIL;
  while (base * 2 < size) base *= 2;
  const quarter = base / 4;
  return Math.ceil(size / quarter) * quarter;
}

/** Whether padded content may have that size. */
export function isSizeStep(size: number): boolean {
  return sizeStep(size) === size;
}
