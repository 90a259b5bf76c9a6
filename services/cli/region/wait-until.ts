const LOOK_EVERY_MS = 50;

/** How long to wait, and what ends the wait before. */
export interface WaitOptions {
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

/** What `look` finds, once it finds something; `undefined` when the time is up or the signal aborts. A look that fails has found nothing. */
export async function waitUntil<Found>(
  look: () => Promise<Found | undefined>,
  { withinMs, signal }: WaitOptions,
): Promise<Found | undefined> {
  const giveUpAt = performance.now() + withinMs;
  while (!signal.aborted) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
    if (performance.now() >= giveUpAt) return undefined;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return undefined;
}

/** Whether an HTTP address answers with success now. */
export async function answersWell(url: string): Promise<true | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
  await response.body?.cancel();
  return response.ok ? true : undefined;
}
