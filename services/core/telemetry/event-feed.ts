import type { Clock, EpochMs } from '../foundation/index.ts';
import { TelemetryError } from './errors.ts';
import type { OfficeEvent } from './office-event.ts';

/** An event with its place in the feed. */
export interface FeedEvent {
  /** Grows with every event, also over restarts of the process. */
  readonly id: number;
  readonly atMs: EpochMs;
  readonly event: OfficeEvent;
}

/** What happened after an id; `complete` is false when older events are gone that came after it. */
export interface FeedPage {
  readonly complete: boolean;
  readonly events: readonly FeedEvent[];
}

/** What a listener hears next. */
export type FeedNext =
  | { readonly kind: 'events'; readonly events: readonly FeedEvent[] }
  /** The listener was too slow: events are gone that it has not heard. It hears nothing more. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'closed' };

/** A listener's place in the feed. */
export interface FeedSubscription {
  /** Waits for events after those heard before, at most 256 at a time. One caller at a time. */
  readonly next: () => Promise<FeedNext>;
  readonly close: () => void;
}

/** The newest events of an office, for listeners that come and go; holds no more than its bound, however slow they are. */
export interface EventFeed {
  readonly publish: (event: OfficeEvent) => FeedEvent;
  /** Id of the newest event, or where the ids begin. */
  readonly lastId: () => number;
  /** What came after `id`. An id that this feed never gave is one whose events are gone. */
  readonly since: (id: number) => FeedPage;
  /** Listens from after `id` (default: from now on). @throws TelemetryError TELEMETRY_TOO_MANY_SUBSCRIBERS. */
  readonly subscribe: (id?: number) => FeedSubscription;
  readonly subscribers: () => number;
  /** Tells every listener that it is over. */
  readonly close: () => void;
}

/** Bounds of a feed. */
export interface EventFeedOptions {
  readonly clock: Clock;
  /** Events kept. Default 10,000. */
  readonly capacity?: number;
  /** Default 256. */
  readonly maxSubscribers?: number;
}

const PAGE = 256;

/** A feed with nothing in it yet. */
export function createEventFeed({ clock, capacity = 10_000, maxSubscribers = 256 }: EventFeedOptions): EventFeed {
  const ring: (FeedEvent | undefined)[] = new Array(capacity);
  // From the clock in microseconds, so that ids go on growing after a restart without anything on disk.
  const start = clock.now() * 1000;
  let last = start;
  let closed = false;
  let waiting: (() => void)[] = [];
  const open = new Set<FeedSubscription>();

  const wake = (): void => {
    const due = waiting;
    waiting = [];
    for (const resume of due) resume();
  };
  /** Everything after this id is still there. */
  const floor = (): number => Math.max(start, last - capacity);
  const isKnown = (id: number): boolean => Number.isSafeInteger(id) && id >= floor() && id <= last;
  const after = (id: number, limit: number): FeedEvent[] => {
    const events: FeedEvent[] = [];
    for (let next = id + 1; next <= last && events.length < limit; next++) {
      const event = ring[next % capacity];
      if (event !== undefined) events.push(event);
    }
    return events;
  };

  const subscribe = (from: number = last): FeedSubscription => {
    if (open.size >= maxSubscribers)
      throw new TelemetryError('TELEMETRY_TOO_MANY_SUBSCRIBERS', { context: { subscribers: open.size } });
    let cursor = from;
    let ended = false;
    const end = (): void => {
      ended = true;
      open.delete(subscription);
      wake();
    };
    const next = async (): Promise<FeedNext> => {
      while (!ended && !closed) {
        if (!isKnown(cursor)) {
          end();
          return { kind: 'lost' };
        }
        const events = after(cursor, PAGE);
        const newest = events.at(-1);
        if (newest !== undefined) {
          cursor = newest.id;
          return { kind: 'events', events };
        }
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      return { kind: 'closed' };
    };
    const subscription: FeedSubscription = { next, close: end };
    open.add(subscription);
    return subscription;
  };

  return {
    publish: (event) => {
      last++;
      const entry: FeedEvent = { id: last, atMs: clock.now(), event };
      ring[last % capacity] = entry;
      if (waiting.length > 0) wake();
      return entry;
    },
    lastId: () => last,
    since: (id) =>
      isKnown(id)
        ? { complete: true, events: after(id, capacity) }
        : { complete: false, events: after(floor(), capacity) },
    subscribe,
    subscribers: () => open.size,
    close: () => {
      closed = true;
      open.clear();
      wake();
    },
  };
}
