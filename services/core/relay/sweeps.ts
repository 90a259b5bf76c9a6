/** Works that are done again and again, each on its own. */
export interface Sweeps {
  /** Begins each that is not still under way: one that fails or takes long keeps no other waiting. */
  readonly begin: () => void;
  /** Resolves when none is under way. */
  readonly settled: () => Promise<void>;
}

/** None of them is under way yet; what one throws goes to `onFailure`, and it is begun again the next time. */
export function sweeps(works: readonly (() => Promise<void> | void)[], onFailure: (cause: unknown) => void): Sweeps {
  const underWay = new Map<(typeof works)[number], Promise<void>>();

  const run = async (work: (typeof works)[number]): Promise<void> => {
    try {
      await work();
    } catch (cause) {
      onFailure(cause);
    } finally {
      underWay.delete(work);
    }
  };

  return {
    begin: () => {
      // Not before the next turn, so that what ends at once is not put down as under way afterwards.
      for (const work of works) if (!underWay.has(work)) underWay.set(work, Promise.resolve(work).then(run));
    },
    settled: async () => {
      await Promise.all(underWay.values());
    },
  };
}
