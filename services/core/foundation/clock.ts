import type { EpochMs } from './units.ts';

/** The only source of the time of day in the core: passed in, so that tests decide what time it is. */
export interface Clock {
  readonly now: () => EpochMs;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() as EpochMs };
