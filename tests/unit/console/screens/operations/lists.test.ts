import { describe, expect, it } from 'vitest';
import {
  fileCategories,
  fileName,
  largestFile,
  sizeOf,
} from '../../../../../services/console/src/screens/operations/file-facts.ts';
import { groupOperations } from '../../../../../services/console/src/screens/operations/order-operations.ts';
import { orderTaskings } from '../../../../../services/console/src/screens/operations/order-taskings.ts';
import { placedPosts } from '../../../../../services/console/src/screens/operations/positions-of.ts';
import { touches } from '../../../../../services/console/src/screens/operations/touches.ts';
import type { Tasking } from '../../../../../services/console/src/screens/operations/types.ts';
import { entry, LA, MM, summary, TH } from './fixtures.ts';

const waiting = summary().waiting;

describe('groupOperations', () => {
  it('groups by state, the live ones first', () => {
    const items = [
      summary({ id: 'a', state: 'closed' }),
      summary({ id: 'b', state: 'proposed' }),
      summary({ id: 'c' }),
    ];
    expect(groupOperations(items).map(({ state, items: [first] }) => [state, first?.id])).toEqual([
      ['live', 'c'],
      ['proposed', 'b'],
      ['closed', 'a'],
    ]);
  });

  it('puts first what somebody here has to do, then the newest; unread posts alone do not count', () => {
    const items = [
      summary({ id: 'old' }),
      summary({ id: 'new', lastPostAt: '2026-11-22T19:00:00Z', waiting: { ...waiting, unread: 3 } }),
      summary({ id: 'task', waiting: { ...waiting, accept: 1 } }),
    ];
    expect(groupOperations(items)[0]?.items.map(({ id }) => id)).toEqual(['task', 'new', 'old']);
  });
});

describe('orderTaskings', () => {
  const tasking = (number: number, due: string | null, parts: readonly [string, string][], open = true) =>
    ({ number, due, open, parts: parts.map(([office, state]) => ({ office, state })) }) as unknown as Tasking;

  it('puts first what waits for this office, then what is due first, and what is done last', () => {
    const items = [
      tasking(1, null, [[MM, 'done']], false),
      tasking(2, '2026-11-22T21:00:00Z', [[MM, 'open']]),
      tasking(3, null, [[LA, 'accepted']]),
      tasking(4, '2026-11-22T20:00:00Z', [[LA, 'open']]),
    ];
    expect(orderTaskings(items, LA).map(({ number }) => number)).toEqual([4, 3, 2, 1]);
  });
});

describe('placedPosts', () => {
  const said = (place?: object) =>
    ({ operationPost: { terms: {}, ...(place === undefined ? {} : { place }) } }) as never;
  const position = { latitude: 20.26, longitude: 100.41 };

  it('shows of each office its newest position, and every sighting, the newest first', () => {
    const entries = [
      entry(TH, 1, { type: 'POST_TYPE_POSITION', content: said({ name: 'old', position }) }),
      entry(LA, 1, { type: 'POST_TYPE_SIGHTING', content: said({ name: 'pier', nation: 'LA' }) }),
      entry(LA, 2, { type: 'POST_TYPE_SIGHTING', content: said({ position }) }),
      entry(TH, 2, { type: 'POST_TYPE_POSITION', content: said({ name: 'bridge', position }) }),
      entry(TH, 3, { content: said() }),
      entry(MM, 1, { content: null }),
    ];
    expect(placedPosts(entries).map(({ office, number, latitude }) => [office, number, latitude])).toEqual([
      [TH, 2, 20.26],
      [LA, 2, 20.26],
      [LA, 1, null],
    ]);
  });
});

describe('touches', () => {
  const has = (origin: string, id: string) => origin === TH && id === 'm1';
  const facts = (more: object) => ({ type: 'delivered', facts: more as Record<string, unknown> });

  it('is so for what names the operation, or a post of it', () => {
    expect(touches(facts({ operation: 'naga', messageKind: 'operation-post' }), 'naga', has)).toBe(true);
    expect(touches(facts({ operation: 'other' }), 'naga', has)).toBe(false);
    expect(touches({ type: 'receipt', facts: { origin: TH, envelopeId: 'm1' } }, 'naga', has)).toBe(true);
    expect(touches({ type: 'receipt', facts: { origin: LA, envelopeId: 'm1' } }, 'naga', has)).toBe(false);
  });

  it('is so after a gap, and not for each piece of a file', () => {
    expect(touches({ type: 'reset', facts: {} }, 'naga', has)).toBe(true);
    expect(touches(facts({ operation: 'naga', messageKind: 'attachment-chunk' }), 'naga', has)).toBe(false);
  });
});

describe('files', () => {
  it('are named in one line, sized for people, and bounded by the charter', () => {
    expect(fileName('a\nb.jpg')).toBe('ab.jpg');
    expect(fileName(' ')).toBe('file');
    expect([...fileName('ກ'.repeat(200))]).toHaveLength(120);
    expect([sizeOf(3), sizeOf(2048), sizeOf(25 * 1024 * 1024)]).toEqual([
      { unit: 'B', size: 3 },
      { unit: 'kB', size: 2 },
      { unit: 'MB', size: 25 },
    ]);
    expect(largestFile({ maxAttachmentBytes: 0 })).toBe(26_214_400);
    expect(largestFile({ maxAttachmentBytes: 1000 })).toBe(1000);
    expect(fileCategories({ dataCategories: ['DATA_CATEGORY_CORE', 'DATA_CATEGORY_LOCATION'] })).toEqual([
      'DATA_CATEGORY_LOCATION',
    ]);
  });
});
