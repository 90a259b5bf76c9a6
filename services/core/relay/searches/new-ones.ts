/** Gives at each call what a list got since the last call; the list only grows at its end. */
export function newOnes<Item>(list: () => readonly Item[]): () => readonly Item[] {
  let seen = 0;
  return () => {
    const all = list();
    const fresh = seen === all.length ? [] : all.slice(seen);
    seen = all.length;
    return fresh;
  };
}

/** As `newOnes`, for the values of a map that only grows. A map's iterator goes on as long as it was never run to its end. */
export function newValues<Item>(map: ReadonlyMap<string, Item>): () => readonly Item[] {
  const values = map.values();
  let seen = 0;
  return () => {
    const fresh: Item[] = [];
    for (; seen < map.size; seen++) {
      const next = values.next();
      if (next.done === true) break;
      fresh.push(next.value);
    }
    return fresh;
  };
}
