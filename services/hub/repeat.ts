import type { Closable } from '../core/foundation/index.ts';

/** Does `work` every `everyMs` after the last round has ended, until closed. A round that fails is told and followed by the next. */
export function repeat(everyMs: number, work: () => Promise<void>, onFailure: (error: unknown) => void): Closable {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  const next = (): void => {
    if (closed) return;
    timer = setTimeout(() => {
      round = work().catch(onFailure).then(next);
    }, everyMs);
  };
  next();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await round;
    },
  };
}
