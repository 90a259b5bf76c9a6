import type { BundleLimits } from './types.ts';

/** What holds where a nation's bundle says nothing else. */
export const DEFAULT_LIMITS: BundleLimits = Object.freeze({
  breakGlass: Object.freeze({ openReviews: 2, reviewHours: 72 }),
  searches: Object.freeze({ perOfficerPerHour: 20, perOfficeInPerDay: 200, perForeignOfficerPerDay: 50 }),
});

/** The limits as a bundle writes them: what it leaves out stays out, so that one bundle has one text. */
export interface WrittenLimits {
  readonly breakGlass?: Readonly<Partial<BundleLimits['breakGlass']>>;
  readonly searches?: Readonly<Partial<BundleLimits['searches']>>;
}

/** The least and the most that each may be, in the order in which a bundle's text has them. */
const RANGES: {
  readonly [Group in keyof BundleLimits]: Readonly<Record<keyof BundleLimits[Group], readonly [number, number]>>;
} = {
  breakGlass: { openReviews: [1, 100], reviewHours: [1, 720] },
  searches: {
    perOfficerPerHour: [0, 1_000_000],
    perOfficeInPerDay: [0, 1_000_000],
    perForeignOfficerPerDay: [0, 1_000_000],
  },
};

type Json = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of a record in the order of the known names; a fault where one is unknown. */
function known(value: unknown, names: readonly string[], at: string): readonly (readonly [string, unknown])[] | string {
  if (!isRecord(value)) return `${at} must be an object`;
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) return `${at} may have ${names.join(', ')} and nothing else`;
  return names.filter((name) => name in value).map((name) => [name, value[name]]);
}

/** The limits in what a manifest has under `limits`, or what is wrong with it. */
export function readLimits(value: unknown): WrittenLimits | { readonly fault: string } {
  const groups = known(value, Object.keys(RANGES), 'limits');
  if (typeof groups === 'string') return { fault: groups };
  const written: Record<string, Record<string, number>> = {};
  for (const [group, entries] of groups) {
    const ranges: Readonly<Record<string, readonly [number, number]>> = RANGES[group as keyof BundleLimits];
    const numbers = known(entries, Object.keys(ranges), `limits.${group}`);
    if (typeof numbers === 'string') return { fault: numbers };
    for (const [name, number] of numbers) {
      const [least, most] = ranges[name] as readonly [number, number];
      if (!Number.isSafeInteger(number) || (number as number) < least || (number as number) > most)
        return { fault: `limits.${group}.${name} must be a whole number from ${least} to ${most}` };
    }
    written[group] = Object.fromEntries(numbers) as Record<string, number>;
  }
  return written;
}

/** What is to be kept to under a bundle that wrote these. */
export function limitsOf({ breakGlass, searches }: WrittenLimits = {}): BundleLimits {
  return {
    breakGlass: { ...DEFAULT_LIMITS.breakGlass, ...breakGlass },
    searches: { ...DEFAULT_LIMITS.searches, ...searches },
  };
}

/** Limits in plain sentences. */
export function describeLimits({ breakGlass, searches }: BundleLimits): readonly string[] {
  return [
    `Past the hold for danger to life: not with ${breakGlass.openReviews} of the officer's own reviews open; a review is due within ${breakGlass.reviewHours} hours.`,
    `Searches sent: ${searches.perOfficerPerHour} subjects an hour by one officer.`,
    `Searches answered: ${searches.perOfficeInPerDay} subjects a day for one neighbour, ${searches.perForeignOfficerPerDay} for one of its officers.`,
  ];
}
