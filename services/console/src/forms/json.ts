/** A value of the API's JSON mapping, and whatever a person has typed so far where that is not one yet. */
export type Json = string | number | boolean | readonly Json[] | JsonObject;

/** A message in the API's JSON mapping. */
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** Whether it is an object and no list. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && !Array.isArray(value);
}

/** Whether it is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The steps of a path: `alert.subjects[0].person` is `alert`, `subjects`, 0, `person`. */
export function stepsOf(path: string): readonly (string | number)[] {
  if (path === '') return [];
  return path.split(/\.|(?=\[)/).map((step) => (step.startsWith('[') ? Number.parseInt(step.slice(1), 10) : step));
}

/** The value at a path, undefined where there is none. */
export function valueAt(root: Json | undefined, path: string): Json | undefined {
  let value = root;
  for (const step of stepsOf(path)) {
    if (typeof step === 'number') value = isList(value) ? value[step] : undefined;
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

/** The root with that value at the path, and all else as it was; `undefined` takes it away. */
export function withValueAt(root: JsonObject, path: string, value: Json | undefined): JsonObject {
  return withValue(root, stepsOf(path), value) as JsonObject;
}

function withValue(
  at: Json | undefined,
  steps: readonly (string | number)[],
  value: Json | undefined,
): Json | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list = isList(at) ? [...at] : [];
    const entry = withValue(list[step], rest, value);
    if (entry === undefined) list.splice(step, 1);
    else list[step] = entry;
    return list;
  }
  const { [step]: before, ...others } = isObject(at) ? at : {};
  const inner = withValue(before, rest, value);
  // In its old place, so that what is sent twice is the same text both times.
  return inner === undefined ? others : { ...(isObject(at) ? at : {}), [step]: inner };
}

/** The path of a field within the message at `at`. */
export function pathOf(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`;
}

/** Whether `path` is `above` or lies within it. */
export function isWithin(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
}
