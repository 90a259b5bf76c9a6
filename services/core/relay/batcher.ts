/** Collects what waits while a batch is under way, and takes all of it as the next one. */
export interface Batcher<Item, Result> {
  readonly add: (item: Item) => Promise<Result>;
}

/**
 * `work` gets at most `maxItems` at once and answers in their order; a rejection is everybody's in that batch. `begin` is
 * given what does the work and says when: all that is added until then is in it.
 */
export function batcher<Item, Result>(
  maxItems: number,
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  begin: (run: () => Promise<void>) => void,
): Batcher<Item, Result> {
  interface Waiting {
    readonly item: Item;
    readonly resolve: (result: Result) => void;
    readonly reject: (reason: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let running = false;

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, maxItems);
      try {
        const results = await work(batch.map((entry) => entry.item));
        for (const [index, entry] of batch.entries()) entry.resolve(results[index] as Result);
      } catch (cause) {
        for (const entry of batch) entry.reject(cause);
      }
    }
    running = false;
  };

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (running) return;
        running = true;
        begin(run);
      }),
  };
}
