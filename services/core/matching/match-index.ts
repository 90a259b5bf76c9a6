import { identifierKey } from './identifiers.ts';
import { bareFrame, runFrames } from './match-names.ts';
import { isMatch } from './match-traits.ts';
import type { Traits } from './types.ts';

/** Finds what matches among many, in memory. */
export interface MatchIndex {
  /** Takes in what `id` can be found by; once per id. The oldest ids give way where there are too many. */
  readonly add: (id: string, subjects: readonly Traits[]) => void;
  readonly remove: (id: string) => void;
  readonly has: (id: string) => boolean;
  /** Ids of everything that matches, in no order. */
  readonly find: (wanted: Traits) => readonly string[];
  /** Subjects that are held. */
  readonly size: () => number;
  /** How many ids gave way. */
  readonly dropped: () => number;
}

interface Entry {
  readonly id: string;
  readonly traits: Traits;
}

/** So many are looked at for one subject, those with the rarest trait in common first. */
const MAX_LOOKED_AT = 20_000;

/** An empty index of at most `maxSubjects`. */
export function matchIndex(maxSubjects: number): MatchIndex {
  const byId = new Map<string, readonly Entry[]>();
  const byKey = new Map<number, Entry | Entry[]>();
  let size = 0;
  let dropped = 0;

  const entriesUnder = (key: number): readonly Entry[] => {
    const found = byKey.get(key);
    return found === undefined ? [] : Array.isArray(found) ? found : [found];
  };

  const put = (key: number, entry: Entry): void => {
    const found = byKey.get(key);
    if (found === undefined) byKey.set(key, entry);
    else if (Array.isArray(found)) found.push(entry);
    else byKey.set(key, [found, entry]);
  };

  const drop = (key: number, entry: Entry): void => {
    const left = entriesUnder(key).filter((other) => other !== entry);
    if (left.length === 0) byKey.delete(key);
    else byKey.set(key, left.length === 1 ? (left[0] as Entry) : left);
  };

  const remove = (id: string): void => {
    for (const entry of byId.get(id) ?? []) {
      for (const key of keysOf(entry.traits)) drop(key, entry);
      size--;
    }
    byId.delete(id);
  };

  return {
    add: (id, subjects) => {
      if (subjects.length === 0 || byId.has(id)) return;
      const entries = subjects.map((traits) => ({ id, traits }));
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
    has: (id) => byId.has(id),
    find: (wanted) => {
      const lists = [...keysOf(wanted)].map(entriesUnder).sort((a, b) => a.length - b.length);
      const looked = new Set<Entry>();
      const found = new Set<string>();
      for (const list of lists) {
        for (const entry of list) {
          if (looked.size >= MAX_LOOKED_AT) return [...found];
          if (looked.has(entry)) continue;
          looked.add(entry);
          if (!found.has(entry.id) && isMatch(wanted, entry.traits)) found.add(entry.id);
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
