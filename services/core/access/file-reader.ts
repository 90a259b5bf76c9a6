import { type EpochMs, rfc3339 } from '../foundation/index.ts';

/** Reads one object of a file strictly; what is wrong is noted with its place, and a fallback stands in. */
export interface FileReader {
  /** These fields have to be there, those may be, and no others. */
  readonly only: (required: readonly string[], optional?: readonly string[]) => void;
  /** The field where it is as it must be; `undefined` where it is absent or wrong. */
  readonly value: <T>(
    field: string,
    is: ((value: unknown) => value is T) | ((value: unknown) => boolean),
    reason: string,
  ) => T | undefined;
  /** A moment by RFC 3339, as this software writes it. */
  readonly time: (field: string) => EpochMs | undefined;
  /** A reader of the object in that field; `undefined` where it is absent. */
  readonly section: (field: string) => FileReader | undefined;
  /** A reader of each entry of the list in that field. */
  readonly list: (field: string, most: number) => readonly FileReader[];
  readonly fault: (field: string, reason: string) => void;
}

/** Reads the file with that text. */
export function fileReader(text: string): {
  /** The outermost object, with exactly these fields and of that version. */
  readonly root: (fields: readonly string[], version: number) => FileReader;
  /** Everything that is wrong, `officers[2].role role-unknown`. */
  readonly faults: () => readonly string[];
} {
  const faults: string[] = [];
  return {
    root: (fields, version) => {
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        faults.push('not-json');
        return readerOf({}, '', []);
      }
      if (!isRecord(value)) {
        faults.push('type-wrong');
        return readerOf({}, '', []);
      }
      const reader = readerOf(value, '', faults);
      reader.only(fields);
      reader.value('version', (found) => found === version, 'version-unknown');
      return reader;
    },
    faults: () => faults,
  };
}

function readerOf(object: Readonly<Record<string, unknown>>, at: string, faults: string[]): FileReader {
  const place = (field: string): string => (at === '' ? field : `${at}.${field}`);
  const fault = (field: string, reason: string): void => void faults.push(`${place(field)} ${reason}`);
  const get = (field: string): unknown => (Object.hasOwn(object, field) ? object[field] : undefined);
  return {
    fault,
    only: (required, optional = []) => {
      for (const field of Object.keys(object))
        if (!required.includes(field) && !optional.includes(field)) fault(field, 'field-unknown');
      for (const field of required) if (get(field) === undefined) fault(field, 'required');
    },
    value: <T>(field: string, is: (value: unknown) => boolean, reason: string): T | undefined => {
      const found = get(field);
      if (found === undefined || is(found)) return found as T | undefined;
      fault(field, reason);
      return undefined;
    },
    time: (field) => {
      const found = get(field);
      if (found === undefined) return undefined;
      const time = (typeof found === 'string' ? Date.parse(found) : Number.NaN) as EpochMs;
      if (!Number.isNaN(time) && rfc3339(time) === found) return time;
      fault(field, 'time-invalid');
      return undefined;
    },
    section: (field) => {
      const found = get(field);
      if (found === undefined) return undefined;
      if (isRecord(found)) return readerOf(found, place(field), faults);
      fault(field, 'type-wrong');
      return undefined;
    },
    list: (field, most) => {
      const found = get(field);
      if (found === undefined) return [];
      if (!Array.isArray(found) || found.length > most || !found.every(isRecord)) {
        fault(field, 'type-wrong');
        return [];
      }
      return found.map((entry, index) => readerOf(entry, `${place(field)}[${index}]`, faults));
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
