/** What the page asked for before the console's code was there, by address. */
export type AskedAhead = Map<string, { readonly answer: Promise<Response>; readonly at: number }>;

/** After this long the answer may no longer be how things are. */
const FRESH_MS = 60_000;

/** The answer that was asked for ahead, once; undefined where there is none, or it is too old. */
export function takeAhead(path: string, asked = here(), now = Date.now()): Promise<Response> | undefined {
  const found = asked?.get(path);
  asked?.delete(path);
  return found === undefined || now - found.at > FRESH_MS ? undefined : found.answer;
}

/** Forgets them all: whoever is signed in from here on asks for themselves. */
export function forgetAhead(asked = here()): void {
  asked?.clear();
}

/** The answer, or the reason of the signal, whichever comes first. */
export function untilAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    answer.then(resolve, reject);
  });
}

function here(): AskedAhead | undefined {
  return (globalThis as { readonly askedAhead?: AskedAhead }).askedAhead;
}
