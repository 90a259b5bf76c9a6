import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { may, type Schemas, type Topic, useResource } from '../api/index.ts';

type Counts = Schemas['BoardCounts'];

const TOPICS: readonly Topic[] = ['inbox', 'held', 'requests', 'control', 'reviews'];
const counts = signal<Counts | undefined>(undefined);

/** Keeps the counts of all boards as they are, by one small question for each bunch of events; the frame does, once. */
export function useFollowedCounts(): void {
  const answer = useResource<Counts>(may('read-inbox') ? '/v1/counts' : null, TOPICS);
  useEffect(() => {
    counts.value = answer.value;
  }, [answer.value]);
  useEffect(
    () => () => {
      // The next person at this device may see less.
      counts.value = undefined;
    },
    [],
  );
}

/** How much waits on each board, for whoever is signed in; undefined while it is not known. Asks nothing by itself. */
export function useBoardCounts(): Counts | undefined {
  return counts.value;
}

/** What waits on the screen with that address below /console; 0 for screens without a count. */
export function countFor(path: string, of: Counts | undefined): number {
  if (of === undefined) return 0;
  switch (path) {
    case '/inbox':
      return of.unread;
    case '/held':
      return of.held;
    case '/requests':
      return of.requests;
    case '/control':
      return of.recalls + of.consents + of.openings;
    case '/reviews':
      return of.reviews;
    default:
      return 0;
  }
}
