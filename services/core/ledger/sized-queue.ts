/** First in, first out, with the size of what waits; what is taken together stays below a bound. */
export interface SizedQueue<Item> {
  readonly push: (item: Item, size: number) => void;
  /** The oldest items that together are at most `maxSize`, in order; at least one when there is any. */
  readonly take: (maxSize: number) => Item[];
  /** Everything that waits, in order; the queue is empty afterwards. */
  readonly drain: () => Item[];
  readonly size: () => number;
  readonly isEmpty: () => boolean;
  /** Resolves when less than `mark` waits. */
  readonly below: (mark: number) => Promise<void>;
}

/** An empty queue. */
export function sizedQueue<Item>(): SizedQueue<Item> {
  let waiting: { readonly item: Item; readonly size: number }[] = [];
  let start = 0;
  let total = 0;
  let watchers: { readonly mark: number; readonly resolve: () => void }[] = [];

  const tellWatchers = (): void => {
    if (watchers.length === 0) return;
    const due = watchers.filter(({ mark }) => total < mark);
    watchers = watchers.filter(({ mark }) => total >= mark);
    for (const { resolve } of due) resolve();
  };

  return {
    push: (item, size) => {
      waiting.push({ item, size });
      total += size;
    },
    take: (maxSize) => {
      const taken: Item[] = [];
      let sum = 0;
      for (let next = waiting[start]; next !== undefined; next = waiting[start]) {
        if (taken.length > 0 && sum + next.size > maxSize) break;
        taken.push(next.item);
        sum += next.size;
        start++;
      }
      if (start === waiting.length || start > 1024) {
        waiting = waiting.slice(start);
        start = 0;
      }
      total -= sum;
      tellWatchers();
      return taken;
    },
    drain: () => {
      const all = waiting.slice(start).map(({ item }) => item);
      waiting = [];
      start = 0;
      total = 0;
      tellWatchers();
      return all;
    },
    size: () => total,
    isEmpty: () => start === waiting.length,
    below: (mark) => (total < mark ? Promise.resolve() : new Promise((resolve) => watchers.push({ mark, resolve }))),
  };
}
