/** Something that is done again and again until it is ended. */
export interface Poll {
  /** Resolves when the last round has ended. */
  readonly close: () => Promise<void>;
}

/** Does `work` every `everyMs`, never twice at once, first after one pause. `work` must not reject. */
export function poll(everyMs: number, work: () => Promise<void>): Poll {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let round: Promise<void> = Promise.resolve();
  const next = (): void => {
    timer = setTimeout(() => {
      round = work().then(() => (closed ? undefined : next()));
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
