import type { Fault } from './errors.ts';

/** Reads a configuration field by field; what is wrong is collected, so that all of it can be told at once. */
export interface ConfigReader {
  /** The field as `parse` reads it; `fallback` where that throws or the field is missing, which is a fault. */
  readonly read: <T>(name: string, expected: string, parse: (value: unknown) => T, fallback: T) => T;
  /** As `read`; a field that is missing is none. */
  readonly readOptional: <T>(name: string, expected: string, parse: (value: unknown) => T, fallback: T) => T;
  /** Whether the field is there. */
  readonly has: (name: string) => boolean;
  readonly section: (name: string) => ConfigReader;
  readonly optionalSection: (name: string) => ConfigReader;
  /** One reader for each entry of a list, which may be empty. */
  readonly list: (name: string) => readonly ConfigReader[];
  /** As `list`; a list that is missing is empty. */
  readonly optionalList: (name: string) => readonly ConfigReader[];
  /** Everything that is wrong; to be asked last, for what nobody has read by then is unknown. */
  readonly faults: () => readonly Fault[];
}

/** A reader over the parsed text of a configuration. */
export function configReader(root: unknown): ConfigReader {
  const faults: Fault[] = [];
  const readers: { readonly reportUnknown: () => void }[] = [];
  const reader = readerAt(root, '', faults, readers);
  return {
    ...reader,
    faults: () => {
      for (const each of readers.splice(0)) each.reportUnknown();
      return faults;
    },
  };
}

/** Stands for a section that is not there, which was told already or is no fault. */
const ABSENT: unique symbol = Symbol('absent');

function readerAt(
  value: unknown,
  place: string,
  faults: Fault[],
  readers: { readonly reportUnknown: () => void }[],
): ConfigReader {
  const at = (name: string): string => (place === '' ? name : `${place}.${name}`);
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap && value !== ABSENT) faults.push({ field: place, reason: 'type-wrong', message: 'must be a map' });
  const fields = (isMap ? value : {}) as Readonly<Record<string, unknown>>;
  const known = new Set<string>();
  readers.push({
    reportUnknown: () => {
      for (const name of Object.keys(fields)) {
        if (!known.has(name))
          faults.push({ field: at(name), reason: 'field-unknown', message: 'is no field of the configuration' });
      }
    },
  });

  const get = (name: string): unknown => {
    known.add(name);
    return Object.hasOwn(fields, name) ? fields[name] : undefined;
  };
  const readOptional: ConfigReader['readOptional'] = (name, expected, parse, fallback) => {
    const found = get(name);
    if (found === undefined) return fallback;
    try {
      return parse(found);
    } catch {
      faults.push({ field: at(name), reason: 'value-wrong', message: `must be ${expected}` });
      return fallback;
    }
  };
  const required = (name: string): boolean => {
    if (get(name) !== undefined) return true;
    // What should stand in a section that is absent or no map is not missed as well.
    if (isMap) faults.push({ field: at(name), reason: 'required', message: 'is required' });
    return false;
  };

  const entriesOf = (name: string, found: unknown): readonly ConfigReader[] => {
    if (!Array.isArray(found)) {
      faults.push({ field: at(name), reason: 'type-wrong', message: 'must be a list' });
      return [];
    }
    return found.map((entry, index) => readerAt(entry, `${at(name)}[${index}]`, faults, readers));
  };

  return {
    readOptional,
    has: (name) => get(name) !== undefined,
    read: (name, expected, parse, fallback) =>
      required(name) ? readOptional(name, expected, parse, fallback) : fallback,
    section: (name) => readerAt(required(name) ? get(name) : ABSENT, at(name), faults, readers),
    optionalSection: (name) => readerAt(get(name) ?? ABSENT, at(name), faults, readers),
    list: (name) => entriesOf(name, required(name) ? get(name) : []),
    optionalList: (name) => entriesOf(name, get(name) ?? []),
    faults: () => faults,
  };
}
