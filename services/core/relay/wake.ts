/** Lets a loop sleep until there is something to do. */
export interface Wake {
  readonly notify: () => void;
  /** Resolves at the next `notify`, at once when one came since the last wait, or after `timeoutMs`. */
  readonly wait: (timeoutMs: number) => Promise<void>;
}

/** A wake that nobody has notified yet. */
export function wake(): Wake {
  let notified = false;
  let resume: (() => void) | undefined;
  return {
    notify: () => {
      notified = true;
      resume?.();
    },
    wait: (timeoutMs) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          resume = undefined;
          notified = false;
          resolve();
        };
        const timer = setTimeout(done, timeoutMs);
        if (notified) done();
        else resume = done;
      }),
  };
}
