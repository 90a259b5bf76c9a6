/** How often something was done within the time that is just over. */
export interface UsageWindow {
  readonly add: (key: string, atMs: number, times: number) => void;
  readonly used: (key: string, nowMs: number) => number;
  /** When `times` more fit within `limit` again. */
  readonly freeAt: (key: string, nowMs: number, times: number, limit: number) => number;
}

interface Use {
  readonly atMs: number;
  readonly times: number;
}

const SWEPT_AT = 10_000;

/** Nothing was done yet; what is longer ago than `windowMs` does not count and is forgotten. */
export function usageWindow(windowMs: number): UsageWindow {
  const uses = new Map<string, Use[]>();

  const current = (key: string, nowMs: number): readonly Use[] => {
    const kept = (uses.get(key) ?? []).filter(({ atMs }) => atMs > nowMs - windowMs);
    if (kept.length === 0) uses.delete(key);
    else uses.set(key, kept);
    return kept;
  };
  const sum = (list: readonly Use[]): number => list.reduce((total, { times }) => total + times, 0);

  return {
    add: (key, atMs, times) => {
      if (uses.size >= SWEPT_AT) for (const name of [...uses.keys()]) current(name, atMs);
      const list = uses.get(key);
      if (list === undefined) uses.set(key, [{ atMs, times }]);
      else list.push({ atMs, times });
    },
    used: (key, nowMs) => sum(current(key, nowMs)),
    freeAt: (key, nowMs, times, limit) => {
      const list = current(key, nowMs);
      let left = sum(list);
      for (const { atMs, times: gone } of list) {
        if (left + times <= limit) return nowMs;
        left -= gone;
        if (left + times <= limit) return atMs + windowMs;
      }
      return nowMs + windowMs;
    },
  };
}
