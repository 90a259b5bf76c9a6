/** A page of a list as the office answers it. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  /** Cursor of the next page; null at the end. */
  readonly next: string | null;
}

/** What a message is known by in every list. */
export interface Keyed {
  readonly origin: string;
  readonly id: string;
}

/** The key of a message. */
export function keyOf({ origin, id }: Keyed): string {
  return `${origin}/${id}`;
}

/** A list after it was asked again, and what was not in it before. */
export interface Folded<Item> extends ListPage<Item> {
  readonly fresh: readonly Item[];
}

/**
 * Takes the newest first page into a list of which more may be loaded: what changed is new, what came is inserted, what
 * no longer belongs goes, and what was loaded after it stays. Whatever has a key in `keep` stays where it is, since
 * somebody is working with it. Where more came than the page holds, the rest is dropped: a list never has a gap.
 */
export function foldFirstPage<Item extends Keyed>(
  current: ListPage<Item>,
  page: ListPage<Item>,
  keep: ReadonlySet<string> = new Set(),
): Folded<Item> {
  const known = new Map(current.items.map((item) => [keyOf(item), item]));
  const given = new Set(page.items.map(keyOf));
  const fresh = page.items.filter((item) => !known.has(keyOf(item)));
  const newest = page.items.map((item) => sameOr(known.get(keyOf(item)), item));
  const last = page.items.at(-1);
  const covered = last === undefined ? -1 : current.items.findIndex((item) => keyOf(item) === keyOf(last));
  const isWhole = page.next === null;
  const rest = isWhole || covered < 0 ? [] : current.items.slice(covered + 1).filter((item) => !given.has(keyOf(item)));
  const items = withKept([...newest, ...rest], current.items, keep);
  return { items, next: rest.length > 0 ? current.next : page.next, fresh };
}

/** The one of before where nothing about it changed: what is the same is not drawn again. */
function sameOr<Item>(before: Item | undefined, now: Item): Item {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now;
}

/** Adds the following page: what is there already is not there twice. */
export function foldNextPage<Item extends Keyed>(current: ListPage<Item>, page: ListPage<Item>): ListPage<Item> {
  const known = new Set(current.items.map(keyOf));
  return { items: [...current.items, ...page.items.filter((item) => !known.has(keyOf(item)))], next: page.next };
}

/** How much of a list is to be asked again so that the messages with these keys are in it; at least `least`. */
export function reachOfKeys(items: readonly Keyed[], touched: ReadonlySet<string>, least: number): number {
  return items.reduce((reach, item, index) => (touched.has(keyOf(item)) ? Math.max(reach, index + 1) : reach), least);
}

function withKept<Item extends Keyed>(
  items: readonly Item[],
  before: readonly Item[],
  keep: ReadonlySet<string>,
): readonly Item[] {
  const result = [...items];
  const there = new Set(items.map(keyOf));
  for (const [index, item] of before.entries()) {
    if (there.has(keyOf(item)) || !keep.has(keyOf(item))) continue;
    const [previous] = before
      .slice(0, index)
      .reverse()
      .filter((one) => there.has(keyOf(one)));
    const at = previous === undefined ? 0 : result.findIndex((one) => keyOf(one) === keyOf(previous)) + 1;
    result.splice(at, 0, item);
    there.add(keyOf(item));
  }
  return result;
}
