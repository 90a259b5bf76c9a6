/** Something that must be ended; ending twice is harmless. */
export interface Closable {
  readonly close: () => Promise<void>;
}

/** Ends what was added, last first, each at most once; a failure to end one does not keep the others open. */
export interface CloseStack extends Closable {
  readonly add: <T extends Closable>(closable: T) => T;
  readonly defer: (close: () => Promise<void> | void) => void;
}

/** An empty stack of things to end. `close` throws the first failure after everything was ended. */
export function closeStack(): CloseStack {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (let next = closers.pop(); next !== undefined; next = closers.pop()) {
      try {
        await next();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  return {
    add: (closable) => {
      closers.push(() => closable.close());
      return closable;
    },
    defer: (closer) => {
      closers.push(closer);
    },
    close,
  };
}
