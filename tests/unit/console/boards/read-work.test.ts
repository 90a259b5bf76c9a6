import { describe, expect, it } from 'vitest';
import { readWork } from '../../../../services/console/src/boards/read-work.ts';

const entry = (id: number) => ({ origin: 'th-a', id: String(id) });

function office(count: number) {
  const asked: { limit: number; cursor: string | undefined }[] = [];
  const ask = async (query: { readonly limit: number; readonly cursor: string | undefined }) => {
    asked.push(query);
    const from = Number(query.cursor ?? 0);
    const end = Math.min(count, from + query.limit);
    const items = Array.from({ length: end - from }, (_, index) => entry(from + index));
    return { items, next: end === count ? null : String(end), total: count };
  };
  return { ask, asked };
}

describe('readWork', () => {
  it('asks once for what one answer holds', async () => {
    const { ask, asked } = office(120);
    const page = await readWork(ask, 50);
    expect([page.items.length, page.next, page.total, asked.length]).toEqual([50, '50', 120, 1]);
  });

  it('goes on until it has as many as were wanted, or all', async () => {
    const many = office(700);
    expect((await readWork(many.ask, 450)).items.map(({ id }) => Number(id))).toEqual([...Array(450).keys()]);
    expect(many.asked.map(({ limit }) => limit)).toEqual([200, 200, 50]);
    const few = office(230);
    expect(await readWork(few.ask, 450)).toMatchObject({ next: null, items: { length: 230 } });
  });

  it('has nothing twice that moved between two answers', async () => {
    const pages = [
      { items: [entry(1), entry(2)], next: 'x' },
      { items: [entry(2), entry(3)], next: null },
    ];
    const { items } = await readWork(async () => pages.shift() ?? { items: [], next: null }, 10);
    expect(items.map(({ id }) => id)).toEqual(['1', '2', '3']);
  });
});
