import type { AnyMessage, OfficeProjection } from '../../../core/ledger/index.ts';
import type { Sight } from './compartments.ts';

/** The projection with the messages that somebody sees, as if there were no others. */
export function visibleProjection(inner: OfficeProjection, { sees, seesKey }: Sight): OfficeProjection {
  const visible = <Message extends AnyMessage>(messages: readonly Message[]): readonly Message[] =>
    messages.filter(sees);
  return {
    ...inner,
    outbound: visibleMap(inner.outbound, sees),
    inbound: visibleMap(inner.inbound, sees),
    get open() {
      return new Set([...inner.open].filter(seesKey));
    },
    get erasures() {
      return inner.erasures.filter(({ origin, id }) => seesKey(`${origin}/${id}`));
    },
    get emergencies() {
      return visible(inner.emergencies);
    },
    about: (message) => visible(inner.about(message)),
    ofKind: (kind) => visible(inner.ofKind(kind)),
    supersededBy: (message) => visible(inner.supersededBy(message)),
    submissionOf: (key) => {
      const found = inner.submissionOf(key);
      return found !== undefined && sees(found.message) ? found : undefined;
    },
    triage: {
      of: (message) => (seesKey(message) ? inner.triage.of(message) : undefined),
      all: function* () {
        for (const entry of inner.triage.all()) if (seesKey(entry[0])) yield entry;
      },
    },
  };
}

/** A map with the values that are seen, at each moment; nothing is copied. */
function visibleMap<Value>(
  inner: ReadonlyMap<string, Value>,
  sees: (value: Value) => boolean,
): ReadonlyMap<string, Value> {
  const get = (key: string): Value | undefined => {
    const value = inner.get(key);
    return value !== undefined && sees(value) ? value : undefined;
  };
  function* entries(): MapIterator<[string, Value]> {
    for (const entry of inner) if (sees(entry[1])) yield entry;
  }
  function* keys(): MapIterator<string> {
    for (const [key] of entries()) yield key;
  }
  function* values(): MapIterator<Value> {
    for (const [, value] of entries()) yield value;
  }
  const map: ReadonlyMap<string, Value> = {
    get,
    has: (key) => get(key) !== undefined,
    entries,
    keys,
    values,
    [Symbol.iterator]: entries,
    forEach: (take) => {
      for (const [key, value] of entries()) take(value, key, map);
    },
    get size() {
      let count = 0;
      for (const _ of entries()) count++;
      return count;
    },
  };
  return map;
}
