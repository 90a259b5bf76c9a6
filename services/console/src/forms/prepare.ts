import { allFieldsOf, type FormField } from './contract.ts';
import { isList, isObject, type Json, type JsonObject } from './json.ts';

/**
 * What is sent of what was filled in: empty texts, lists and messages are left out, spaces around a line are taken away.
 * A chosen kind stays, and so does an entry that somebody added: what is wrong with it is told.
 */
export function prepare(message: string, value: JsonObject): JsonObject {
  const entries = allFieldsOf(message).flatMap((field) => {
    const prepared = preparedValue(field, value[field.name]);
    return prepared === undefined ? [] : [[field.name, prepared] as const];
  });
  return Object.fromEntries(entries);
}

function preparedValue(field: FormField, value: Json | undefined): Json | undefined {
  if (value === undefined) return undefined;
  if (field.list !== true) return preparedOne(field, value);
  if (!isList(value)) return undefined;
  const entries = value
    .map((entry) =>
      field.kind === 'message' && isObject(entry) ? prepare(field.type ?? '', entry) : preparedOne(field, entry),
    )
    .filter((entry) => entry !== undefined);
  return entries.length === 0 ? undefined : entries;
}

function preparedOne(field: FormField, value: Json): Json | undefined {
  if (field.kind === 'message') {
    if (!isObject(value)) return undefined;
    const inner = prepare(field.type ?? '', value);
    return Object.keys(inner).length === 0 && field.oneof === undefined ? undefined : inner;
  }
  if (value === '' || (value === false && field.kind === 'bool')) return undefined;
  if (field.kind !== 'string' || typeof value !== 'string') return value;
  const text = field.format === undefined ? value.trimEnd() : value.trim();
  return text === '' ? undefined : text;
}
