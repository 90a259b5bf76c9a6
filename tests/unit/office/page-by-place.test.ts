import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../services/core/foundation/index.ts';
import { Precedence } from '../../../services/core/wire/index.ts';
import { formatCursor, type ListPosition, parseCursor } from '../../../services/office/views/list-messages.ts';
import { isPlaceOfWork, pageByPlace, placeOfWork, type Work } from '../../../services/office/views/page-by-place.ts';

const at = (minutes: number) => (1_800_000_000_000 + minutes * 60_000) as EpochMs;
const work = (record: number, dueMs: EpochMs | null, precedence: Precedence = Precedence.ROUTINE): Work => ({
  record,
  dueMs,
  precedence,
});
const recordsOf = (items: readonly Work[]): number[] => items.map(({ record }) => record);

describe('placeOfWork', () => {
  const all = [
    work(1, null, Precedence.FLASH),
    work(2, at(40)),
    work(3, at(14)),
    work(4, at(14), Precedence.FLASH),
    work(5, at(2)),
  ];
  const whole = { limit: 100, after: undefined };

  it('puts what is due first, within a quarter of an hour what is more urgent, and what is never due last', () => {
    expect(recordsOf(pageByPlace(all, (one) => placeOfWork('deadline', one), whole).items)).toEqual([4, 5, 3, 2, 1]);
  });

  it('puts the more urgent first and among equals the oldest where that is asked', () => {
    expect(recordsOf(pageByPlace(all, (one) => placeOfWork('urgent', one), whole).items)).toEqual([1, 4, 2, 3, 5]);
  });

  it('gives places that go into a cursor and name their order', () => {
    for (const one of all)
      for (const order of ['deadline', 'urgent'] as const) {
        const place = placeOfWork(order, one);
        expect(parseCursor(formatCursor(place))).toEqual(place);
        expect([isPlaceOfWork('deadline', place), isPlaceOfWork('urgent', place)]).toEqual([
          order === 'deadline',
          order === 'urgent',
        ]);
      }
  });
});

describe('pageByPlace', () => {
  const all = [5, 1, 4, 2, 3].map((record) => work(record, at(record)));
  const placeOf = (one: Work): ListPosition => placeOfWork('deadline', one);

  it.each([1, 2, 3, 5, 6])('gives each once over pages of %i, and says where the last ends', (limit) => {
    const found: number[] = [];
    let after: ListPosition | undefined;
    do {
      const page = pageByPlace(all, placeOf, { limit, after });
      found.push(...recordsOf(page.items));
      after = page.next;
    } while (after !== undefined);
    expect(found).toEqual([1, 2, 3, 4, 5]);
  });

  it('parts nothing that has the same place', () => {
    const copies = [work(1, at(1)), work(1, at(1)), work(1, at(1)), work(2, at(2))];
    const page = pageByPlace(copies, placeOf, { limit: 2, after: undefined });
    expect(recordsOf(page.items)).toEqual([1, 1, 1]);
    expect(recordsOf(pageByPlace(copies, placeOf, { limit: 2, after: page.next }).items)).toEqual([2]);
  });
});
