import type { ListPage } from '../lists/index.ts';

/** The most that the office gives in one answer. */
const MOST = 200;

/**
 * The first `wanted` entries of a list of work, in as many answers as that takes; the rest is said of the first answer.
 * What moved between two answers is not there twice.
 */
export async function readWork<
  Item extends { readonly id: string; readonly origin: string },
  Page extends ListPage<Item>,
>(
  ask: (query: { readonly limit: number; readonly cursor: string | undefined }) => Promise<Page>,
  wanted: number,
): Promise<Page> {
  const first = await ask({ limit: Math.min(wanted, MOST), cursor: undefined });
  const items = new Map(first.items.map((item) => [`${item.origin}/${item.id}`, item]));
  let { next } = first;
  while (next !== null && items.size < wanted) {
    const page = await ask({ limit: Math.min(wanted - items.size, MOST), cursor: next });
    for (const item of page.items) items.set(`${item.origin}/${item.id}`, item);
    next = page.next;
  }
  return { ...first, items: [...items.values()], next };
}
