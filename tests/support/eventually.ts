/** How long to try, and how often. */
export interface EventuallyOptions {
  readonly withinMs?: number;
  readonly everyMs?: number;
}

/** What `check` returns as soon as it no longer throws; its last failure when the time is up. */
export async function eventually<T>(check: () => T | Promise<T>, options: EventuallyOptions = {}): Promise<T> {
  const giveUpAt = performance.now() + (options.withinMs ?? 10_000);
  for (;;) {
    try {
      return await check();
    } catch (failure) {
      if (performance.now() >= giveUpAt) throw failure;
    }
    await new Promise((resolve) => setTimeout(resolve, options.everyMs ?? 25));
  }
}
