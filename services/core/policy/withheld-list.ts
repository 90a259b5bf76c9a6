import type { DataCategory, Withheld } from '../wire/index.ts';

/** The most entries, and the most names in one, that a decision has on the wire (crossing.proto). */
const MAX_ENTRIES = 64;
const MAX_NAMES = 256;

/** Names without repetition, as many as a decision holds. */
export function boundedNames(names: readonly string[]): readonly string[] {
  return [...new Set(names)].slice(0, MAX_NAMES);
}

/** Collects what is withheld. */
export interface WithheldList {
  readonly add: (category: DataCategory, policies: readonly string[], parts: readonly number[]) => void;
  /**
   * One entry for each category and set of names, in the order of the contract; one for each category where that would
   * be more than a decision holds. Every part that was added is in it.
   */
  readonly list: () => readonly Withheld[];
}

interface Entry {
  readonly category: DataCategory;
  readonly policies: readonly string[];
  readonly parts: readonly number[];
}

function merged(entries: readonly Entry[], keyOf: (entry: Entry) => string): readonly Withheld[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(keyOf(entry));
    if (group === undefined) groups.set(keyOf(entry), [entry]);
    else group.push(entry);
  }
  return [...groups.values()]
    .map((group) => ({
      category: (group[0] as Entry).category,
      policies: boundedNames(group.flatMap(({ policies }) => policies)),
      parts: group.flatMap(({ parts }) => parts).sort((a, b) => a - b),
    }))
    .sort((a, b) => a.category - b.category);
}

/** An empty list. */
export function withheldList(): WithheldList {
  const entries: Entry[] = [];
  return {
    add: (category, policies, parts) => {
      if (parts.length > 0) entries.push({ category, policies, parts });
    },
    list: () => {
      const byRule = merged(entries, ({ category, policies }) => `${category} ${policies.join(' ')}`);
      return byRule.length <= MAX_ENTRIES ? byRule : merged(entries, ({ category }) => String(category));
    },
  };
}
