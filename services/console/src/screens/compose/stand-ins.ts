import { isList, isObject, type Json, type JsonObject } from '../../forms/json.ts';

/** A preview asks what becomes of each kind of data. Pictures are heavy, and lines are slow: something small stands for each. */
export interface StoodFor {
  readonly value: JsonObject;
  /** The copy of a preview with the pictures themselves. */
  readonly restore: (copy: unknown) => unknown;
}

/** Below this a picture is sent as it is: base64 characters. */
const SMALL = 400;

/** `value` with something small in place of each picture. */
export function standIn(value: JsonObject): StoodFor {
  const pictures = new Map<string, string>();
  const replace = (inner: Json): Json => {
    if (isList(inner)) return inner.map(replace);
    if (!isObject(inner)) return inner;
    const { format, data } = inner;
    if (typeof format === 'string' && typeof data === 'string' && data.length > SMALL) {
      const small = btoa(`stands for picture ${pictures.size}`);
      pictures.set(small, data);
      return { format, data: small };
    }
    return Object.fromEntries(
      Object.entries(inner).map(([name, one]) => [name, one === undefined ? one : replace(one)]),
    ) as JsonObject;
  };
  const restore = (copy: unknown): unknown => {
    if (Array.isArray(copy)) return copy.map(restore);
    if (typeof copy !== 'object' || copy === null)
      return typeof copy === 'string' ? (pictures.get(copy) ?? copy) : copy;
    return Object.fromEntries(Object.entries(copy).map(([name, inner]) => [name, restore(inner)]));
  };
  return { value: replace(value) as JsonObject, restore };
}
