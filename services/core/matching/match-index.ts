import { identifierKey } from './identifiers.ts';
import { bareFrame, runFrames } from './match-names.ts';
import { isMatch } from './match-traits.ts';
import type { Traits } from './types.ts';

/** Finds what matches among many, in memory. */
export interface MatchIndex<Item extends { readonly id: string }> {
  /** Takes in what `item` can be found by; once per id. The oldest give way where there are too many. */
  readonly add: (item: Item, subjects: readonly Traits[]) => void;
  readonly remove: (id: string) => void;
  readonly get: (id: string) => Item | undefined;
  /** All that is held, the oldest first. What is removed meanwhile is left out. */
  readonly items: () => Iterable<Item>;
  /** Everything that matches, in no order. */
  readonly find: (wanted: Traits) => readonly Item[];
  /** Subjects that are held. */
  readonly size: () => number;
  /** How many gave way. */
  readonly dropped: () => number;
}

interface Entry<Item> {
  readonly item: Item;
  readonly traits: Traits;
}

/** So many are looked at for one subject, those with the rarest trait in common first. */
const MAX_LOOKED_AT = 20_000;

/** An empty index of at most `maxSubjects`. */
export function matchIndex<Item extends { readonly id: string }>(maxSubjects: number): MatchIndex<Item> {
  const byId = new Map<string, readonly Entry<Item>[]>();
  const byKey = new Map<number, Entry<Item> | Set<Entry<Item>>>();
  let size = 0;
  let dropped = 0;

  const entriesUnder = (key: number): ReadonlySet<Entry<Item>> => {
    const found = byKey.get(key);
    return found instanceof Set ? found : new Set(found === undefined ? [] : [found]);
  };

  const put = (key: number, entry: Entry<Item>): void => {
    const found = byKey.get(key);
    if (found === undefined) byKey.set(key, entry);
    else if (found instanceof Set) found.add(entry);
    else byKey.set(key, new Set([found, entry]));
  };

  /** Takes no longer where many share the key. */
  const drop = (key: number, entry: Entry<Item>): void => {
    const found = byKey.get(key);
    if (found instanceof Set) found.delete(entry);
    if (found === entry || (found instanceof Set && found.size === 0)) byKey.delete(key);
  };

  const remove = (id: string): void => {
    for (const entry of byId.get(id) ?? []) {
      for (const key of keysOf(entry.traits)) drop(key, entry);
      size--;
    }
    byId.delete(id);
  };

  return {
    add: (item, subjects) => {
      const { id } = item;
      if (subjects.length === 0 || byId.has(id)) return;
      const entries = subjects.map((traits) => ({ item, traits }));
      byId.set(id, entries);
      for (const entry of entries) for (const key of keysOf(entry.traits)) put(key, entry);
      size += entries.length;
      for (const oldest of byId.keys()) {
        if (size <= maxSubjects || oldest === id) break;
        remove(oldest);
        dropped++;
      }
    },
    remove,
    get: (id) => byId.get(id)?.[0]?.item,
    items: function* () {
      for (const [first] of byId.values()) if (first !== undefined) yield first.item;
    },
    find: (wanted) => {
      const lists = [...keysOf(wanted)].map(entriesUnder).sort((a, b) => a.size - b.size);
      const looked = new Set<Entry<Item>>();
      const found = new Set<Item>();
      for (const list of lists) {
        for (const entry of list) {
          if (looked.size >= MAX_LOOKED_AT) return [...found];
          if (looked.has(entry)) continue;
          looked.add(entry);
          if (!found.has(entry.item) && isMatch(wanted, entry.traits)) found.add(entry.item);
        }
      }
      return [...found];
    },
    size: () => size,
    dropped: () => dropped,
  };
}

/** Whatever matches has a key in common; what has one in common need not match. */
function keysOf({ identifiers, names }: Traits): ReadonlySet<number> {
  const keys = new Set<number>();
  for (const identifier of identifiers) keys.add(hash(identifierKey(identifier)));
  for (const name of names) {
    for (const { frame } of name.words) keys.add(hash(`word\n${bareFrame(frame)}`));
    for (const frame of runFrames(name)) keys.add(hash(`run\n${frame}`));
  }
  return keys;
}

/** FNV-1a in 32 bits: keys take little memory, and a collision costs one comparison. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}
