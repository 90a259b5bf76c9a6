import type { Tasking } from './types.ts';

/** Who is to do what by when and how it stands; what waits for this office comes first, then what is due first. */
export function orderTaskings(items: readonly Tasking[], office: string): readonly Tasking[] {
  const weight = ({ open, parts }: Tasking): number => {
    const mine = parts.find((part) => part.office === office);
    const waits = mine !== undefined && (mine.state === 'open' || mine.state === 'accepted');
    return waits ? 0 : open ? 1 : 2;
  };
  const dueOf = ({ due }: Tasking): number => (due === null ? Number.POSITIVE_INFINITY : Date.parse(due));
  return [...items].sort((a, b) => {
    const byWeight = weight(a) - weight(b);
    if (byWeight !== 0) return byWeight;
    return dueOf(a) === dueOf(b) ? 0 : dueOf(a) - dueOf(b);
  });
}
