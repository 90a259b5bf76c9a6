import type { DataCategory, Withheld } from '../wire/index.ts';

/** The most entries, and the most names in one, that a decision has on the wire (crossing.proto). */
const MAX_ENTRIES = 64;
const MAX_NAMES = 256;
/** The most names in all entries together, so that a decision stays within the bytes that a ledger's record may have. */
const MAX_NAMES_TOGETHER = 1024;

/** Names without repetition, as many as a decision holds. */
export function boundedNames(names: readonly string[]): readonly string[] {
  return [...new Set(names)].slice(0, MAX_NAMES);
}

/** Collects what is withheld. */
export interface WithheldList {
  readonly add: (category: DataCategory, policies: readonly string[], parts: readonly number[]) => void;
  /**
   * One entry for each category and set of names, in the order of the contract; one for each category where that would
   * be more than a decision holds, and then no more names in each than there is room for. Every part that was added is in it.
   */
  readonly list: () => readonly Withheld[];
}

interface Entry {
  readonly category: DataCategory;
  readonly policies: readonly string[];
  readonly parts: readonly number[];
}

function merged(entries: readonly Entry[], keyOf: (entry: Entry) => string, maxNames = MAX_NAMES): readonly Withheld[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(keyOf(entry));
    if (group === undefined) groups.set(keyOf(entry), [entry]);
    else group.push(entry);
  }
  return [...groups.values()]
    .map((group) => ({
      category: (group[0] as Entry).category,
      policies: boundedNames(group.flatMap(({ policies }) => policies)).slice(0, maxNames),
      parts: group.flatMap(({ parts }) => parts).sort((a, b) => a - b),
    }))
    .sort((a, b) => a.category - b.category);
}

/** What is withheld by several decisions about one message, as one of them may say it; no part may be in two of them. */
export function joinWithheld(...lists: readonly (readonly Withheld[])[]): readonly Withheld[] {
  const joined = withheldList();
  for (const { category, policies, parts } of lists.flat()) joined.add(category, policies, parts);
  return joined.list();
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
      const names = byRule.reduce((sum, { policies }) => sum + policies.length, 0);
      if (byRule.length <= MAX_ENTRIES && names <= MAX_NAMES_TOGETHER) return byRule;
      const categories = new Set(entries.map(({ category }) => category)).size;
      return merged(entries, ({ category }) => String(category), Math.floor(MAX_NAMES_TOGETHER / categories));
    },
  };
}
