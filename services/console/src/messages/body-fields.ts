import { FORMS, type FormField } from '../../__generated__/contract.ts';

/** A body or a part of one, in the JSON of the contract. */
export type Json = Readonly<Record<string, unknown>>;

/** A field that is there, and in which language its text is where that is said beside it. */
export interface GivenField {
  readonly field: FormField;
  readonly value: unknown;
  readonly language: string | undefined;
}

/** The header's fields of a Content; every other is the body under the name of its kind. */
const HEADER: ReadonlySet<string> = new Set(['officer', 'purpose', 'handling', 'caveat', 'caseReference', 'inReplyTo']);

/** The body of a Content with the name of its type: `{ alert: … }` is an Alert; undefined where there is none. */
export function bodyOf(content: Json): { readonly type: string; readonly body: Json } | undefined {
  for (const [name, body] of Object.entries(content))
    if (!HEADER.has(name) && isJson(body)) return { type: name.charAt(0).toUpperCase() + name.slice(1), body };
  return undefined;
}

/** Whether it is an object of JSON and no list. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The fields of a message that are there, in the order of the contract. One that this console does not know comes last,
 * by what it looks like: nothing that was disclosed stays unseen. The language of a text stands with the text.
 */
export function givenFields(type: string, json: Json, inherited?: string): readonly GivenField[] {
  const form = FORMS[type] ?? [];
  const known = new Set(form.map(({ name }) => name));
  const unknown = Object.keys(json)
    .filter((name) => !known.has(name))
    .map((name) => fieldLike(name, json[name]));
  const languages = languagesOf(form, json);
  const beside = new Set([...languages.values()].map(({ field }) => field));
  return [...form, ...unknown]
    .filter(({ name }) => isThere(json[name]) && !beside.has(name))
    .map((field) => ({ field, value: json[field.name], language: languages.get(field.name)?.language ?? inherited }));
}

/** By the name of a text, which field says its language, and which that is. */
function languagesOf(
  form: readonly FormField[],
  json: Json,
): ReadonlyMap<string, { readonly field: string; readonly language: string }> {
  const found = new Map<string, { field: string; language: string }>();
  for (const { name, format, requiredWith } of form) {
    const language = json[name];
    if (format !== 'STRING_FORMAT_LANGUAGE' || typeof language !== 'string') continue;
    const text = requiredWith ?? name.replace(/Language$/, '');
    if (text !== name && isThere(json[text])) found.set(text, { field: name, language });
  }
  return found;
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** What a field that the contract of this console does not have is taken for: text, or what holds text. */
function fieldLike(name: string, value: unknown): FormField {
  const one = Array.isArray(value) ? value[0] : value;
  const kind =
    typeof one === 'number' ? 'number' : typeof one === 'boolean' ? 'bool' : isJson(one) ? 'message' : 'string';
  return { name, kind, ...(Array.isArray(value) ? { list: true } : {}) };
}
