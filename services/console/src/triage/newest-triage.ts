/** Anything that says how many steps were taken. */
interface Stepped {
  readonly step: number;
}

/** The one with more steps: an answer may be older than what an event brought, and the other way round. */
export function newestTriage<T extends Stepped>(one: T, other: T | undefined): T {
  return other !== undefined && other.step > one.step ? other : one;
}
