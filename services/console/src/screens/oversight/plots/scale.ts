/** The ticks of an axis from nothing to at least `most`: round numbers, three to six of them. */
export function ticksTo(most: number): readonly number[] {
  const rough = Math.max(1, most) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? rough);
  const count = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

const DURATIONS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400, 172_800, 604_800,
  1_209_600, 2_592_000,
];

/** The ticks of an axis of seconds: spans that people use. */
export function secondsTo(most: number): readonly number[] {
  const step = DURATIONS.find((one) => one * 4 >= most) ?? Math.ceil(most / 4);
  const count = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/**
 * Which of `count` labels are written, so that at most `atMost` stand beside each other: the last one always, and every
 * other one of them only where there is room.
 */
export function labelsShown(count: number, atMost: number): (index: number) => 'always' | 'wide' | 'none' {
  const every = Math.max(1, Math.ceil(count / atMost));
  return (index) => {
    const behind = count - 1 - index;
    if (behind % every !== 0) return 'none';
    return (behind / every) % 2 === 0 ? 'always' : 'wide';
  };
}
