import { describe, expect, it } from 'vitest';
import type { EpochMs, OfficeId } from '../../../services/core/foundation/index.ts';
import { createEventFeed, type FeedNext, type OfficeEvent } from '../../../services/core/telemetry/index.ts';

const NOON = Date.UTC(2026, 2, 1, 12) as EpochMs;
const clock = { now: () => NOON };
const event = (last: number): OfficeEvent => ({
  type: 'relayed',
  peer: 'la-houayxay' as OfficeId,
  lane: 'flash',
  last,
});
const heard = (next: FeedNext): unknown =>
  next.kind === 'events'
    ? next.events.map(({ event: { type, ...rest } }) => ('last' in rest ? rest.last : type))
    : next.kind;

describe('EventFeed', () => {
  it('numbers events upwards, from a start that a later process is beyond', () => {
    const feed = createEventFeed({ clock });
    const ids = [1, 2, 3].map((last) => feed.publish(event(last)).id);
    expect(ids).toEqual([1, 2, 3].map((n) => NOON * 1000 + n));
    expect(feed.lastId()).toBe(ids[2]);
    const later = createEventFeed({ clock: { now: () => (NOON + 1) as EpochMs } });
    expect(later.publish(event(1)).id).toBeGreaterThan(ids[2] ?? 0);
  });

  it('gives what came after an id', () => {
    const feed = createEventFeed({ clock });
    const start = feed.lastId();
    const first = feed.publish(event(1));
    const second = feed.publish(event(2));
    expect(feed.since(start)).toEqual({ complete: true, events: [first, second] });
    expect(feed.since(first.id)).toEqual({ complete: true, events: [second] });
    expect(feed.since(second.id)).toEqual({ complete: true, events: [] });
  });

  it('says when events after an id are gone, and gives what there is', () => {
    const feed = createEventFeed({ clock, capacity: 3 });
    const start = feed.lastId();
    const events = [1, 2, 3, 4].map((last) => feed.publish(event(last)));
    expect(feed.since(start)).toEqual({ complete: false, events: events.slice(1) });
    expect(feed.since(start + 1)).toEqual({ complete: true, events: events.slice(1) });
  });

  it.each([
    ['of an earlier process', -5000],
    ['that was never given', 1],
    ['that is no number', Number.NaN],
  ])('takes an id %s for one whose events are gone', (_what, offset) => {
    const feed = createEventFeed({ clock });
    expect(feed.since(feed.lastId() + offset).complete).toBe(false);
  });

  it('tells a listener what happens from now on, and waits in between', async () => {
    const feed = createEventFeed({ clock });
    feed.publish(event(1));
    const listener = feed.subscribe();
    const next = listener.next();
    feed.publish(event(2));
    expect(heard(await next)).toEqual([2]);
    feed.publish(event(3));
    feed.publish(event(4));
    expect(heard(await listener.next())).toEqual([3, 4]);
  });

  it('tells a listener that comes back what it missed', async () => {
    const feed = createEventFeed({ clock });
    const { id } = feed.publish(event(1));
    feed.publish(event(2));
    expect(heard(await feed.subscribe(id).next())).toEqual([2]);
    expect(heard(await feed.subscribe(id - 7).next())).toBe('lost');
  });

  it('gives at most 256 events at a time, in order', async () => {
    const feed = createEventFeed({ clock });
    const listener = feed.subscribe();
    for (let last = 1; last <= 300; last++) feed.publish(event(last));
    expect(heard(await listener.next())).toEqual(Array.from({ length: 256 }, (_, at) => at + 1));
    expect(heard(await listener.next())).toEqual(Array.from({ length: 44 }, (_, at) => at + 257));
  });

  it('drops a listener that is too slow, and only that one', async () => {
    const feed = createEventFeed({ clock, capacity: 10 });
    const [slow, quick] = [feed.subscribe(), feed.subscribe()];
    for (let last = 1; last <= 10; last++) feed.publish(event(last));
    await quick.next();
    feed.publish(event(11));
    expect(heard(await quick.next())).toEqual([11]);
    expect(heard(await slow.next())).toBe('lost');
    expect(heard(await slow.next())).toBe('closed');
    expect(feed.subscribers()).toBe(1);
  });

  it('ends a listener that waits when it is closed, or the feed is', async () => {
    const feed = createEventFeed({ clock });
    const [one, other] = [feed.subscribe(), feed.subscribe()];
    const waiting = [one.next(), other.next()];
    one.close();
    expect(heard(await (waiting[0] as Promise<FeedNext>))).toBe('closed');
    expect(feed.subscribers()).toBe(1);
    feed.close();
    expect(heard(await (waiting[1] as Promise<FeedNext>))).toBe('closed');
    expect(feed.subscribers()).toBe(0);
  });

  it('takes no more listeners than it may', () => {
    const feed = createEventFeed({ clock, maxSubscribers: 2 });
    const listener = feed.subscribe();
    feed.subscribe();
    expect(() => feed.subscribe()).toThrow(expect.objectContaining({ code: 'TELEMETRY_TOO_MANY_SUBSCRIBERS' }));
    listener.close();
    expect(feed.subscribe()).toBeDefined();
  });
});
